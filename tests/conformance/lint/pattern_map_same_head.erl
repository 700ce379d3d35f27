-module(pattern_map_same_head).
-export([f/1, g/1]).
f({K, #{K := V}}) -> V.
g(X) ->
    {K, #{K := V}} = X,
    V.
