-module(record_field_undefined).
-record(r, {a, b}).
-export([f/1]).
f(X) ->
    A = #r{c = 1},
    B = X#r{c = 1, d = 2},
    C = X#r.c,
    D = #r.c,
    {A, B, C, D}.
