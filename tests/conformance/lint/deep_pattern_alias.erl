-module(deep_pattern_alias).
-export([f/1]).
f([{A, B} = C | D] = E) -> {A, B, C, D, E};
f({A = B, B = A}) -> {A, B}.
