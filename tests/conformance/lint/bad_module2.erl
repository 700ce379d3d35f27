-module(X).
f() -> ok.
