-module(if_unsafe_pattern).
-export([f/1]).
f(X) ->
    if X -> A = 1; true -> ok end,
    {A, 1} = X,
    A.
