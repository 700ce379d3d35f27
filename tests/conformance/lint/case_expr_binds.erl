-module(case_expr_binds).
-export([f/1]).
f(A) ->
    case B = A of
        1 -> B;
        _ -> C = B
    end,
    {B, C}.
