-module(comprehension_scope).
-export([f/1]).
f(L) ->
    [Y || X <- L, Y <- X],
    Z = [A || A <- L, B = A, B],
    {X, Y, A, B, Z}.
