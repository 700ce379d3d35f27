-module(unsafe_receive).
-export([f/0]).
f() ->
    receive
        {a, X} -> ok;
        b -> Y = 1, Y
    after 10 -> Z = 1, Z
    end,
    {X, Y, Z}.
