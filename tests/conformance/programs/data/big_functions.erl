-module(big_functions).
-export([main/0]).
main() ->
    io:format("~p~n", [many(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)]), io:format("~p~n", [tail(100000, 1, 2, 3, 4, 5, 6, 7, 8, 9)]), io:format("~p~n", [live(1)]), io:format("~p~n", [mutual(1000001)]),
    io:format("~p~n", [length(build(100000))]), io:format("~p~n", [depth(200000)]), io:format("~p~n", [ack(2, 300)]), io:format("~p~n", [tak(14, 10, 6)]), io:format("~p~n", [hanoi(12)]).
many(A, B, C, D, E, F, G, H, I, J, K, L) -> S = sum([A, B, C]), T = sum([D, E, F]), U = sum([G, H, I]), {A, B, C, D, E, F, G, H, I, J, K, L, S, T, U}.
sum([]) -> 0; sum([H | T]) -> H + sum(T).
tail(0, A, B, C, D, E, F, G, H, I) -> [A, B, C, D, E, F, G, H, I];
tail(N, A, B, C, D, E, F, G, H, I) -> tail(N - 1, I, A, B, C, D, E, F, G, H).
live(X) -> A = id(X), B = id(A + 1), C = id(B + 1), D = id(C + 1), E = id(D + 1), F = id(E + 1), G = id(F + 1), H = id(G + 1), I = id(H + 1), J = id(I + 1), {A, B, C, D, E, F, G, H, I, J}.
id(X) -> X.
mutual(0) -> even; mutual(N) -> mutual2(N - 1).
mutual2(0) -> odd; mutual2(N) -> mutual(N - 1).
build(0) -> []; build(N) -> [{N, [N], "str"} | build(N - 1)].
depth(0) -> 0; depth(N) -> 1 + depth(N - 1).
ack(0, N) -> N + 1; ack(M, 0) -> ack(M - 1, 1); ack(M, N) -> ack(M - 1, ack(M, N - 1)).
tak(X, Y, Z) when Y < X -> tak(tak(X - 1, Y, Z), tak(Y - 1, Z, X), tak(Z - 1, X, Y)); tak(_, _, Z) -> Z.
hanoi(N) -> length(hanoi(N, a, b, c)).
hanoi(0, _, _, _) -> []; hanoi(N, A, B, C) -> hanoi(N - 1, A, C, B) ++ [{A, C}] ++ hanoi(N - 1, B, A, C).
