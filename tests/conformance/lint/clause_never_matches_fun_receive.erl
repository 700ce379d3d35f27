-module(clause_never_matches_fun_receive).
-export([f/0]).
f() ->
    F = fun(_) -> 1; (2) -> 2 end,
    receive
        _ -> F;
        b -> 2
    end,
    try F(1) of
        _ -> 1;
        2 -> 3
    catch
        _:_ -> 1;
        error:foo -> 2
    end,
    try F(2) catch
        _ -> 1;
        throw:foo -> 2
    end.
