-module(try_body_used).
-export([f/1]).
f(A) ->
    try B = A, C = B of
        B -> C
    catch throw:{B, C} -> ok
    end.
