%% expect: {ok,3}
%% expect: {error,first}
%% expect: {handled,second}
%% expect: 7
-module(maybe_expr).
-feature(maybe_expr, enable).
-export([main/0]).
main() ->
    io:format("~p~n", [f({ok, 1}, {ok, 2})]),
    io:format("~p~n", [f({error, first}, {ok, 2})]),
    io:format("~p~n", [g({ok, 1}, {error, second})]),
    io:format("~p~n", [maybe A = 3, B ?= 4, A + B end]).
f(X, Y) -> maybe {ok, A} ?= X, {ok, B} ?= Y, {ok, A + B} end.
g(X, Y) -> maybe {ok, A} ?= X, {ok, B} ?= Y, {ok, A + B} else {error, E} -> {handled, E} end.
