-module(match_in_guard_position).
-export([f/1]).
f(X) ->
    case X of
        Y when Y =:= Z; Y -> Y
    end.
