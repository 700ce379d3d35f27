-module(catch_in_arguments).
-export([f/1]).
f(X) ->
    Y = (catch Z = X),
    {Y, Z}.
