-module(same_head_twice).
-export([f/2, g/1]).
f(X, X) -> ok.
g(A) -> B = A, B = A, ok.
