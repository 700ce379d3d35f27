-module(field_var).
-record(r, {a}).
-export([f/1]).
f(X) -> {#r{X = Y}, X#r{Z = W}, #r{'_' = 1}, X#r{'_' = 1}}.
