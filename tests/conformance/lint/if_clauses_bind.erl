-module(if_clauses_bind).
-export([f/1]).
f(A) ->
    if A =:= 1 -> B = 1; A =:= 2 -> B = 2; true -> B = 3 end,
    B.
