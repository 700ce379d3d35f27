-module(bif_clash_guard_no_auto).
-compile({no_auto_import, [length/1]}).
-export([f/1]).
f(X) when length(X) > 1 -> ok.
length(_) -> 1.
