-module(unbound_one_branch).
-export([f/1]).
f(A) ->
    case A of 1 -> X; _ -> ok end,
    X.
