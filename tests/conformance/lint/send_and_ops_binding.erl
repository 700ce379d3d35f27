-module(send_and_ops_binding).
-export([f/1]).
f(A) ->
    (B = A) ! (C = B),
    {B, C}.
