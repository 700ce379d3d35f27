-module(undefined_in_record_default_fun).
-record(r, {a = fun nosuch/1}).
-export([f/0]).
f() -> #r{}.
