-module(nowarn_unused_function_all).
-export([f/0]).
-compile(nowarn_unused_function).
f() -> ok.
g() -> ok.
