-module(unused_in_receive_try).
-export([f/0]).
f() ->
    receive {A, B} -> B after 5 -> C = 1 end,
    try D = 1 of E -> ok catch F:G:H -> ok after I = 5 end.
