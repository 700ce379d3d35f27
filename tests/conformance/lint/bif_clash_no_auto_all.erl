-module(bif_clash_no_auto_all).
-compile(no_auto_import).
-export([f/0]).
f() -> length([]).
