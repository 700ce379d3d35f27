-module(fun_undefined_in_fun).
-export([f/1]).
f(A) ->
    F = fun() -> Z end,
    Z,
    F.
