-module(format_more).
-export([f/2]).
f(X, Y) ->
    io:format("~p", X),
    io:format(X, Y, "a"),
    io_lib:format("~s~s", ["a"|Y]),
    io:fwrite("a~n", [1]),
    erlang:display(io:format("~p~p", [1])),
    io:format(standard_error, "~p~n", "x"),
    io:format("~p~n", {X}),
    io:format("~p~n", 1),
    io:format("~p~n", "x" ++ Y),
    io:format("~s" "~s", [X]),
    io:format(?MODULE_STRING, [X]),
    io:format("~p", [X || X <- Y]),
    io:format(<<"a~p">>, []), 
    io:format("", [X]),
    io:format("~!", []).
