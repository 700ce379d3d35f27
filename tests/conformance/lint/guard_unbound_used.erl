-module(guard_unbound_used).
-export([f/1]).
f(X) when X =:= Y, Y -> Y.
