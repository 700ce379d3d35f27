-module(filter_guard).
-export([f/1]).
f(L) -> [X || X <- L, list(X), float(X), atom(X), is_atom(X), record(X, foo), not list(X)].
