-module(unsafe_if).
-export([f/1]).
f(A) ->
    if
        A > 1 -> B = 2;
        true -> ok
    end,
    B.
