-module(guard_remote_erlang).
-export([f/1]).
f(X) when erlang:is_atom(X), erlang:'+'(X, 1), erlang:put(X, 1), erlang:nosuch(1) -> ok.
