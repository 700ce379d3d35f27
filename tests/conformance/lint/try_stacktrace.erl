-module(try_stacktrace).
-export([f/0, g/1, h/0]).
f() ->
    try ok
    catch
        C:R:S when S =:= [] -> {C, R, S}
    end.
g(S) ->
    try ok
    catch
        C:R:S -> {C, R, S}
    end.
h() ->
    try ok
    catch
        error:R:R -> R;
        throw:X:[] -> X;
        throw:{a, Y}:_ -> Y
    end.
