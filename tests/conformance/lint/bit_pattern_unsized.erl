-module(bit_pattern_unsized).
-export([f/1, g/1, h/1]).
f(<<A/binary, B>>) -> {A, B}.
g(<<A/bits, B/bits>>) -> {A, B}.
h(<<A/binary, B/binary, C:8>>) -> {A, B, C}.
