-module(' a\x00b').
-export([f/0]).
f() -> A.
