-module(concat).
-export([f/1]).
f([a] ++ X) -> X;
f([1 bsl 2] ++ X) -> X;
f([1.0] ++ X) -> X;
f(["a"] ++ X) -> X;
f([{a}] ++ X) -> X;
f(("a" ++ "b") ++ X) -> X;
f("a" ++ X ++ Y) -> {X, Y};
f("a" ++ 1) -> 1;
f([$a | "bc"] ++ X) -> X;
f([$a | X] ++ Y) -> {X, Y};
f([$a, _] ++ X) -> X;
f([X] ++ X) -> X;
f((X) ++ X) -> X;
f(1 ++ X) -> X.
