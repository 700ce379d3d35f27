-module(head_mismatch_fun).
-export([f/0, g/0]).
f() -> fun(1) -> 1; (2, 3) -> 4 end.
g() -> fun A(1) -> 1; B(2) -> 4 end.
