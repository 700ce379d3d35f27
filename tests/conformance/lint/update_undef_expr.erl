-module(update_undef_expr).
-export([f/0]).
f() -> (foo())#undef{a = 1}.
