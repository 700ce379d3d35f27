-module(unused_case_variable_used_later_unsafe).
-export([f/1]).
f(A) ->
    case A of
        1 -> B = 1;
        _ -> ok
    end.
