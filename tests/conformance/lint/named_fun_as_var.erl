-module(named_fun_as_var).
-export([f/0]).
f() -> fun F() -> F, G = F, F(1) end.
