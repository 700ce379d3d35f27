-module(unsafe_case).
-export([f/1]).
f(A) ->
    case A of
        1 -> B = 2;
        2 -> C = 3, C
    end,
    {B, C}.
