-module(pattern_append).
-export([f/1]).
f("abc" ++ X) -> X;
f([1, 2] ++ X) -> X;
f("a" ++ "b" ++ X) -> X;
f([] ++ X) -> X;
f([$a] ++ "b") -> ok;
f(X ++ "b") -> X;
f([X] ++ "b") -> X;
f("a" -- "b") -> ok.
