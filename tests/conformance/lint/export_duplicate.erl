-module(export_duplicate).
-export([f/0, f/0]).
-export([f/0]).
f() -> ok.
