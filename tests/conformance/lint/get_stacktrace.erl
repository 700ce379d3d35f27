-module(get_stacktrace).
-export([f/0]).
f() ->
    try ok catch _:_ -> erlang:get_stacktrace() end.
