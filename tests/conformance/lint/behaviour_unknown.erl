-module(behaviour_unknown).
-behaviour(no_such_behaviour).
-behaviour(lists).
-export([f/0]).
f() -> ok.
