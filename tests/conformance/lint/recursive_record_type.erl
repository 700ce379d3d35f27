-module(recursive_record_type).
-record(r, {next :: #r{} | undefined}).
-export([f/0]).
f() -> #r{}.
