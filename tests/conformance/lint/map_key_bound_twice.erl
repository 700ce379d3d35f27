-module(map_key_bound_twice).
-export([f/2]).
f(M, K) -> #{K := V, {K, V} := W} = M, {V, W}.
