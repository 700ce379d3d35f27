-module(case_guard_scope).
-export([f/1]).
f(X) ->
    case X of
        {A, B} when A > C, C > 1 -> B;
        _ when D -> A
    end.
