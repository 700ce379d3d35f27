-module(useless_terms).
-export([f/1]).
f(X) ->
    {X},
    [X],
    1,
    a,
    "abc",
    X,
    #{a => X},
    <<X>>,
    fun() -> X end,
    1.0,
    [],
    {},
    ok.
