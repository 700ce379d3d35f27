-module(record_redefined_field).
-record(r, {a, b, a = 1}).
-export([f/1]).
f(X) -> X#r.b.
