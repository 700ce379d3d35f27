-module(export_vars).
-compile(warn_export_vars).
-export([f/1]).
f(A) ->
    case A of 1 -> B = 1; _ -> B = 2 end,
    {B, B}, B,
    if A -> C = 1; true -> C = 3 end,
    C = 4,
    receive D -> ok end,
    fun() -> D end,
    (E = A) andalso E,
    begin F = 1 end, F,
    case A of 1 -> B = 1, G = case B of 1 -> H = 1; 2 -> H = 2 end; _ -> H = 2, G = 1 end,
    {G, H}.
