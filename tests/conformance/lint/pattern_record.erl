-module(pattern_record).
-record(r, {a, b = 1}).
-export([f/1, g/1, h/1, i/1, j/1, k/1]).
f(#r{a = X}) -> X.
g(#r{c = X}) -> X.
h(#r{_ = X}) -> X.
i(#r.a) -> ok.
j(#s{a = X}) -> X.
k(#r{a = X, a = Y}) -> {X, Y}.
