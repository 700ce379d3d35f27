-module(used_by_fun).
-export([f/0]).
f() -> fun g/0.
g() -> h().
h() -> ok.
