-module(type_variables_anonymous).
-type t() :: {_, _}.
-spec f(_) -> _.
f(X) -> X.
-export_type([t/0]).
-export([f/1]).
