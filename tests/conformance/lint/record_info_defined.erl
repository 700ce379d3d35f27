-module(record_info_defined).
-export([record_info/2, f/0]).
record_info(_, _) -> ok.
f() -> record_info(a, b).
