-module(stacktrace_same).
-export([f/1]).
f(Y) ->
    try ok catch C:R:C -> {C, R} end,
    try ok catch _:_:Y -> ok; _:{Q}:Q -> ok; _:_:_ -> ok; _:_:_Z -> ok end,
    try ok catch _:_:W when W; is_list(W) -> ok; _:_:V when true -> ok end.
