-module(record_update_of_new).
-record(r, {a}).
-export([f/0]).
f() -> #r{}#r{a = B}#r.a.
