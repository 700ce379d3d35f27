-module(clause_same_pattern).
-export([f/1, g/2]).
f(1) -> 1;
f(1) -> 2;
f(a) -> 3;
f(_) -> 4.
g(X, X) -> 1;
g(X, Y) -> {X, Y};
g(_, _) -> 2.
