-module(function_arity_many).
-export([f/0, f/1, f/2]).
f() -> f(1).
f(X) -> f(X, X).
f(X, Y) -> f(X, Y, 1).
