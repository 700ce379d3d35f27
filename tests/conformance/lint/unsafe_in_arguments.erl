-module(unsafe_in_arguments).
-export([f/1]).
f(A) ->
    {B = A, B},
    g(C = 1, C).
g(_, _) -> ok.
