-module(import_bif_no_auto).
-compile({no_auto_import, [length/1]}).
-import(m, [length/1]).
-export([f/0]).
f() -> length([]).
