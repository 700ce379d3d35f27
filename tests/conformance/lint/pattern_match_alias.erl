-module(pattern_match_alias).
-export([f/1, g/1]).
f({A, B} = {C, D}) -> {A, B, C, D}.
g(X) ->
    {A, _} = {_, B} = X,
    {A, B}.
