-module(head_mismatch_arity).
-export([f/1]).
f(1) -> 1;
f(2, 3) -> 2.
