-module(clauses).
-export([f/2, g/1, h/1, i/2, j/1, k/1]).
f(X, Y) ->
    case X of Y -> 1; 2 -> 3 end,
    case X of Z -> Z; 2 -> 3 end,
    case {X, Y} of {A, B} -> {A, B}; _ -> 3 end,
    case X of W = Q -> {W, Q}; _ -> 2 end,
    case X of {_, _} = P -> P; _ -> 2 end,
    case X of _ when true -> 1; _ -> 2 end,
    case X of _ when false -> 1; _ -> 2 end,
    case X of _ when X; true -> 1; _ -> 2 end,
    case X of _ when true, true -> 1; _ -> 2 end,
    case X of _ when X =:= X -> 1; _ -> 2 end.
g(X) ->
    try X of _ -> 1; 2 -> 2 catch _:_ -> 1; error:_ -> 2 end,
    try X catch _ -> 1; throw:_ -> 2; error:_ -> 3 end,
    try X catch error:_ -> 1; error:x -> 2; _:_ -> 3 end,
    receive _ -> 1; 2 -> 3 after 1 -> 3 end.
h(X) ->
    if X -> 1; true -> 2; X -> 3; true -> 4 end,
    if false -> 1; true -> 2 end,
    if true; X -> 2; X -> 3 end.
i(X, X) -> 1;
i(_, _) -> 2;
i(1, 2) -> 3;
i(_, _) -> 4.
j(_X = _Y) -> 1;
j(2) -> 3.
k(X) ->
    fun(_) -> 1; (2) -> X end.
