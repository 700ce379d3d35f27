-module(case_never_binds).
-export([f/1]).
f(X) ->
    case X of
        {a, Y} -> Y
    end,
    Y.
