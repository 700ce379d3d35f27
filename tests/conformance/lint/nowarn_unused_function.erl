-module(nowarn_unused_function).
-export([f/0]).
-compile({nowarn_unused_function, [{g, 0}]}).
f() -> ok.
g() -> ok.
h() -> ok.
