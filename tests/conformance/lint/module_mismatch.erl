-module(some_other_name).
-export([f/0]).
f() -> ok.
