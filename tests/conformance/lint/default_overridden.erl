-module(default_overridden).
-record(r, {a = g(), b = h(), c = i()}).
-export([f/1]).
f(X) -> #r{a = X, _ = 1}.
g() -> ok.
h() -> ok.
i() -> ok.
