-module(stacktraces).
-export([main/0, exported/1]).
main() ->
    put(an_atom, a),
    put(a_fun, one()),
    T = fun(F) -> try F(), no_exception catch C:R:S -> {C, R, [fix(E) || E <- S]} end end,
    [io:format("~p~n", [T(F)]) || F <- fs()],
    io:format("~p~n", [catch_it(catch outer(0))]).
fs() ->
    [fun() -> outer(0) end,
     fun() -> mid(get(an_atom)) end,
     fun() -> [exported(X) || X <- [1, 2, bad]] end,
     fun() -> lists:map(fun(X) -> X + 1 end, [1, b]) end,
     fun() -> exported({only, tuple}) end,
     fun() -> apply(?MODULE, exported, [zzz]) end,
     fun() -> ?MODULE:exported(zzz) end,
     fun() -> error(my_reason) end,
     fun() -> error(my_reason, [x, y]) end,
     fun() -> exit(bye) end,
     fun() -> throw(ball) end,
     fun() -> not_there:at_all(1, 2) end,
     fun() -> ?MODULE:not_exported() end,
     fun() -> hd([]) end,
     fun() -> element(3, {a, b}) end,
     fun() -> list_to_atom(foo) end,
     fun() -> X = 5, case X + 1 of 7 -> ok end end,
     fun() -> length([a | b]) end,
     fun() -> (get(a_fun))(2) end,
     fun() -> lists:nth(5, [1]) end,
     fun() -> tuple_size(foo) end,
     fun() -> deep(20) end,
     fun() -> try throw(a) catch throw:b -> ok end end,
     fun() -> try error(a) after ok end end].
outer(X) ->
    Y = inner(X),
    Y + 1.
inner(X) ->
    Z = 10 div X,
    Z.
mid(X) ->
    R = inner2(X),
    {R}.
inner2(X) -> 1 + X.
exported(X) when is_integer(X) -> X.
deep(0) -> 1 = get(an_atom);
deep(N) -> [deep(N - 1)].
catch_it({'EXIT', {R, S}}) -> {R, [fix(E) || E <- S]}.
%% The file is named as it was given on the command line, which differs between the two; lines of the library differ too.
fix({M, F, A, _}) when M =/= ?MODULE -> {M, F, A};
fix({M, F, A, L}) -> {M, F, A, [case I of {file, N} -> {file, lists:last(string_split(N))}; _ -> I end || I <- L]}.
one() -> fun(1) -> ok end.
string_split(N) -> split(N, []).
split([$/ | T], Acc) -> [lists:reverse(Acc) | split(T, [])];
split([C | T], Acc) -> split(T, [C | Acc]);
split([], Acc) -> [lists:reverse(Acc)].
