-module(ordering).
-export([main/0]).
main() ->
    Ts = [1, 2, -1, 1.0, 1.5, 1 bsl 70, -(1 bsl 70), a, b, ab, '', 'Z', [], [1], [1, 2], [2], [a | b], [1 | 2], {}, {1}, {2}, {1, 2}, {a, b}, {a, b, c}, "abc", "abd", [[]], {[]}, 1.0e300, true, false, {1.0}, {1}],
    io:format("~p~n", [lists:sort(Ts)]), io:format("~w~n", [lists:usort(Ts)]), io:format("~w~n", [[{A, B} || A <- Ts, B <- Ts, A == B, A =/= B]]),
    io:format("~w~n", [[length([x || B <- Ts, A < B]) || A <- Ts]]), io:format("~w~n", [[length([x || B <- Ts, A =< B]) || A <- Ts]]),
    io:format("~p~n", [lists:sort([self(), make_ref(), fun main/0, 1, a, {}, [], "s"]) =/= []]), io:format("~w~n", [[erlang:phash2(T) || T <- Ts]]),
    io:format("~w~n", [[erlang:phash2(T, 100) || T <- Ts]]), io:format("~w ~w~n", [lists:max(Ts), lists:min(Ts)]).
