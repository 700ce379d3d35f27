-module(guard_neg).
-export([f/1]).
f(X) when -X > 1, not X, X =/= 1, X and true; X or false, (X xor true) -> ok.
