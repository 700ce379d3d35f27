-module(attr_term).
-export([f/1]).
-foo(f/1).
-foo({f/1, [g/2]}).
-foo("a" ++ "b").
-foo(1 + 1).
-foo(A).
f(X) -> X.
