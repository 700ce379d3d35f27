-module(unsafe_catch_val).
-export([f/1]).
f(X) ->
    case catch (Y = X) of
        Y -> Y
    end.
