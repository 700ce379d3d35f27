-module(gen_expr_binds).
-export([f/1]).
f(A) ->
    [{X, B} || X <- (B = A), B > 1].
