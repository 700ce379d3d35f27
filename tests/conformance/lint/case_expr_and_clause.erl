-module(case_expr_and_clause).
-export([f/1]).
f(A) ->
    case (B = A) of B -> C = 1; _ -> C = 2 end,
    {B, C}.
