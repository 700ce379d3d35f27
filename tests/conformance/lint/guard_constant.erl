-module(guard_constant).
-export([f/1, g/1, h/1]).
f(X) when false -> X;
f(X) when true -> X.
g(X) ->
    if false -> X; 1 =:= 2 -> 3; true -> ok end.
h(X) when is_atom(1) -> X;
h(X) when 1 -> X.
