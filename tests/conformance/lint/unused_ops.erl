-module(unused_ops).
-export([f/1]).
f(X) ->
    Y = case X of 1 -> Z = 2, Z + 1; _ -> 3 end,
    catch W = 1,
    (V = 1) andalso true,
    ok.
