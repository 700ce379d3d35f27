-module(filter_guard2).
-export([f/1]).
f(L) -> [X || X <- L, float(X)].
list(_) -> ok.
