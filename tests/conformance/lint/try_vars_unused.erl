-module(try_vars_unused).
-export([f/0]).
f() ->
    try A = 1, ok of ok -> B = 2 catch _:_ -> C = 3 after D = 4 end.
