-module(unused_rec_main).
-record(r, {a}).
-record(q, {a :: #r{}}).
-export([f/1]).
-spec f(#q{}) -> ok.
f(_) -> ok.
