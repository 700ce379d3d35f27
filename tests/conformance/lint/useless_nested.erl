-module(useless_nested).
-export([f/2]).
f(X, Y) ->
    begin X, Y end,
    case X of
        1 -> {a};
        2 -> ok
    end,
    if X -> {b}; true -> ok end,
    _ = {X},
    {_, _} = {X, Y},
    try {X} catch _:_ -> {Y} end,
    ok.
