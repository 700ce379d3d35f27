-module(lc_shadow_multi).
-export([f/2]).
f(X, Y) -> [X || {X, Y} <- Y, <<X, Y>> <= X, Z <- X].
