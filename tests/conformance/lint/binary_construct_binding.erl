-module(binary_construct_binding).
-export([f/1]).
f(A) ->
    X = <<(B = A), (C = B):8>>,
    {B, C, X}.
