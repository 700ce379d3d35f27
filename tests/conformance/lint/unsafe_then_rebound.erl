-module(unsafe_then_rebound).
-export([f/1]).
f(A) ->
    case A of 1 -> B = 1; _ -> ok end,
    B = 2,
    B.
