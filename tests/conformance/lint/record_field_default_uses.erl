-module(record_field_default_uses).
-record(r, {a = #s{}}).
-record(s, {b}).
-export([f/0]).
f() -> #r{}.
