-module(unsafe_in_pattern).
-export([f/1]).
f(A) ->
    case A of 1 -> B = 1; _ -> ok end,
    case A of B -> ok; {B, C} -> C end.
