-module(effect_match).
-export([f/2]).
f(X, Y) ->
    _ = X + Y,
    X = Y,
    _Z = {X},
    {a, _} = {X, Y},
    {a},
    exit(X),
    {b},
    ok.
