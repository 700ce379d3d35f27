-module(head_mismatch_name).
-export([f/1]).
f(1) -> 1;
g(2) -> 2.
