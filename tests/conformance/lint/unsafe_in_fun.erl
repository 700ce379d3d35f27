-module(unsafe_in_fun).
-export([f/1]).
f(A) ->
    case A of 1 -> B = 1; _ -> ok end,
    F = fun() -> B end,
    G = fun(B) -> B end,
    H = [B || B <- A],
    {F, G, H, [B || _ <- A]}.
