-module(spec_multi2).
-export([f/1]).
-spec f(A) -> A when A :: integer(); (A) -> atom() when A :: atom().
f(X) -> X.
