-module(illegal_pattern).
-export([f/1, g/1, h/1, i/1, j/1]).
f(g()) -> ok.
g(X + 1) -> ok.
h(fun() -> ok end) -> ok.
i(case 1 of 1 -> 1 end) -> ok.
j([1] ++ [X]) -> X.
