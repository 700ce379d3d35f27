-module(underscore_in_guard_of_clause).
-export([f/1]).
f(X) -> case X of _ when _ -> ok end.
