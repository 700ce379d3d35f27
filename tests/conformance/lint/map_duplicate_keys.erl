-module(map_duplicate_keys).
-export([f/1]).
f(X) ->
    {#{a => X, a => 2}, #{X => 1, X => 2}}.
