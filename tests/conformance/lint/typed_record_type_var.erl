-module(typed_record_type_var).
-record(r, {a :: list(X), b = 1 :: integer(), c :: undefined_t()}).
-export([f/0]).
f() -> #r{}.
