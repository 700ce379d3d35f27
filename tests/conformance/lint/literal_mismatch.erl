-module(literal_mismatch).
-export([f/0, g/1, h/0]).
f() -> 1 = 2.
g(X) ->
    {ok, X} = error,
    case a of b -> 1 end,
    case {X, 1} of {_, 2} -> 1; {_, 1} -> 2 end.
h() ->
    [H | T] = [],
    {H, T}.
