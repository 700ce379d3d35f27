-module(call_argument_binding).
-export([f/1]).
f(A) ->
    g(B = A, B = 1),
    B.
g(_, _) -> ok.
