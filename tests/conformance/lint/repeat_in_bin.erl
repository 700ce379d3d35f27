-module(repeat_in_bin).
-export([f/1, g/2]).
f({N, <<N:8, X:N>>}) -> X.
g(N, <<N:8, X:N>>) -> X.
