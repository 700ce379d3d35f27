-module(erlang_mod_calls).
-export([f/1]).
f(X) -> erlang:is_record(X, nope), erlang:is_record(X, r, 2), erlang:record_info(size, nope).
