-module(maybe_unused).
-feature(maybe_expr, enable).
-export([f/1]).
f(X) ->
    maybe
        {ok, A} ?= X,
        Y = 1
    else
        {Z, _} -> ok
    end.
