-module(try_of_unsafe).
-export([f/1]).
f(X) ->
    try X of
        1 -> A = 1;
        2 -> A = 2
    catch
        _:_ -> A = 3
    end,
    A.
