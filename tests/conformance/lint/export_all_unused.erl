-module(export_all_unused).
-compile(export_all).
-compile(warn_unused_function).
-export([f/0]).
f() -> ok.
g() -> ok.
