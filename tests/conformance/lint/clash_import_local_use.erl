-module(clash_import_local_use).
-import(lists, [foldl/3]).
-export([f/0, foldl/3]).
foldl(_, _, _) -> ok.
f() -> foldl(1, 2, 3).
