-module(after_in_receive).
-export([f/1]).
f(T) ->
    receive after T -> ok end,
    receive X -> X after Y = T -> Y end.
