-module("x").
f() -> ok.
