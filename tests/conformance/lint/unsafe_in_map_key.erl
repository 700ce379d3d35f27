-module(unsafe_in_map_key).
-export([f/2]).
f(M, K) -> case K of 1 -> A = 1; 2 -> ok end, #{A := V} = M, {V, A}.
