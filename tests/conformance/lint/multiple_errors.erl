-module(multiple_errors).
-export([f/1, z/9]).
-record(r, {a}).
f(X) ->
    #q{a = Y} = X,
    foo(Z),
    bar:baz(W, X#r.q).
