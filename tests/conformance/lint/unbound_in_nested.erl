-module(unbound_in_nested).
-export([f/1]).
f(A) ->
    B = A + C,
    case B of
        1 -> D;
        _ -> fun() -> E end
    end.
