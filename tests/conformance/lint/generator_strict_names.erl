-module(generator_strict_names).
-export([f/1]).
f(L) ->
    [{X, Y} || X <- L, Y <- g(X)].
g(X) -> X.
