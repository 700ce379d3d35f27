-module(atomic_load).
-export([main/0]).

main() ->
    io:format("~p~n", [code:atomic_load([])]),
    io:format("~p~n", [code:atomic_load([some, some, some])]),
    io:format("~p~n", [code:atomic_load([b, nonesuch, a, c, a, c])]),
    io:format("~p~n", [catch element(1, catch code:atomic_load(no_list))]).
