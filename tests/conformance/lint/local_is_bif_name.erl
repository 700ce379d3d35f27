-module(local_is_bif_name).
-export([f/1]).
f(X) -> spawn(X), max(X, 1).
max(A, _) -> A.
spawn(A) -> A.
