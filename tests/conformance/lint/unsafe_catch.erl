-module(unsafe_catch).
-export([f/1]).
f(A) ->
    catch B = A,
    B.
