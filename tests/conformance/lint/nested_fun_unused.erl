-module(nested_fun_unused).
-export([f/0]).
f() ->
    fun() ->
        A = 1,
        fun(B) -> C = A end
    end.
