-module(no_auto_guard).
-compile({no_auto_import, [is_list/1]}).
-export([f/1]).
f(X) when is_list(X) -> is_list(X).
