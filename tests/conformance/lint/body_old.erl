-module(body_old).
-export([f/1]).
f(X) -> {list(X), float(X), record(X, r)}.
