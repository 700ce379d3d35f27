-module(unused_named_fun_name).
-export([f/0]).
f() -> fun _F(X) -> X end.
