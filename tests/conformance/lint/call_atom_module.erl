-module(call_atom_module).
-export([f/1]).
f(X) -> erlang:length(X), erlang:foo(), ?MODULE:nosuch(X), ?MODULE:f(X).
