%% 示例二
-module(test2).
-export([start/0, f/0]).

f() ->
    io:format("this is old code~n").

run() ->
    ?MODULE:f(),
    timer:sleep(5000),
    run().

start() ->
    spawn(fun() -> run() end).
 
