-module(pattern_alias_map_key).
-export([f/2]).
f(#{a := K} = #{K := V}, K) -> V.
