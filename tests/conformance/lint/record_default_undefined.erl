-module(record_default_undefined).
-record(r, {a = g(), b = #nope{}, c = #r{}}).
-export([f/0]).
f() -> #r{}.
