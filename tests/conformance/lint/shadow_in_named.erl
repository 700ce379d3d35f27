-module(shadow_in_named).
-export([f/1]).
f(X) ->
    fun F(Y) -> case Y of X -> F; F -> X end end.
