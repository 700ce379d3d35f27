-module(record_update_nonrecord).
-record(r, {a}).
-export([f/0]).
f() -> (X)#r{a = Y}, X#r.a.
