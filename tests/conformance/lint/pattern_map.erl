-module(pattern_map).
-export([f/2, g/1, h/1, i/2]).
f(K, #{K := V}) -> V.
g(#{K := V}) -> {K, V}.
h(#{a => V}) -> V.
i(K, #{K + 1 := V, [K] := W, {a, K} := X, lists:foo() := Y, fun() -> 1 end := Z}) -> {V, W, X, Y, Z}.
