%% Small functions disappear in their callers, leaf clauses are tried in front of tree recursion's calls.
-module(inlining).
-export([is_leaf/1, count/1, fib/1, negated/1]).

is_leaf(T) -> tag(T) =:= leaf.

tag({Tag, _}) -> Tag;
tag(Tag) -> Tag.

count({node, L, R}) -> count(L) + count(R);
count({leaf, _}) -> 1;
count(nil) -> 0.

fib(N) when N < 2 -> N;
fib(N) -> fib(N - 1) + fib(N - 2).

negated(X) -> Y = X * 1.0, -Y.
