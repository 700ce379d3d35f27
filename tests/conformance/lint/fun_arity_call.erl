-module(fun_arity_call).
-export([f/0]).
f() -> F = fun f/0, F(), fun erlang:abs/1, fun(X) -> X end(1).
