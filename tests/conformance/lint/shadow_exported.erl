-module(shadow_exported).
-export([f/1]).
f(A) ->
    case A of 1 -> B = 1; _ -> B = 2 end,
    F = fun(B) -> B end,
    {F, B}.
