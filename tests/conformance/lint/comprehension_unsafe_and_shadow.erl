-module(comprehension_unsafe_and_shadow).
-export([f/1]).
f(L) ->
    case L of [] -> A = 1; _ -> ok end,
    [A || A <- L],
    [B || B <- A].
