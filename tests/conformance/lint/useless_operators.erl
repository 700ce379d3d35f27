-module(useless_operators).
-export([f/2]).
f(X, Y) ->
    X + Y,
    X == Y,
    -X,
    not X,
    X and Y,
    X andalso Y,
    X ++ Y,
    X -- Y,
    [X | Y],
    X ! Y,
    [A || A <- X],
    ok.
