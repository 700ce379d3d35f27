-module(named_fun_clause_shadow).
-export([f/0]).
f() -> fun F(F) -> F end.
