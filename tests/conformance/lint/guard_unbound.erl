-module(guard_unbound).
-export([f/1]).
f(X) when Y > X, _ -> ok.
