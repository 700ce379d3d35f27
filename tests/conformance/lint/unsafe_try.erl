-module(unsafe_try).
-export([f/1, g/1, h/1]).
f(A) ->
    try B = A + 1
    catch _:_ -> C = 1
    end,
    {B, C}.
g(A) ->
    try A of
        D -> E = D
    catch
        throw:T -> E = T
    after
        F = 1
    end,
    {D, E, F}.
h(A) ->
    try X = A, X of
        _ -> X
    catch
        _ -> X
    after
        X
    end.
