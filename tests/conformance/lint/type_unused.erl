-module(type_unused).
-type t() :: integer().
-type u() :: t().
-opaque v() :: integer().
-export([f/0]).
f() -> ok.
