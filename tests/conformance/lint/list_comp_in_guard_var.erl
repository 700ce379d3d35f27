-module(list_comp_in_guard_var).
-export([f/1]).
f(A) when B > A, [C] =:= A -> ok.
