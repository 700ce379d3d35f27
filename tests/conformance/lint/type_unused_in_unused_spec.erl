-module(type_unused_in_unused_spec).
-type t() :: integer().
-type u() :: atom().
-export([f/0]).
-spec g(t()) -> u().
g(X) -> X.
f() -> ok.
