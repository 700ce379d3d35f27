-module(bif_clash_guard).
-export([f/1]).
f(X) when length(X) > 1, is_map_key(a, X) -> ok.
length(_) -> 1.
is_map_key(_, _) -> 1.
