-module(same_error_twice).
-export([f/0]).
f() -> foo(), foo().
