-module(spec_multi).
-export([f/1]).
-spec f(A) -> A; (B) -> C.
f(X) -> X.
