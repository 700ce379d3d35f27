-module(macro_expr_size).
-define(S, 8).
-export([f/1]).
f(<<X:?S, Y:?S/binary>>) -> {X, Y}.
