-module(record_unused).
-record(r, {a, b}).
-record(s, {a}).
-export([f/0]).
f() -> #s{}.
