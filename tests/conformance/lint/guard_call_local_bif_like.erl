-module(guard_call_local_bif_like).
-export([f/1]).
f(X) when max(X, 1) > 2; node(X) =:= 1; throw(X); self() =:= X; spawn(X) -> ok;
f(X) when erlang:max(X, 1) > 2; erlang:is_record(X, r); erlang:is_record(X, r, 1), erlang:throw(1) -> ok.
