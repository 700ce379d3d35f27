-module(spawn_unknown_local).
-export([f/0]).
f() -> spawn(fun g/0), spawn(?MODULE, h, []).
