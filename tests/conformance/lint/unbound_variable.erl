-module(unbound_variable).
-export([f/0, g/1]).
f() -> X + 1.
g(A) -> {A, B, [C | D]}.
