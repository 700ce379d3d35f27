-module(named_fun_scope).
-export([f/0]).
f() ->
    G = fun Loop(0) -> done; Loop(N) -> Loop(N - 1) end,
    Loop(3),
    G(1).
