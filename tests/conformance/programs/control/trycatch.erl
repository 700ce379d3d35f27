-module(trycatch).
-export([main/0]).
main() ->
    Fs = [fun() -> ok end, fun() -> throw(t) end, fun() -> exit(e) end, fun() -> error(r) end, fun() -> 1 = id(2) end, fun() -> id(a) + 1 end, fun() -> hd(id([])) end,
          fun() -> (id(x))(1) end, fun() -> (fun(A) -> A end)(id(1), 2) end, fun() -> case id(9) of 1 -> 1 end end, fun() -> if_(id(1)) end, fun() -> nomod:nofun(1) end, fun() -> fc(3) end,
          fun() -> erlang:raise(throw, raised, []) end, fun() -> error(badarg, [1, 2]) end, fun() -> element(5, {a}) end, fun() -> atom_to_list(1) end, fun() -> 1 div id(0) end],
    [io:format("~p ~p ~p ~p~n", [no_fun(t1(F)), t2(F), t3(F), no_fun(strip(catch F()))]) || F <- Fs],
    io:format("~p~n", [nested()]),
    io:format("~p~n", [after_order()]),
    io:format("~p~n", [catch throw_in_after()]),
    io:format("~p~n", [try 1 of X -> try X + a catch error:badarith -> caught end catch _:_ -> wrong end]),
    io:format("~p~n", [(catch begin try throw(a) catch throw:b -> no end end)]),
    io:format("~p~n", [try (try throw(a) after put(k, v) end) catch throw:a -> get(k) end]),
    io:format("~p~n", [loop(100000, 0)]),
    io:format("~p~n", [try_of(1)]), io:format("~p~n", [try try_of(2) catch C:R -> {C, R} end]),
    io:format("~p~n", [deep(1000)]),
    {Y, Z} = try {1, id(2)} catch _:_ -> {3, 4} end, io:format("~p~n", [Y + Z]),
    io:format("~p~n", [catch 5 + 6]).
id(X) -> X.
if_(X) -> if X > 5 -> ok end.
fc(1) -> ok; fc(2) -> ok.
t1(F) -> try F() catch T -> {thrown, T}; exit:E -> {exited, E}; error:R -> {errored, R} end.
t2(F) -> try F() of ok -> fine catch Class:_ -> Class after put(n, 1) end.
t3(F) -> try t3a(F) catch _:_:S -> is_list(S) end.
t3a(F) -> try F() catch throw:X -> throw({again, X}) end.
%% A fun's numbers are its module's own affair.
no_fun(F) when is_function(F) -> a_fun;
no_fun(T) when is_tuple(T) -> list_to_tuple([no_fun(E) || E <- tuple_to_list(T)]);
no_fun(T) -> T.
strip({'EXIT', {R, [_ | _]}}) -> {'EXIT', R};
strip(X) -> X.
nested() -> try try try throw(1) catch throw:2 -> no end catch error:_ -> no end catch throw:1 -> yes end.
after_order() ->
    put(log, []),
    L = fun(X) -> put(log, [X | get(log)]) end,
    R = (catch try L(a), try L(b), throw(x) after L(c) end after L(d) end),
    {R, lists:reverse(get(log))}.
throw_in_after() -> try throw(first) after throw(second) end.
loop(0, A) -> A;
loop(N, A) -> loop(N - 1, try if N rem 3 =:= 0 -> throw(N); true -> A + 1 end catch throw:_ -> A end).
try_of(X) -> try X of 1 -> one catch _:_ -> never end.
deep(0) -> throw_and_catch();
deep(N) -> try deep(N - 1) after ok end.
throw_and_catch() -> try throw(bottom) catch X -> X end.
