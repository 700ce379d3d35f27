-module(closures).
-export([main/0, e/1]).
main() ->
    P = fun(X) -> io:format("~p~n", [X]) end,
    Add = fun(X) -> fun(Y) -> X + Y end end,
    P((Add(1))(2)),
    Fact = fun F(0) -> 1; F(N) -> N * F(N - 1) end, P(Fact(20)),
    Compose = fun(Fs) -> lists:foldl(fun(F, G) -> fun(X) -> F(G(X)) end end, fun(X) -> X end, Fs) end,
    P((Compose([fun(X) -> X + 1 end, fun(X) -> X * 2 end, Add(10)]))(5)),
    L = fun local/2, P(L(1, 2)), E = fun ?MODULE:e/1, P(E(3)), P(E), M = lists, F = reverse, A = 1, G = fun M:F/A, P(G([1, 2, 3])),
    P(is_function(L)), P(is_function(L, 2)), P(is_function(L, 3)), P(is_function(E, 1)), P(fun lists:map/2 =:= fun lists:map/2), P(Add =:= Add),
    P([(mk(N))() || N <- [1, 2, 3]]), P(apply(L, [5, 6])), P(apply(lists, max, [[1, 9, 3]])), P(apply(fun() -> none end, [])),
    P(M:F([a, b])), P(M:sum([1, 2, 3])), P(erlang:apply(erlang, abs, [-3])),
    Big = fun(A1, A2, A3, A4, A5, A6, A7, A8, A9) -> {A1, A2, A3, A4, A5, A6, A7, A8, A9, A9 + 1} end, P(Big(1, 2, 3, 4, 5, 6, 7, 8, 9)),
    [V1, V2, V3, V4, V5, V6, V7, V8] = lists:seq(1, 8), Many = fun(X, Y) -> [V1, V2, V3, V4, V5, V6, V7, V8, X, Y] end, P(Many(a, b)),
    P(try (id(not_a_fun))(1) catch C1:R1 -> {C1, R1} end), P(try L(1) catch C2:{badarity, {_, Args}} -> {C2, Args} end), P(fold(fun(X, S) -> X + S end, 0, lists:seq(1, 1000))),
    P(lists:sort(fun(X, Y) -> X >= Y end, [3, 1, 2])), P(y(fun(Self) -> fun(0) -> 0; (N) -> N + Self(N - 1) end end, 100)),
    P(erlang:fun_info(E, module)), P(erlang:fun_info(E, arity)), P(erlang:fun_info(L, arity)).
local(A, B) -> {A, B}.
e(X) -> {e, X}.
mk(N) -> fun() -> N * 10 end.
id(X) -> X.
fold(_, A, []) -> A;
fold(F, A, [H | T]) -> fold(F, F(H, A), T).
y(F, X) -> (F(fun(V) -> y(F, V) end))(X).
