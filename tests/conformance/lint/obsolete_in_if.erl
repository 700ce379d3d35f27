-module(obsolete_in_if).
-export([f/1]).
f(X) ->
    if list(X) -> a; atom(X), tuple(X) -> b; true -> c end,
    case X of Y when integer(Y) -> Y end,
    receive Z when pid(Z) -> Z end.
