-module(nowarn_unused_root).
-compile({nowarn_unused_function, [g/0]}).
-export([f/0]).
f() -> ok.
g() -> h().
h() -> ok.
