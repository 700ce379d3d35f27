-module(unsafe_andalso).
-export([f/1, g/1]).
f(A) ->
    A andalso (B = 1) == 1,
    B.
g(A) ->
    (C = A) orelse (D = 1),
    {C, D}.
