-module(shadowed).
-export([f/2]).
f(A, B) ->
    F = fun(A) -> A end,
    G = fun G(B) -> {G, B} end,
    [A || A <- B],
    << <<A>> || <<A>> <= B >>,
    {F, G}.
