-module(match_order).
-export([f/1]).
f(A) ->
    {B, C} = (B = A),
    B = (C = B).
