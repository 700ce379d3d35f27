-module(unsafe_reported_once).
-export([f/1]).
f(A) ->
    case A of 1 -> B = 1; _ -> ok end,
    {B, B, B}.
