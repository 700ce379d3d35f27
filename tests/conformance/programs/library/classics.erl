-module(classics).
-export([main/0]).
main() ->
    io:format("~w~n", [primes(100)]),
    io:format("~w~n", [[N || N <- lists:seq(1, 500), perfect(N)]]),
    io:format("~w~n", [pythag(30)]),
    io:format("~w~n", [queens(6)]),
    io:format("~w ~w~n", [gcd(1071, 462), lcm(21, 6)]),
    io:format("~w~n", [factorial(50)]),
    io:format("~w~n", [lists:last(fibs(200))]),
    io:format("~s~n", [roman(1994)]),
    io:format("~s~n", [caesar("The five boxing wizards jump quickly", 3)]),
    io:format("~w~n", [powerset([a, b, c])]),
    io:format("~p~n", [word_count("the quick brown the lazy dog the end quick")]),
    io:format("~w~n", [luhn("49927398716")]),
    io:format("~w~n", [transpose([[1, 2, 3], [4, 5, 6]])]),
    io:format("~w~n", [matmul([[1, 2], [3, 4]], [[5, 6], [7, 8]])]),
    io:format("~s~n", [[binary(N) || N <- [0, 5, 50, 9000]]]),
    life(glider(), 4),
    io:format("~w~n", [msort([5, 3, 9, 1, 5, 7, 0, -2])]),
    io:format("~w~n", [bubble([5, 3, 9, 1])]),
    mandel().
primes(N) -> sieve_(lists:seq(2, N)).
sieve_([]) -> [];
sieve_([P | T]) -> [P | sieve_([X || X <- T, X rem P =/= 0])].
perfect(N) -> N =:= lists:sum([D || D <- lists:seq(1, N div 2), N rem D =:= 0]).
pythag(N) -> [{A, B, C} || A <- lists:seq(1, N), B <- lists:seq(A, N), C <- lists:seq(B, N), A * A + B * B =:= C * C].
queens(N) -> queens(N, N).
queens(0, _) -> [[]];
queens(K, N) -> [[Q | B] || B <- queens(K - 1, N), Q <- lists:seq(1, N) -- B, safe(Q, 1, B)].
safe(_, _, []) -> true;
safe(Q, D, [H | T]) -> abs(Q - H) =/= D andalso safe(Q, D + 1, T).
gcd(A, 0) -> A;
gcd(A, B) -> gcd(B, A rem B).
lcm(A, B) -> abs(A * B) div gcd(A, B).
factorial(N) when N > 0 -> N * factorial(N - 1);
factorial(0) -> 1.
fibs(N) -> fibs(N, 0, 1, []).
fibs(0, _, _, Acc) -> lists:reverse(Acc);
fibs(N, A, B, Acc) -> fibs(N - 1, B, A + B, [A | Acc]).
roman(0) -> "";
roman(N) ->
    Table = [{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}],
    {V, S} = hd([E || {K, _} = E <- Table, K =< N]),
    S ++ roman(N - V).
caesar(S, K) -> [rot(C, K) || C <- S].
rot(C, K) when C >= $a, C =< $z -> (C - $a + K) rem 26 + $a;
rot(C, K) when C >= $A, C =< $Z -> (C - $A + K) rem 26 + $A;
rot(C, _) -> C.
powerset([]) -> [[]];
powerset([H | T]) -> P = powerset(T), [[H | S] || S <- P] ++ P.
word_count(S) -> lists:foldl(fun(W, Acc) -> case lists:keytake(W, 1, Acc) of {value, {W, N}, Rest} -> [{W, N + 1} | Rest]; false -> [{W, 1} | Acc] end end, [], split(S, $\s)).
split(S, C) -> split(S, C, [], []).
split([], _, W, Ws) -> lists:reverse([lists:reverse(W) | Ws]);
split([C | T], C, W, Ws) -> split(T, C, [], [lists:reverse(W) | Ws]);
split([X | T], C, W, Ws) -> split(T, C, [X | W], Ws).
luhn(S) -> luhn(lists:reverse([C - $0 || C <- S]), 0, odd) rem 10 =:= 0.
luhn([], Sum, _) -> Sum;
luhn([D | T], Sum, odd) -> luhn(T, Sum + D, even);
luhn([D | T], Sum, even) -> X = D * 2, luhn(T, Sum + if X > 9 -> X - 9; true -> X end, odd).
transpose([[] | _]) -> [];
transpose(M) -> [lists:map(fun erlang:hd/1, M) | transpose(lists:map(fun erlang:tl/1, M))].
matmul(A, B) -> Bt = transpose(B), [[lists:sum(lists:zipwith(fun(X, Y) -> X * Y end, R, C)) || C <- Bt] || R <- A].
binary(N) -> io_lib:format("~.2B ", [N]).
glider() -> [{1, 0}, {2, 1}, {0, 2}, {1, 2}, {2, 2}].
life(_, 0) -> ok;
life(Cells, N) ->
    [io:format("~s~n", [[case lists:member({X, Y}, Cells) of true -> $#; false -> $. end || X <- lists:seq(0, 5)]]) || Y <- lists:seq(0, 5)],
    io:nl(),
    Cand = lists:usort([{X + DX, Y + DY} || {X, Y} <- Cells, DX <- [-1, 0, 1], DY <- [-1, 0, 1]]),
    life([P || P <- Cand, alive(P, Cells)], N - 1).
alive({X, Y} = P, Cells) ->
    case length([1 || DX <- [-1, 0, 1], DY <- [-1, 0, 1], {DX, DY} =/= {0, 0}, lists:member({X + DX, Y + DY}, Cells)]) of
        3 -> true;
        2 -> lists:member(P, Cells);
        _ -> false
    end.
msort([]) -> [];
msort([X]) -> [X];
msort(L) -> {A, B} = lists:split(length(L) div 2, L), merge(msort(A), msort(B)).
merge([], B) -> B;
merge(A, []) -> A;
merge([H1 | T1], [H2 | _] = B) when H1 =< H2 -> [H1 | merge(T1, B)];
merge(A, [H | T]) -> [H | merge(A, T)].
bubble(L) -> case pass(L) of L -> L; L2 -> bubble(L2) end.
pass([A, B | T]) when A > B -> [B | pass([A | T])];
pass([A | T]) -> [A | pass(T)];
pass([]) -> [].
mandel() -> [io:format("~s~n", [[point(X / 20 - 2, Y / 8 - 1) || X <- lists:seq(0, 55)]]) || Y <- lists:seq(0, 16)], ok.
point(Cr, Ci) -> iter(0.0, 0.0, Cr, Ci, 0).
iter(Zr, Zi, _, _, N) when N >= 30; Zr * Zr + Zi * Zi > 4.0 -> lists:nth(min(N, 30) div 6 + 1, " .:*@#");
iter(Zr, Zi, Cr, Ci, N) -> iter(Zr * Zr - Zi * Zi + Cr, 2 * Zr * Zi + Ci, Cr, Ci, N + 1).
