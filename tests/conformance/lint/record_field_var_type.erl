-module(record_field_var_type).
-record(r, {a :: X, b :: {_Y, Z, Z}}).
-export([f/0]).
f() -> #r{}.
