-module(record_undefined).
-export([f/1]).
f(X) ->
    A = #foo{},
    B = #foo{a = 1},
    C = X#foo.a,
    D = X#foo{a = 1},
    E = #foo.a,
    {A, B, C, D, E, is_record(X, foo)}.
