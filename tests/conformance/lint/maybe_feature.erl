-module(maybe_feature).
-feature(maybe_expr, enable).
-export([f/1]).
f(X) ->
    maybe
        {ok, A} ?= X,
        B = A,
        {A, B}
    else
        error -> A;
        C -> C
    end,
    {A, B}.
