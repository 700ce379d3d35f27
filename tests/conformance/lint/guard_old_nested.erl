-module(guard_old_nested).
-export([f/1]).
f(X) when not list(X) -> ok;
f(X) when list(X) == true -> ok;
f(X) when list(X) and atom(X) -> ok;
f(X) when list(X) andalso atom(X) -> ok;
f(X) when (list(X)) -> ok;
f(X) when is_record(X, r, X) -> ok;
f(X) when is_record(X, X, 1) -> ok;
f(X) when erlang:is_record(X, X) -> ok;
f(X) when erlang:list(X) -> ok;
f(X) when erlang:float(X) -> ok;
f(X) when record(X, Y) -> ok;
f(X) when record(X, r, 1) -> ok.
