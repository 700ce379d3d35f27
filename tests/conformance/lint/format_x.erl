-module(format_x).
-export([f/1]).
f(X) -> io:format(X, foo), io:format(X ++ "a", 1), io:format(X, {1}).
