-module(guard_illegal_expr).
-export([f/1, g/1, h/1, i/1, j/1, k/1, l/1, m/1]).
f(X) when fun() -> X end -> ok.
g(X) when X = 1 -> ok.
h(X) when case X of 1 -> true end -> ok.
i(X) when [Y || Y <- X] -> ok.
j(X) when X ! 1 -> ok.
k(X) when catch X -> ok.
l(X) when begin X end -> ok.
m(X) when self() =:= X, X ++ X -> ok.
