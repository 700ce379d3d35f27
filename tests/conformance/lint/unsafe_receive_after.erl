-module(unsafe_receive_after).
-export([f/0]).
f() ->
    receive
        a -> X = 1;
        b -> X = 2
    after 1 -> ok
    end,
    X.
