-module(exported_despite_exit).
-export([f/1]).
f(A) ->
    case A of
        1 -> B = 1;
        2 -> exit(no)
    end,
    B.
