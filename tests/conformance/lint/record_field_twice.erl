-module(record_field_twice).
-record(r, {a, b}).
-export([f/1]).
f(X) ->
    A = #r{a = 1, a = 2},
    B = X#r{b = 1, b = 2},
    {A, B}.
