-module(if_all_paths).
-export([f/1]).
f(A) ->
    X = if A -> B = 1; true -> B = 2 end,
    {X, B}.
