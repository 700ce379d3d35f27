-module(nowarn_unused_function_bad).
-export([f/0]).
-compile({nowarn_unused_function, [{g, 0}, {h, 1}]}).
-compile({nowarn_unused_function, k/1}).
f() -> ok.
g() -> ok.
