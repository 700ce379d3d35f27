-module(exits).
-export([main/0]).
main() ->
    process_flag(trap_exit, true),
    Reasons = [fun() -> ok end, fun() -> exit(normal) end, fun() -> exit(boom) end, fun() -> exit({tuple, 1}) end, fun() -> throw(thrown) end, fun() -> exit(kill) end, fun() -> exit(self(), kill), receive x -> x end end,
               fun() -> exit(self(), normal), receive x -> x after 10 -> survived end end, fun() -> exit(self(), shutdown), receive x -> x end end],
    [begin P = spawn_link(F), receive {'EXIT', P, R} -> io:format("~p~n", [strip(R)]) end end || F <- Reasons],
    A = spawn_link(fun() -> receive stop -> exit(stopped) end end), B = spawn(fun() -> link(A), receive x -> x end end), MB = monitor(process, B), erlang:yield(), timer:sleep(20), A ! stop,
    receive {'EXIT', A, R1} -> io:format("~p~n", [R1]) end, receive {'DOWN', MB, process, B, R2} -> io:format("~p~n", [R2]) end,
    {C, MC} = spawn_monitor(fun() -> exit(c_reason) end), receive {'DOWN', MC, process, C, R3} -> io:format("~p~n", [R3]) end,
    MD = monitor(process, C), receive {'DOWN', MD, process, C, R4} -> io:format("~p~n", [R4]) end,
    E = spawn_link(fun() -> process_flag(trap_exit, true), receive {'EXIT', _, Why} -> exit({trapped, Why}) end end), timer:sleep(10), exit(E, please), receive {'EXIT', E, R5} -> io:format("~p~n", [R5]) end,
    F1 = spawn_link(fun() -> process_flag(trap_exit, true), receive {'EXIT', _, Why} -> exit({trapped, Why}) end end), timer:sleep(10), exit(F1, kill), receive {'EXIT', F1, R6} -> io:format("~p~n", [R6]) end,
    G = spawn_link(fun() -> receive x -> x end end), unlink(G), exit(G, bye), receive {'EXIT', G, R7} -> io:format("~p~n", [R7]) after 50 -> io:format("unlinked~n") end,
    H = spawn(fun() -> receive x -> x end end), MH = monitor(process, H), demonitor(MH), exit(H, bye), receive {'DOWN', MH, _, _, _} -> io:format("down~n") after 50 -> io:format("demonitored~n") end,
    io:format("~p~n", [try link(H), receive {'EXIT', H, R8} -> R8 end catch C8:E8 -> {C8, E8} end]),
    register(named, spawn(fun() -> receive x -> x end end)), MN = monitor(process, named), exit(whereis(named), gone), receive {'DOWN', MN, process, {named, N}, R9} -> io:format("~p ~p~n", [N =:= node(), R9]) end,
    Pids = [spawn_link(fun() -> receive go -> exit(I) end end) || I <- lists:seq(1, 20)], [P ! go || P <- Pids], io:format("~p~n", [lists:sort([receive {'EXIT', P, R} -> R end || P <- Pids])]),
    Chain = lists:foldl(fun(_, Prev) -> spawn(fun() -> link(Prev), receive x -> x end end) end, spawn(fun() -> receive die -> exit(chain) end end), lists:seq(1, 10)),
    MCh = monitor(process, Chain), timer:sleep(50), exit(Chain, chain_end), receive {'DOWN', MCh, _, _, R10} -> io:format("~p~n", [R10]) end.
strip({R, [_ | _]}) -> R;
strip(R) -> R.
