-module(call_sibling_unused).
-export([f/1]).
f(A) ->
    g(B = A, B = 1), ok.
g(_, _) -> ok.
