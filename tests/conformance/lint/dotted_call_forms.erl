-module(dotted_call_forms).
-export([f/2]).
f(M, F) ->
    M:F(), M:f(), lists:F(1), (fun() -> ok end)(), F(), (M)(1), fun M:F/1, fun lists:F/1, fun M:f/A.
