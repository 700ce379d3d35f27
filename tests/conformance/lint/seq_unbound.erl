-module(seq_unbound).
-export([f/0]).
f() -> X, X, {X, X}.
