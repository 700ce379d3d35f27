-module(macros_and_lines).
-define(BAD(X), X + Undefined).
-export([f/1]).
f(A) ->
    ?BAD(A),
    ?BAD(
        B).
