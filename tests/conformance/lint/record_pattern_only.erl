-module(record_pattern_only).
-record(r, {a}).
-export([f/1]).
f(#r{}) -> ok.
