-module(case_of_match_shadow).
-export([f/2]).
f(A, B) ->
    case A of
        B when B > 1 -> C = 1;
        C -> C
    end,
    C.
