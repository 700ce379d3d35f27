-module(record_redefined).
-record(r, {a}).
-record(r, {b}).
-export([f/1]).
f(X) -> X#r.b.
