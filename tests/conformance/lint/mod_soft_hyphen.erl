-module('\x{ad}').
-export([f/0]).
f() -> 1.
