-module(undefined_function).
-export([f/0]).
f() ->
    g(),
    h(1, 2),
    fun k/3,
    lists:nosuch().
