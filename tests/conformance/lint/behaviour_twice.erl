-module(behaviour_twice).
-behaviour(gen_server).
-behaviour(gen_server).
-export([init/1, handle_call/3, handle_cast/2]).
init(_) -> ok.
handle_call(_, _, S) -> S.
handle_cast(_, S) -> S.
