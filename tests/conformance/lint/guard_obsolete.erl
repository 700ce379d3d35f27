-module(guard_obsolete).
-export([f/1]).
f(X) when atom(X); list(X); tuple(X); float(X); integer(X); binary(X); number(X) -> ok;
f(X) when pid(X); port(X); reference(X); function(X); record(X, r) -> ok.
