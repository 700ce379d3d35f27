-module(use_of_unsafe_pattern_clause).
-export([f/1]).
f(A) ->
    case A of 1 -> B = 1; _ -> ok end,
    fun({B, B}) -> ok end,
    try A catch B -> ok end.
