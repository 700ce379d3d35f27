-module(default_self_record).
-record(r, {a, b = #r{a = 1}}).
-export([f/1]).
f(X) -> X#r.a.
