-module(maybe_else_pat).
-feature(maybe_expr, enable).
-export([f/1]).
f(X) ->
    maybe
        {ok, A} ?= X,
        Y = A,
        {ok, Y}
    else
        {A, Y} -> {A, Y}
    end.
