-module(comprehension_filters).
-export([f/2]).
f(L, M) ->
    [X || X <- L, Y <- M, X =:= Z, is_atom(X), foo(X), Y].
