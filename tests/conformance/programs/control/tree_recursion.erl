-module(tree_recursion).
-export([main/0]).
%% Tree recursion with leaf clauses of many kinds.
main() ->
    io:format("~p~n", [[fib(N) || N <- lists:seq(0, 20)]]),
    T = lists:foldl(fun insert/2, nil, [5, 2, 8, 1, 9, 3, 7, 4, 6, 2, 8]),
    io:format("~p ~p ~p ~p~n", [T, size_of(T), depth(T), to_list(T)]),
    io:format("~p~n", [ack(2, 3)]),
    io:format("~p~n", [qsort([3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9])]),
    io:format("~p~n", [hanoi(3, a, b, c)]),
    io:format("~p~n", [catch (fib(a))]),
    io:format("~p~n", [shape(fun() -> fibe(3) end)]),
    io:format("~p~n", [shape(fun() -> sum({node, {node, leaf, 1, leaf}, 2, other}) end)]),
    io:format("~p~n", [shape(fun() -> sum({node, leaf, a, leaf}) end)]),
    io:format("~p~n", [tak(12, 8, 4)]),
    io:format("~p~n", [[collatz(N) || N <- lists:seq(1, 10)]]),
    io:format("~p~n", [perms([1, 2, 3])]),
    io:format("~p~n", [flat([1, [2, [3, []], []], [[[4]]] | 5])]),
    io:format("~p~n", [binom(10, 4)]).

fib(N) when N < 2 -> N;
fib(N) -> fib(N - 1) + fib(N - 2).

fibe(0) -> error(zero);
fibe(1) -> 1;
fibe(N) -> fibe(N - 1) + fibe(N - 2).

insert(X, nil) -> {nil, X, nil};
insert(X, {L, Y, R}) when X < Y -> {insert(X, L), Y, R};
insert(X, {L, Y, R}) when X > Y -> {L, Y, insert(X, R)};
insert(_, T) -> T.

size_of(nil) -> 0;
size_of({L, _, R}) -> size_of(L) + 1 + size_of(R).
depth(nil) -> 0;
depth({L, _, R}) -> 1 + max(depth(L), depth(R)).
to_list(nil) -> [];
to_list({L, X, R}) -> to_list(L) ++ [X | to_list(R)].

ack(0, N) -> N + 1;
ack(M, 0) -> ack(M - 1, 1);
ack(M, N) -> ack(M - 1, ack(M, N - 1)).

qsort([]) -> [];
qsort([P | T]) -> qsort([X || X <- T, X < P]) ++ [P] ++ qsort([X || X <- T, X >= P]).

hanoi(0, _, _, _) -> [];
hanoi(N, A, B, C) -> hanoi(N - 1, A, C, B) ++ [{A, B}] ++ hanoi(N - 1, C, B, A).

sum(leaf) -> 0;
sum({node, L, V, R}) -> sum(L) + V + sum(R).

tak(X, Y, Z) when Y >= X -> Z;
tak(X, Y, Z) -> tak(tak(X - 1, Y, Z), tak(Y - 1, Z, X), tak(Z - 1, X, Y)).

collatz(1) -> [1];
collatz(N) when N rem 2 =:= 0 -> [N | collatz(N div 2)];
collatz(N) -> [N | collatz(3 * N + 1)].

perms([]) -> [[]];
perms(L) -> [[H | T] || H <- L, T <- perms(L -- [H])].

flat([]) -> [];
flat([H | T]) -> flat(H) ++ flat(T);
flat(X) -> [X].

binom(_, 0) -> 1;
binom(N, N) -> 1;
binom(N, K) -> binom(N - 1, K - 1) + binom(N - 1, K).

shape(F) ->
    try F() catch C:R:S -> {C, R, [{M, Fn, A, proplist(L)} || {M, Fn, A, L} <- S]} end.
proplist(L) -> [{K, V} || {K, V} <- L, K =:= line].
