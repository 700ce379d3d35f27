-module(type_spec_singleton).
-export([f/1, g/1, h/1, i/2]).
-spec f(X) -> integer().
f(X) -> X.
-spec g(X) -> X.
g(X) -> X.
-spec h(X) -> integer() when X :: atom().
h(X) -> X.
-spec i(X, Y) -> X when Y :: X, Z :: integer().
i(X, _) -> X.
