-module(generator_pattern).
-export([f/2]).
f(X, N) ->
    [A || <<A:N, _:A>> <= X] ++ [A || {N, <<A:N>>} <- X] ++ [A || <<N, A:N>> <= X] ++ [A || <<A/binary, _>> <= X] ++ [ok || <<_:3, _/bits>> <= X].
