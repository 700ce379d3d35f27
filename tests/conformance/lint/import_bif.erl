-module(import_bif).
-import(m, [length/1, element/2, abs/1, halt/0, is_map_key/2, put/2, spawn_request/1]).
-export([f/0]).
f() -> length([]), is_map_key(1, 2).
