-module(unsafe_one_branch).
-export([f/1]).
f(A) ->
    case A of 1 -> B = 1; _ -> ok end,
    case A of 1 -> B; _ -> ok end,
    B.
