-module(try_after_unsafe).
-export([f/1]).
f(A) ->
    try B = A of
        C -> D = C
    catch throw:E -> F = E
    after
        {B, C, D, E, F}
    end.
