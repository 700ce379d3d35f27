-module(unused_in_pattern).
-export([f/1, g/1]).
f({A, [B | C], #{k := D}, <<E:8, F/binary>>}) -> ok.
g("abc" ++ T) -> ok;
g(X = {Y, _}) -> Y.
