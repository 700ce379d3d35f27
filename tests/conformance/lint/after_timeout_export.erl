-module(after_timeout_export).
-export([f/1]).
f(T) ->
    receive X -> ok after Y = T -> Z = 1 end,
    {X, Y, Z}.
