-module(try_of_only).
-export([f/1]).
f(X) ->
    try A = X, A
    after B = 1, B
    end,
    {A, B}.
