-module(args_of_undefined).
-export([f/0]).
f() -> foo(X), m:f(Y), Z(W).
