-module(guard_record).
-record(r, {a}).
-export([f/1]).
f(X) when is_record(X, r) -> ok;
f(X) when is_record(X, s) -> ok;
f(X) when is_record(X, r, 2) -> ok;
f(X) when is_record(X, X) -> ok;
f(X) when record(X, t) -> ok;
f(X) when X#r.a =:= 1 -> ok;
f(X) when X#r.b =:= 1 -> ok;
f(X) when X#s.b =:= 1 -> ok;
f(X) when X =:= #r{a = 1} -> ok;
f(X) when X =:= #r{b = 1} -> ok;
f(X) when X =:= X#r{a = 1} -> ok.
