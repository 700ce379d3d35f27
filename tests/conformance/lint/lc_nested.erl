-module(lc_nested).
-export([f/1]).
f(L) -> [[X || X <- Y] || Y <- L, X <- Y].
