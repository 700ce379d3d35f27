-module(match_and_bound).
-export([f/2]).
f(A, B) ->
    A = B,
    {A, C} = B,
    C = A,
    D = D,
    D.
