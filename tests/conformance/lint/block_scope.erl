-module(block_scope).
-export([f/1]).
f(A) ->
    begin B = A, C = B end,
    {B, C}.
