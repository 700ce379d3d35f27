-module(bif_clash_no_auto).
-compile({no_auto_import, [length/1]}).
-export([f/0]).
f() -> length([]).
length(_) -> 1.
