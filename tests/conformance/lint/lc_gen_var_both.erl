-module(lc_gen_var_both).
-export([f/1]).
f(A) ->
    [B || B <- (B = A)].
