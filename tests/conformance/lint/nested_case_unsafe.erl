-module(nested_case_unsafe).
-export([f/1]).
f(A) ->
    case A of
        1 ->
            case A of
                2 -> B = 1;
                3 -> ok
            end;
        _ -> B = 2
    end,
    B.
