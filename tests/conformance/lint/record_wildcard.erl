-module(record_wildcard).
-record(r, {a, b}).
-export([f/1]).
f(X) ->
    A = #r{_ = 1},
    B = #r{a = 1, b = 2, _ = 3},
    C = X#r{_ = 1},
    D = #r{_ = 1, _ = 2},
    {A, B, C, D}.
