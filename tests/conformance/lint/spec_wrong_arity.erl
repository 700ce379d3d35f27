-module(spec_wrong_arity).
-export([f/1, g/1]).
-spec f(A) -> A; (A, B) -> {A, B}.
f(A) -> A.
-spec g() -> ok.
g(A) -> A.
