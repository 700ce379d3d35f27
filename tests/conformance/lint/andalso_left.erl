-module(andalso_left).
-export([f/1]).
f(A) ->
    (B = A) andalso (C = B),
    {B}.
