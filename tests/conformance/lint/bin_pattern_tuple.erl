-module(bin_pattern_tuple).
-export([f/2]).
f(X, N) -> <<N, A:N>> = X, A.
