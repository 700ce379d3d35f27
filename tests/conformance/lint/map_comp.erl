-module(map_comp).
-export([f/1]).
f(X) -> [K || {K, V} <- X, #{V := Q} <- [K]].
