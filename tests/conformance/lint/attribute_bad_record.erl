-module(attribute_bad_record).
-record(r).
-record(s, [a]).
-record(t, {1}).
-record("u", {a}).
-export([f/0]).
f() -> ok.
