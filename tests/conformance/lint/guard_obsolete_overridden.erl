-module(guard_obsolete_overridden).
-export([f/1]).
f(X) when list(X) -> ok;
f(X) when atom(X) -> ok.
list(_) -> ok.
