-module(dup_clause_map).
-export([f/1]).
f(#{a := 1}) -> 1;
f(#{}) -> 2;
f(X) -> X;
f(#{b := 2}) -> 3.
