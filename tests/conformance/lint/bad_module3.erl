-module(x.y).
f() -> ok.
