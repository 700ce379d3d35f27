-module(unsafe_maybe).
-feature(maybe_expr, enable).
-export([f/1]).
f(X) ->
    maybe
        ok ?= X,
        A = 1
    else
        _ -> A = 2
    end,
    A.
