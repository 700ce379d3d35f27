-module(export_unsafe_of_if).
-export([f/1]).
f(X) ->
    if X -> A = 1; true -> exit(foo) end, A.
