-module(unused_by_rebinding).
-export([f/1]).
f(A) ->
    case A of
        1 -> B = 1;
        2 -> B = 2
    end,
    ok.
