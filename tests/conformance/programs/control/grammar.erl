-module(grammar).
-compile([export_all, nowarn_export_all]).
-define(TWICE(X), (X) + (X)).
-define(NAME, grammar).
-define(STR(X), ??X).
-define(OV(), zero).
-define(OV(A), {one, A}).
-define(OV(A, B), {two, A, B}).
-record(r, {a = 1, b, c = [] :: list()}).
-record(s, {r = none, n = 0}).
-type t() :: a | b | {t(), integer()}.
-spec add(integer(), integer()) -> integer().
-ifdef(NOPE).
-error("never").
-else.
defined() -> no.
-endif.
-ifndef(NOPE2).
x() -> ifndef.
-endif.
-if(1 + 1 =:= 2).
y() -> yes.
-elif(true).
y() -> elif.
-else.
y() -> no.
-endif.
add(A, B) -> A + B.
main() ->
    P = fun(X) -> io:format("~p~n", [X]) end,
    P(?TWICE(3)), P(?NAME), P(?STR(a + b)), P([?OV(), ?OV(1), ?OV(1, 2)]), P({?MODULE, ?LINE, ?FUNCTION_NAME, ?FUNCTION_ARITY}), P([defined(), x(), y()]),
    P([$a, $\n, $\s, $\x41, $\x{3b1}, $\101, $\^A, $\\, $', $"]), P("esc\t\"q\"\x41\x{42}\103\e\d\0"), P('quoted \'atom\''), P(1_000_000), P(16#ff), P(2#1010), P(36#Zz), P(1.5e3), P(1.0E-2), P("con" "cat" "enated"),
    P(if true -> 1 end), P(begin 1, 2, 3 end), P(case {1, 2} of {A, _} when A > 5 -> big; {A, B} -> {A, B} end), P(A),
    P([X || X <- [1, 2, 3, 4], X rem 2 =:= 0]), P([{X, Y} || X <- [1, 2], Y <- [a, b]]), P([X || {ok, X} <- [{ok, 1}, error, {ok, 2}]]), P([Y || X <- [[1], [2, 3]], Y <- X, Y > 1]),
    F = fun(0) -> zero; (N) when N < 0 -> neg; (_) -> pos end, P([F(0), F(-1), F(1)]), G = fun Fact(0) -> 1; Fact(N) -> N * Fact(N - 1) end, P(G(20)), P((fun add/2)(1, 2)), P((fun ?MODULE:add/2)(3, 4)), P(apply(fun add/2, [5, 6])), P(apply(?MODULE, add, [7, 8])),
    P(1 == 1.0), P(1 =:= 1.0), P(a < 1), P([] < {}), P({} < []), P(-5 div 2), P(-5 rem 2), P(5 bsl 3), P(-5 bsr 1), P(5 band 3), P(5 bor 3), P(5 bxor 3), P(bnot 5), P(1 - 2 - 3), P(2 * 3 + 4), P(2 + 3 * 4), P(not true or true), P(true xor true), P(1 < 2 andalso 2 < 3 orelse exit(x)), P(- - 1), P(+ 1), P([1] ++ [2] ++ [3]), P([1, 2, 3] -- [1] -- [1]),
    S = #s{r = #r{b = 2}}, P(element(2, S) =:= S#s.r), P((S#s.r)#r.b), P(S#s{n = 5, r = x}), P(#s.n), P(is_record(S, s)), P(record_info(fields, s)), P(record_info(size, s)), #s{n = N0} = S, P(N0), P(#s{_ = all}),
    P(try throw(a) catch a -> caught end), P(try 1 of 1 -> one catch _ -> no end), P(catch exit(z)), P((catch 1 + a) =/= ok), Z = (catch throw(q)), P(Z), P(try exit(1) catch exit:E when E > 5 -> big; exit:E -> {small, E} after P(aft) end),
    P(receive after 0 -> none end), self() ! {m, 1}, P(receive {m, V} -> V end), P([try f(I) catch C:R -> {C, R} end || I <- lists:seq(1, 6)]), P(fun() -> ok end =:= fun() -> ok end), {X1, X2} = {Y1, Y2} = {1, 2}, P([X1, X2, Y1, Y2]), P(g([1, 2, 3])), P(h("prefix rest")), P(k({a, [1, {2, "three"}]})), P(l(5, [])), ok.
f(1) -> erlang:error(badarg); f(2) -> throw({nested, {throw, [1]}}); f(3) -> exit(normal); f(4) -> case 4 of 5 -> a end; f(5) -> if false -> a end; f(6) -> fun(a) -> b end(c).
g([H | T]) when length(T) > 1, is_integer(H); H =:= x -> {first, H}; g(_) -> second.
h("prefix" ++ R) -> R.
k({a, [_, {N, [C | _]} | _]} = All) when N > 1 -> {C, size(All)}.
l(0, Acc) -> Acc; l(N, Acc) -> l(N - 1, [N | Acc]).
