-module(pattern_arithmetic).
-export([f/1]).
f(1 + 2) -> ok;
f(-1) -> ok;
f(bnot 1) -> ok;
f(1 bsl 3) -> ok;
f(1 / 2) -> ok;
f(1.0 + 2) -> ok;
f(not true) -> ok;
f(1 == 1) -> ok;
f(a + 1) -> ok;
f(- a) -> ok.
