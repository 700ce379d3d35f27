-module(bif_clash_unused_local).
-export([f/0]).
f() -> erlang:length([]).
length(_) -> 1.
