-module(maybe_no_else).
-feature(maybe_expr, enable).
-export([f/1]).
f(X) ->
    maybe
        {ok, A} ?= X,
        {ok, _B} ?= A,
        C ?= A
    end,
    A.
