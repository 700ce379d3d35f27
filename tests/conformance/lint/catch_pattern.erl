-module(catch_pattern).
-export([f/0]).
f() ->
    try ok
    catch
        X:Y:Z when X > W -> {X, Y, Z};
        X:_ -> ok;
        {A, B} -> A;
        error:{X, X} -> X;
        C:D:_ -> ok
    end.
