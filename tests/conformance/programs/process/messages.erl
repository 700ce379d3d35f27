-module(messages).
-export([main/0, echo/1, ring/2]).
main() ->
    Self = self(), Pid = spawn(?MODULE, echo, [Self]),
    Pid ! {hello, [1, 2, 3], {a, "b", 2.5}}, receive {echo, X} -> io:format("~p~n", [X]) end,
    Pid ! stop, receive {stopped, N} -> io:format("~p~n", [N]) after 1000 -> io:format("timeout~n") end,
    [self() ! {n, I} || I <- lists:seq(1, 10)], io:format("~p~n", [[receive {n, I} -> I end || I <- lists:reverse(lists:seq(1, 10))]]),
    receive never -> ok after 0 -> io:format("nothing~n") end,
    self() ! low, self() ! high, R = receive high -> first end, receive low -> ok end, io:format("~p~n", [R]),
    io:format("~p~n", [ring_test(100, 1000)]),
    T = erlang:monotonic_time(millisecond), receive after 50 -> ok end, io:format("~p~n", [erlang:monotonic_time(millisecond) - T >= 50]),
    Ref = make_ref(), spawn(fun() -> Self ! {Ref, done} end), receive {Ref, D} -> io:format("~p~n", [D]) end,
    Pids = [spawn(fun() -> receive go -> Self ! {self(), K * K} end end) || K <- lists:seq(1, 50)], [Q ! go || Q <- Pids], io:format("~p~n", [[receive {Q, V} -> V end || Q <- Pids]]),
    register(me, self()), me ! registered, receive registered -> io:format("~p ~p~n", [whereis(me) =:= self(), whereis(nobody)]) end, unregister(me), io:format("~p~n", [catch_(fun() -> me ! x end)]),
    io:format("~p~n", [is_process_alive(Pid)]), erlang:send_after(20, self(), later), receive later -> io:format("later~n") after 2000 -> io:format("late~n") end,
    TRef = erlang:send_after(5000, self(), never), io:format("~p~n", [is_integer(erlang:cancel_timer(TRef))]), io:format("~p~n", [flush()]),
    io:format("~p~n", [process_info(self(), message_queue_len)]), io:format("~p~n", [catch_(fun() -> receive after foo -> ok end end)]).
echo(To) -> echo(To, 0).
echo(To, N) -> receive stop -> To ! {stopped, N}; X -> To ! {echo, X}, echo(To, N + 1) end.
ring_test(Size, Hops) -> First = spawn(?MODULE, ring, [self(), Size]), First ! {token, Hops}, receive {done, X} -> X end.
ring(Main, 1) -> ring_loop(Main, self(), none);
ring(Main, Size) -> Me = self(), Next = lists:foldl(fun(_, Nx) -> spawn(fun() -> ring_loop(Main, Nx, Me) end) end, Me, lists:seq(2, Size)), ring_loop(Main, Next, none).
ring_loop(Main, Next, X) -> receive stop -> Next ! stop; {token, 0} -> Main ! {done, finished}, Next ! stop; {token, N} -> Next ! {token, N - 1}, ring_loop(Main, Next, X) end.
catch_(F) -> try F() catch C:R -> {C, R} end.
flush() -> receive M -> [M | flush()] after 0 -> [] end.
