-module(shadowed_named_fun).
-export([f/1]).
f(F) ->
    G = fun F(X) -> F(X) end,
    G(1).
