-module(fun_scope).
-export([f/1]).
f(L) ->
    G = fun(X) -> Y = X, Y end,
    {G, X, Y, L}.
