-module(guard_siblings).
-export([f/1]).
f(X) when {Y, Y} =:= X; Y -> ok.
