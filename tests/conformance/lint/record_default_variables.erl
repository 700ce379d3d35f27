-module(record_default_variables).
-record(r, {a = X, b = fun(Y) -> Y end, c = [Z || Z <- []], d = begin W = 1, W end}).
-export([f/0]).
f() -> #r{}.
