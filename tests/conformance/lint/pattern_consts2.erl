-module(pattern_consts2).
-export([f/1]).
f(1 andalso 2) -> ok;
f(1 ! 2) -> ok;
f(X#{a := 1}) -> ok;
f([X || X <- []]) -> ok.
