-module(default_unused_var).
-record(r, {a = fun(X) -> ok end, b = [1 || Y <- []]}).
-export([f/0]).
f() -> #r{}.
