-module(shadowed_second_generator).
-export([f/1]).
f(L) ->
    [X || X <- L, X <- X].
