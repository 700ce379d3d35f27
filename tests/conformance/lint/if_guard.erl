-module(if_guard).
-export([f/1]).
f(X) ->
    if
        g(X) -> ok;
        Y -> ok;
        X -> ok
    end.
g(_) -> ok.
