-module(no_warn_underscore_fun).
-export([f/1]).
f(X) ->
    _ = fun() -> ok end,
    _Y = fun(_Z) -> ok end,
    X.
