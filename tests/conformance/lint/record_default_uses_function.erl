-module(record_default_uses_function).
-record(r, {a = g()}).
-export([f/0]).
f() -> #r{}.
g() -> ok.
