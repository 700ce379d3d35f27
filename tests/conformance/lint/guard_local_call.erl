-module(guard_local_call).
-export([f/1]).
f(X) when g(X) -> ok;
f(X) when lists:member(X, []) -> ok;
f(X) when X:y() -> ok.
g(_) -> true.
