-module(exported_from_all_clauses).
-export([f/1]).
f(A) ->
    case A of
        1 -> B = 1;
        2 -> B = 2;
        _ -> exit(x), B = 3
    end,
    B.
