-module(integers).
-export([main/0]).
main() ->
    P = fun(X) -> io:format("~w~n", [X]) end,
    Xs = [0, 1, -1, 7, -7, 12345678901234567890, -98765432109876543210, 1 bsl 59, 1 bsl 60, 1 bsl 61, 1 bsl 62, 1 bsl 63, 1 bsl 64,
          -(1 bsl 62), -(1 bsl 62) - 1, (1 bsl 62) - 1, 4611686018427387903, 4611686018427387904, -4611686018427387905, 1 bsl 200],
    Ops = [{'+', fun(A, B) -> A + B end}, {'-', fun(A, B) -> A - B end}, {'*', fun(A, B) -> A * B end},
           {'div', fun(A, B) -> A div B end}, {'rem', fun(A, B) -> A rem B end}, {'band', fun(A, B) -> A band B end},
           {'bor', fun(A, B) -> A bor B end}, {'bxor', fun(A, B) -> A bxor B end}, {'/', fun(A, B) -> A / B end},
           {'<', fun(A, B) -> A < B end}, {'==', fun(A, B) -> A == B end}, {'=:=', fun(A, B) -> A =:= B end},
           {'>=', fun(A, B) -> A >= B end}],
    [P({N, A, B, catch_(F, A, B)}) || {N, F} <- Ops, A <- Xs, B <- Xs],
    [P({bsl_, A, S, A bsl S, A bsr S}) || A <- Xs, S <- [0, 1, 5, 63, 64, 65, 130, -1, -64]],
    [P({A, -A, bnot A, abs(A), A * A * A}) || A <- Xs],
    P(fact(60)), P(fact(200) div fact(190)), P(fib(50)), P(length(integer_to_list(fact(1000)))).
catch_(F, A, B) -> try F(A, B) catch C:R -> {C, R} end.
fact(0) -> 1;
fact(N) -> N * fact(N - 1).
fib(N) -> fib(N, 0, 1).
fib(0, A, _) -> A;
fib(N, A, B) -> fib(N - 1, B, A + B).
