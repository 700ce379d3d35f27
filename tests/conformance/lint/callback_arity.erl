-module(callback_arity).
-callback f(A) -> A; (A, B) -> {A, B}.
-callback m:g() -> ok.
-export([f/0]).
f() -> ok.
