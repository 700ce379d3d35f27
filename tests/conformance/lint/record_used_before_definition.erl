-module(record_used_before_definition).
-export([f/0]).
f() -> #r{}.
-record(r, {a}).
g() -> #r{}.
