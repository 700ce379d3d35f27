-module(bin_pattern_nested).
-export([f/1]).
f({<<N, A:N>>, <<B:N>>}) -> {A, B};
f({N, <<A:N>>}) -> A.
