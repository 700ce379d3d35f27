-module(case_clause_same_variable).
-export([f/1]).
f(A) ->
    case A of
        {x, V} -> V;
        {y, V} -> V;
        {z, V} -> ok
    end.
