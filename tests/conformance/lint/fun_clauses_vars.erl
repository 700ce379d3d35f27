-module(fun_clauses_vars).
-export([f/1]).
f(A) ->
    fun(1) -> B = A, B;
       (2) -> B
    end.
