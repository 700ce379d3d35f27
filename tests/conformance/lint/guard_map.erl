-module(guard_map).
-export([f/1]).
f(X) when X =:= #{a => 1} -> ok;
f(X) when X#{a := 1} =:= X -> ok;
f(X) when map_get(a, X) =:= 1 -> ok;
f(X) when X =:= <<X:8>> -> ok.
