-module(integer_and_char_ok).
-export([f/0]).
f() -> [$a, 16#ff, 2#101, 1_000, "x" "y", 'quoted atom', 1.5e3].
