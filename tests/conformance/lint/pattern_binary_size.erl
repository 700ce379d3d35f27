-module(pattern_binary_size).
-export([f/1, g/2, h/1, i/1]).
f(<<N:8, B:N/binary, R/binary>>) -> {B, R}.
g(N, <<B:N, _:(N + 1)>>) -> B.
h({N, <<B:N>>}) -> B.
i(<<B:M>>) -> B.
