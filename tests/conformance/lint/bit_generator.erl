-module(bit_generator).
-export([f/1]).
f(X) ->
    {<< <<A>> || <<A:3, B/binary>> <= X >>, [A || <<A/bits>> <= X], << A || <<A>> <= X >>, << (g(A)) || <<A>> <= X>>}.
g(A) -> A.
