-module(spec_constraints).
-export([f/1, g/1]).
-spec f(X) -> Y when X :: integer(), Y :: nosuch(X).
f(X) -> X.
-spec g(X) -> Y when is_subtype(X, integer()), is_subtype(Y, X).
g(X) -> X.
