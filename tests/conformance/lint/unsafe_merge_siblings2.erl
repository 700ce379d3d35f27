-module(unsafe_merge_siblings2).
-export([f/1]).
f(A) ->
    {B = 2, case A of 1 -> B = 1; _ -> ok end},
    B.
