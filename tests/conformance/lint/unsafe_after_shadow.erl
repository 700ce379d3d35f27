-module(unsafe_after_shadow).
-export([f/1]).
f(X) ->
    try X of Y -> Y catch _:_ -> ok after Y = 1 end,
    Y.
