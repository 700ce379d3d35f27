-module(deep_try).
-export([f/1]).
f(X) ->
    A = try X of Y -> Y catch E -> E end,
    {A, Y, E}.
