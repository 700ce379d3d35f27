-module(patterns).
-export([main/0]).
-record(point, {x = 0, y = 0}).
main() ->
    Terms = [0, 1, 2, -1, 1.0, 2.0, a, b, c, true, [], [a], [a, b], [1 | 2], "hello", "help", {}, {a}, {a, 1}, {b, 1}, {b, 2}, {b, 3.0}, {a, {b, [c]}}, {x, 7, 7},
             {same, 1, 1}, {same, 1, 2}, {same, 1, 1.0}, #point{}, #point{x = 3, y = 4}, #point{x = 3}, {point, 1}, 123456789012345678901234567890, fun main/0, self_, {1, 2, 3, 4, 5, 6, 7, 8, 9}],
    [io:format("~p: ~p ~p ~p ~p~n", [show(T), one(T), two(T), three(T), four(T)]) || T <- Terms],
    [io:format("~p ", [big(N)]) || N <- lists:seq(-2, 40)], io:nl(),
    {A, [B, {C, D} | E]} = {1, [2, {3, 4}, 5, 6]}, io:format("~p~n", [{A, B, C, D, E}]),
    F = G = {f, g}, io:format("~p~p~n", [F, G]),
    "abc" ++ Rest = "abcdef", io:format("~s~n", [Rest]),
    io:format("~p~n", [[alias(T) || T <- [[1, 2], [1], [], {t, 1}]]]).
show(F) when is_function(F) -> a_fun;
show(T) -> T.
one(0) -> zero; one(1) -> one; one(1.0) -> one_float; one(a) -> an_a; one(b) -> a_b; one([]) -> nil; one([_]) -> single; one([_ | T]) when is_list(T) -> list; one([_ | _]) -> improper;
one({}) -> empty; one({_}) -> t1; one({a, _}) -> ta; one({b, 1}) -> tb1; one({b, 2}) -> tb2; one({b, N}) when N == 3 -> tb3; one({same, X, X}) -> same; one({same, _, _}) -> differ;
one(#point{x = 3, y = Y}) -> {p3, Y}; one(#point{}) -> p; one(123456789012345678901234567890) -> big; one(F) when is_function(F, 0) -> fun0; one(_) -> other.
two({_, {b, [C]}}) -> C; two({A, B}) when A =:= b, B > 1; A =:= a -> {guard, B}; two([$h, $e, $l | R]) -> R; two(X) when is_integer(X), X rem 2 =:= 0 -> even; two(X) when is_integer(X) -> odd; two(_) -> none.
three(X) -> case X of {T, V} when is_atom(T) -> V; [H | _] -> H; N when N > 1, N < 3 -> near_two; true -> yes; Y when is_atom(Y) -> Y; _ when is_tuple(X), tuple_size(X) > 5 -> element(6, X); _ -> no end.
four(X) -> if X =:= a; X =:= b -> ab; is_list(X), length(X) > 1 -> long; not is_atom(X) andalso X > 1 -> gt; true -> else_ end.
alias([H | _] = L) -> {H, L}; alias([] = L) -> L; alias(T = {_, X}) -> {X, T}.
big(0) -> a0; big(1) -> a1; big(2) -> a2; big(3) -> a3; big(4) -> a4; big(5) -> a5; big(6) -> a6; big(7) -> a7; big(8) -> a8; big(9) -> a9; big(10) -> a10; big(15) -> a15; big(20) -> a20; big(30) -> a30;
big(N) when N < 0 -> neg; big(_) -> many.
