-module(nested_unsafe_names_inner).
-export([f/1]).
f(A) ->
    case A of
        1 ->
            if A -> B = 1; true -> ok end;
        _ -> ok
    end,
    B.
