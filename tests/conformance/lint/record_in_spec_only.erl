-module(record_in_spec_only).
-record(r, {a}).
-export([f/1]).
-spec f(#r{}) -> ok.
f(_) -> ok.
