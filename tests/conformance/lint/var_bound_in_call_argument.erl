-module(var_bound_in_call_argument).
-export([f/0]).
f() -> g(X = 1).
g(Y) -> ok.
