-module(behaviour_gen_server).
-behaviour(gen_server).
-export([init/1]).
init(_) -> {ok, 1}.
