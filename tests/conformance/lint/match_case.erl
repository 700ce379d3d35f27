-module(match_case).
f() ->
    g(1) = 2,
    X#foo.a = 3,
    {m:f(X)} = 4,
    fun() -> 1 end = 1,
    [A || A <- B] = 1,
    (receive _ -> 1 end) = 2,
    (try 1 catch _ -> 2 end) = 3,
    X ! Y = 3,
    (X = Y) = Z,
    1 + Z = 3.
