-module(error_in_fun_args).
-export([f/0]).
f() -> fun(X, X) -> X end.
