-module(size_uses).
-export([f/1, g/1]).
f(X) ->
    fun(<<N:8, Y:(N * 2)/binary, _/bits>>) -> {X, Y} end.
g(X) ->
    case X of <<N:8, N:N>> -> ok; <<_:8, A, A:A>> -> ok end.
