%% Every kind of expression, and what the tree makes of precedence.
-module(expressions).
-export([operators/2, data/2, calls/1, control/1, tries/1, funs/1, comprehensions/1]).

-record(point, {x = 0 :: integer(), y}).

operators(A, B) ->
    C = D = A + B * 2 - -A div 3,
    [C | D] ++ [A] ++ [B] -- [1],
    A < B andalso not (A =:= B) orelse A >= B,
    A bor B band 7 bsl 1,
    self() ! {A, B} = {A, B},
    catch A + B.

data(X, M) ->
    {[], [1, 2], [X | M], {}, {a, 'B c'}, "joined " "strings", $a, $\n, 1.5e3, 16#ff},
    P = #point{x = 1, _ = 2},
    P#point{x = X}#point.y,
    #point.x,
    {#{}, #{a => 1}, M#{a := 2, b => 3}},
    <<1, X:8, "abc", M/binary, X:M/little-unit:4>>.

calls(F) ->
    calls(F),
    lists:map(F, []),
    F(1),
    (F)(2),
    F:calls(3),
    (fun() -> ok end)().

control(X) ->
    begin X, X end,
    case X of
        {A, _} when A > 1, is_atom(X); A =:= 0 -> A;
        _ -> nothing
    end,
    if
        X > 1 -> more;
        true -> less
    end,
    receive
        {From, Message} -> From ! Message
    after 1000 -> timeout
    end.

tries(X) ->
    try X of
        1 -> one
    catch
        thrown -> caught;
        error:badarg -> bad;
        Class:Reason:Stack when Class =/= exit -> {Class, Reason, Stack}
    after
        done
    end,
    maybe
        {ok, Y} ?= X,
        Z = Y + 1,
        {ok, Z}
    else
        error -> none
    end.

funs(X) ->
    {fun funs/1, fun lists:map/2, fun X:X/1,
     fun(A) when A > 1 -> A; (_) -> 0 end,
     fun Loop(0) -> done; Loop(N) -> Loop(N - 1) end}.

comprehensions(L) ->
    {[X || {X, _} <- L, X > 1],
     << <<X>> || <<X:4>> <= L >>,
     #{K => V || {K, V} <- L},
     [K || K := V <- L, V]}.
