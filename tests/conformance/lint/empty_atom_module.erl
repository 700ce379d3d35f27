-module('').
-export([f/0]).
f() -> A.
