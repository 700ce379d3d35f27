-module(safe_receive_after).
-export([f/0]).
f() ->
    receive
        a -> X = 1
    after 1 -> X = 2
    end,
    X.
