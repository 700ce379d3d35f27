-module(comprehensions).
-export([main/0]).
main() ->
    P = fun(X) -> io:format("~w~n", [X]) end,
    P([X * X || X <- lists:seq(1, 10)]), P([{X, Y} || X <- [1, 2, 3], Y <- [a, b]]), P([X || X <- lists:seq(1, 20), X rem 2 =:= 0, X > 5]),
    P([X || {ok, X} <- [{ok, 1}, {error, 2}, {ok, 3}, x]]), P([X || [X | _] <- [[1], [], [2, 3]]]), P([Y || X <- [1, 2, 3], Y <- lists:seq(1, X), Y =/= 2]),
    P([begin Z = X + 1, Z * 2 end || X <- [1, 2]]), P([[Y || Y <- lists:seq(1, X)] || X <- lists:seq(0, 4)]), P([X || X <- [1, a, 2.0, "s"], is_number(X)]),
    P([F(3) || F <- [fun(X) -> X + N end || N <- [1, 2, 3]]]), P(catch [X || X <- not_a_list]), P(catch [X || X <- [1], foo(X)]), P([X || X <- [], true]), P([x || true]), P([x || false]),
    P([X || X <- [3, 1, 2], X < 3 orelse X > 10]), P([{A, B, C} || C <- lists:seq(1, 20), B <- lists:seq(1, C), A <- lists:seq(1, B), A * A + B * B =:= C * C]),
    P(primes(60)), P(qsort([5, 3, 8, 1, 9, 2, 7, 3])), P(perms([1, 2, 3, 4])), P(element(1, element(2, catch [X || X <- [1, 2 | 3]]))).
foo(_) -> maybe_.
primes(N) -> sieve(lists:seq(2, N)).
sieve([]) -> [];
sieve([P | T]) -> [P | sieve([X || X <- T, X rem P =/= 0])].
qsort([]) -> [];
qsort([P | T]) -> qsort([X || X <- T, X < P]) ++ [P] ++ qsort([X || X <- T, X >= P]).
perms([]) -> [[]];
perms(L) -> [[H | T] || H <- L, T <- perms(L -- [H])].
