-module(fun_unsafe_only_in_fun).
-export([f/1]).
f(A) ->
    F = fun() -> case A of 1 -> Z = 1; 2 -> ok end, Z end,
    Z = 2,
    {F, Z}.
