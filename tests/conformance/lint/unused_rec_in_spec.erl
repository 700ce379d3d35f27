-module(unused_rec_in_spec).
-record(r, {a}).
-record(s, {a}).
-type t() :: #s{}.
-spec f(#r{}) -> ok.
f(_) -> ok.
