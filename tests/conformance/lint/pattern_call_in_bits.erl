-module(pattern_call_in_bits).
-export([f/1]).
f(<<X:(byte_size(X))>>) -> X.
