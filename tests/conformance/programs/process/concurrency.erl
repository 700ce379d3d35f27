-module(concurrency).
-export([main/0, ring/2, echo/0, pong/0]).
main() ->
    ring(50, 20), links(), monitors(), timers(), selective(), pingpong(), names(), pmap_test(), worker_pool(), exits(), aliasless().
ring(N, M) ->
    Self = self(),
    Last = lists:foldl(fun(_, Next) -> spawn(fun() -> fwd(Next) end) end, Self, lists:seq(1, N)),
    Last ! {token, M, Last},
    collect(M),
    io:format("ring done~n").
collect(0) -> ok;
collect(M) -> receive {token, K, First} when K > 1 -> First ! {token, K - 1, First}, collect(M - 1); {token, _, _} -> collect(0) end.
fwd(Next) -> receive T -> Next ! T, fwd(Next) after 300 -> ok end.
links() ->
    Old = process_flag(trap_exit, true),
    io:format("~p~n", [Old]),
    Ps = [spawn_link(F) || F <- [fun() -> ok end, fun() -> exit(normal) end, fun() -> exit(bye) end, fun() -> throw(t) end, fun() -> error(e) end, fun() -> exit(self(), kill), receive never -> ok end end]],
    [receive {'EXIT', P, R} -> io:format("~p~n", [strip(R)]) after 1000 -> io:format("timeout~n") end || P <- Ps],
    P = spawn_link(fun() -> receive x -> ok end end),
    exit(P, die), receive {'EXIT', P, R1} -> io:format("~p~n", [R1]) end,
    Q = spawn(fun() -> process_flag(trap_exit, true), receive {'EXIT', _, W} -> exit({got, W}) end end),
    link(Q), timer:sleep(10), exit(Q, hello), receive {'EXIT', Q, R2} -> io:format("~p~n", [R2]) end,
    Z = spawn_link(fun() -> receive after infinity -> ok end end), unlink(Z), exit(Z, kill),
    receive {'EXIT', Z, _} -> io:format("no~n") after 20 -> io:format("unlinked~n") end,
    io:format("~p~n", [catch is_pid(Z)]),
    receive M -> io:format("~p~n", [setelement(2, M, pid)]) after 100 -> io:format("no message~n") end,
    process_flag(trap_exit, false).
strip({R, [{_, _, _, _} | _]}) -> {R, stack};
strip(R) -> R.
monitors() ->
    {P, R} = spawn_monitor(fun() -> exit(done) end),
    receive {'DOWN', R, process, P, Why} -> io:format("~p~n", [Why]) end,
    R2 = monitor(process, P), receive {'DOWN', R2, process, P, Why2} -> io:format("~p~n", [Why2]) end,
    R3 = monitor(process, nobody), receive {'DOWN', R3, process, X, Why3} -> io:format("~p ~p~n", [X, Why3]) end,
    Q = spawn(fun() -> receive stop -> ok end end),
    R4 = monitor(process, Q), true = demonitor(R4), Q ! stop,
    receive {'DOWN', R4, _, _, _} -> io:format("bad~n") after 20 -> io:format("quiet~n") end,
    io:format("~p~n", [demonitor(make_ref(), [flush, info])]).
timers() ->
    R = erlang:send_after(10, self(), tick), receive tick -> io:format("tick~n") after 500 -> io:format("no tick~n") end,
    io:format("~p~n", [erlang:cancel_timer(R)]),
    R2 = erlang:start_timer(5, self(), msg), receive {timeout, R2, msg} -> io:format("timeout~n") after 500 -> io:format("none~n") end,
    R3 = erlang:send_after(100000, self(), never), Left = erlang:cancel_timer(R3), io:format("~p~n", [Left > 90000 andalso Left =< 100000]),
    receive never -> bad after 0 -> io:format("after 0~n") end,
    T0 = erlang:monotonic_time(millisecond), receive after 30 -> ok end, T1 = erlang:monotonic_time(millisecond), io:format("~p~n", [T1 - T0 >= 29]),
    {T, V} = timer:tc(fun() -> timer:sleep(5), val end), io:format("~p ~p~n", [T >= 5000, V]),
    io:format("~p~n", [element(1, element(2, catch (receive after -1 -> ok end)))]), ok.
selective() ->
    self() ! {low, 1}, self() ! {high, 2}, self() ! {low, 3}, self() ! {high, 4},
    io:format("~p~n", [drain_high()]), io:format("~p~n", [drain()]).
drain_high() -> receive {high, X} -> [X | drain_high()] after 0 -> [] end.
drain() -> receive X -> [X | drain()] after 0 -> [] end.
pingpong() ->
    P = spawn(?MODULE, pong, []), [begin P ! {ping, self(), N}, receive {pong, N} -> ok end end || N <- lists:seq(1, 1000)], P ! stop, io:format("pingpong~n").
pong() -> receive {ping, From, N} -> From ! {pong, N}, ?MODULE:pong(); stop -> ok end.
names() ->
    true = register(echo, spawn(?MODULE, echo, [])), echo ! {self(), hi}, receive A -> io:format("~p~n", [A]) end,
    io:format("~p ~p~n", [element(1, element(2, catch register(echo, self()))) , lists:member(echo, registered())]),
    io:format("~p~n", [is_pid(whereis(echo))]), E = whereis(echo), unregister(echo), exit(E, kill), io:format("~p~n", [whereis(echo)]),
    io:format("~p~n", [catch unregister(echo)]), io:format("~p~n", [element(1, element(2, catch register(undefined, self())))]).
echo() -> receive {From, M} -> From ! {echo, M}, echo() end.
pmap(F, L) -> Self = self(), [receive {P, R} -> R end || P <- [spawn(fun() -> Self ! {self(), F(X)} end) || X <- L]].
pmap_test() -> io:format("~w~n", [pmap(fun(X) -> X * X end, lists:seq(1, 20))]).
worker_pool() ->
    Self = self(), Ws = [spawn(fun() -> worker(Self, N) end) || N <- [1, 2, 3]],
    Jobs = lists:seq(1, 9), Rs = farm(Ws, Jobs, []), io:format("~w~n", [lists:sort(Rs)]), [W ! stop || W <- Ws].
worker(M, N) -> M ! {ready, self()}, receive {job, J} -> M ! {result, J * J}, worker(M, N); stop -> ok end.
farm(_, [], Acc) when length(Acc) =:= 9 -> Acc;
farm(Ws, Jobs, Acc) -> receive {result, R} -> farm(Ws, Jobs, [R | Acc]); {ready, W} when Jobs =/= [] -> W ! {job, hd(Jobs)}, farm(Ws, tl(Jobs), Acc) end.
exits() ->
    {P, R} = spawn_monitor(fun() -> Me = self(), spawn_link(fun() -> exit(Me, normal), exit(boom) end), receive after 1000 -> ok end end),
    receive {'DOWN', R, process, P, W} -> io:format("~p~n", [W]) end,
    io:format("~p ~p~n", [is_process_alive(P), is_process_alive(self())]),
    {P2, R2} = spawn_monitor(fun() -> exit(self(), normal), receive after 20 -> ok end end), receive {'DOWN', R2, process, P2, W2} -> io:format("~p~n", [W2]) end.
aliasless() -> io:format("~p~n", [process_info(self(), message_queue_len)]), put(a, 1), put(b, 2), io:format("~p ~p ~p ~p~n", [get(a), get(zz), erase(a), lists:sort(get())]), io:format("~p~n", [get_keys(2)]), io:format("~p~n", [element(1, process_info(self(), links))]).
