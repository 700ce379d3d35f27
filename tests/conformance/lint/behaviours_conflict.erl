-module(behaviours_conflict).
-behaviour(gen_server).
-behaviour(application).
-export([init/1, handle_call/3, handle_cast/2, start/2, stop/1]).
-callback init(a) -> b.
init(_) -> ok.
handle_call(_, _, S) -> S.
handle_cast(_, S) -> S.
start(_, _) -> ok.
stop(_) -> ok.
