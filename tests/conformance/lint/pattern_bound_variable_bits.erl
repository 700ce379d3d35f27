-module(pattern_bound_variable_bits).
-export([f/1]).
f(X) ->
    N = 8,
    <<Y:N, Z:Y, W:Q>> = X,
    {Z, W}.
