-module(andalso_nested_unsafe).
-export([f/1]).
f(A) ->
    case A of
        {B} when B -> (C = B) andalso (D = C);
        {B} -> C = B, D = B
    end,
    {B, C, D}.
