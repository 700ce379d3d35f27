-module(case_used_one_branch).
-export([f/1]).
f(A) ->
    case A of
        1 -> B = 1, B;
        2 -> B = 2
    end,
    ok.
