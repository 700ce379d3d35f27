-module(clause_pattern_bound).
-export([f/2]).
f(A, B) ->
    case B of A -> ok; {_, A} -> ok end.
