-module(pattern_string_concat_var).
-export([f/1]).
f("abc" ++ [X | Y]) -> {X, Y};
f("abc" ++ {X}) -> X;
f([1 | 2] ++ X) -> X.
