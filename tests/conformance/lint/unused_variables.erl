-module(unused_variables).
-export([f/2]).
f(A, B) ->
    C = 1,
    D = 2,
    {_E, F} = {1, 2},
    case D of
        G -> ok
    end.
