-module(lc_gen_uses).
-export([f/1]).
f(A) ->
    [X || X <- (B = A)],
    B.
