-module(try_catch_clause_unsafe_old).
-export([f/1]).
f(A) ->
    try A catch throw:A -> ok end,
    try A catch throw:{A, B} -> B after B = 1 end,
    B = 2.
