-module(default_overridden2).
-record(r, {a = g(), b = h(), c = i()}).
-export([f/1]).
f(X) -> {#r{a = X, b = X}, #r.a, X#r{a = 1}}.
g() -> ok.
h() -> ok.
i() -> ok.
