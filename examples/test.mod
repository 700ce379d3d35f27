%% 示例一 
-module(test).

-export([start/0, run/0]).

f() ->
	io:format("this is old code~n").

run() ->
	f(),
	timer:sleep(5000),
	?MODULE:run().

start() ->
	spawn(fun() -> run() end).
