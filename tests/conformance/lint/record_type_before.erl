-module(record_type_before).
-type t() :: #r{}.
-record(r, {a :: t(), b :: u(), c :: #s{}}).
-record(s, {a :: #s{}}).
-type u() :: a.
-export_type([t/0]).
-spec f(#z{}) -> ok.
f(_) -> ok.
-record(z, {}).
