-module(unused_fun_args).
-export([f/0]).
f() ->
    F = fun(A, B) -> A end,
    fun G(X) -> ok end,
    fun H(0) -> 0; H(N) -> H(N - 1) end,
    F(1, 2).
