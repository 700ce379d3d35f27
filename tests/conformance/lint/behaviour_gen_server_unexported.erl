-module(behaviour_gen_server_unexported).
-behaviour(gen_server).
init(_) -> {ok, 1}.
handle_call(_, _, S) -> {noreply, S}.
handle_cast(_, S) -> {noreply, S}.
