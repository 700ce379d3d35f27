-module(map_key_fun_head).
-export([f/1]).
f(K) ->
    fun(#{K := V}) -> V end,
    fun(K, #{K := V}) -> V end,
    [V || #{K := V} <- K].
