-module(call_record_field_fun).
-record(r, {a}).
-export([f/1]).
f(X) -> (X#r.a)(1), X#r.a(2).
