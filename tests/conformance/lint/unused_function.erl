-module(unused_function).
-export([f/0]).
f() -> ok.
g() -> h().
h() -> g().
i() -> i().
