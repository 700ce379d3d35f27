-module(record_nested_update).
-record(r, {a}).
-record(s, {b}).
-export([f/1]).
f(X) -> (X#r.a)#s{b = (X#r.a)#s.b, c = 1}.
