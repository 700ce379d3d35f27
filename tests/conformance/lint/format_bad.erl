-module(format_bad).
-export([f/1]).
f(X) ->
    io:format("~p" ++ "~p", [X]),
    io:format("~p", "abc"),
    io:format("~p~p~p", "abc"),
    io:format("~p", foo),
    io:format(standard_io, X, X),
    io:format("~tn", []),
    io:format("~lw", [X]),
    io:format("~Kw", [1, X]),
    io:format(user, "~z", [X]),
    io_lib:format("~kp ~Kp ~tkp", [X, 1, X, X]).
