-module(record_default_unused_function).
-record(r, {a = g()}).
-export([f/1]).
f(X) -> X#r.a.
g() -> ok.
