-module(nested_func_shadow_use).
-export([f/1]).
f(X) ->
    F = fun(Y) -> fun(Y) -> Y end end,
    G = fun(X, X) -> ok end,
    H = fun({X, Z}, Z) -> ok end,
    {F, G, H}.
