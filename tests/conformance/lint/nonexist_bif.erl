-module(nonexist_bif).
-export([f/1]).
f(X) -> erlang:nosuch(X), lists:mapp(X), length(X, X), size().
