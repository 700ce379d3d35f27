-module(too_many_arguments).
-export([f/0]).
f() -> io:format("~w", [1]).
