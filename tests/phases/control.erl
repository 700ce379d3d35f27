%% Receive loops, try bodies as functions of their own, guards that fail, funs, comprehensions.
-module(control).
-export([server/1, guarded/1, safely/1, squares/1, adder/1, short/2, cleanup/1]).

server(State) ->
    receive
        {get, From} -> From ! State, server(State);
        stop -> ok
    after 1000 -> ?MODULE:server(idle)
    end.

guarded(X) when is_integer(X), X div 2 > 3 -> big;
guarded(X) when element(1, X) =:= tag orelse X =:= tag -> tagged;
guarded(_) -> other.

safely(F) ->
    try F() of
        {ok, V} -> V
    catch
        throw:T -> {thrown, T};
        error:badarg:Stack -> {badarg, Stack}
    end.

cleanup(F) ->
    try F() after io:nl() end.

squares(L) -> [X * X || X <- L, X > 0, is_integer(X)].

adder(N) -> fun(X) -> X + N end.

short(A, B) -> A andalso (B orelse A).
