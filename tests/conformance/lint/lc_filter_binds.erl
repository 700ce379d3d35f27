-module(lc_filter_binds).
-export([f/1]).
f(A) ->
    [{X, Y} || X <- A, (Y = X) > 1],
    [Y || X <- A, begin Y = X, true end],
    ok.
