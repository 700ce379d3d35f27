-module(after_timeout_export2).
-export([f/1]).
f(T) ->
    receive a -> Y = 1 after Y = T -> ok end,
    Y.
