-module(record_redef_use).
-record(r, {a}).
-record(r, {b = X}).
-export([f/0]).
f() -> #r{b = 1}.
