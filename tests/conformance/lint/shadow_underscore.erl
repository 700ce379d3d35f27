-module(shadow_underscore).
-export([f/1]).
f(_A) ->
    B = fun(_A) -> 1 end,
    case B of 1 -> C = 1; 2 -> ok end,
    D = fun(C) -> C end,
    E = fun C(1) -> C(1) end,
    [_A || _A <- D],
    E.
