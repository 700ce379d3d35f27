-module(behaviours).
-export([main/0, init/2, counter/1]).
%% A hand-made gen_server, supervisor, event manager and state machine.
main() ->
    process_flag(trap_exit, true),
    {ok, Sup} = start_sup([{a, fun() -> start(?MODULE, 1) end}, {b, fun() -> start(?MODULE, 10) end}]),
    until(fun() -> whereis(b) =/= undefined end),
    io:format("~p~n", [[call(N, get) || N <- [a, b]]]), io:format("~p~n", [[call(a, {add, 5}), call(a, get)]]),
    P1 = whereis(a), cast(a, crash), until(fun() -> P2 = whereis(a), P2 =/= P1 andalso P2 =/= undefined end), io:format("~p ~p~n", [P1 =/= whereis(a), call(a, get)]),
    io:format("~p~n", [catch call(nobody, get)]), exit(Sup, shutdown), receive {'EXIT', Sup, R} -> io:format("sup ~p~n", [R]) after 1000 -> io:format("sup lives~n") end,
    timer:sleep(20), io:format("~p~n", [[whereis(N) || N <- [a, b]]]), fsm(), events(), deadline(), barrier(20), chain(200).
until(F) -> case F() of true -> ok; false -> timer:sleep(5), until(F) end.
start(Mod, Init) -> spawn_link(?MODULE, init, [Mod, Init]).
init(_, Init) -> put(start, Init), counter(Init).
counter(N) ->
    receive
        {call, {P, R}, get} -> P ! {R, N}, counter(N);
        {call, {P, R}, {add, K}} -> P ! {R, ok}, ?MODULE:counter(N + K);
        {cast, crash} -> exit(crashed)
    end.
call(Name, Req) -> R = monitor(process, Name), catch Name ! {call, {self(), R}, Req}, receive {R, X} -> demonitor(R, [flush]), X; {'DOWN', R, _, _, Why} -> exit({Why, {call, Name}}) after 1000 -> timeout end.
cast(Name, M) -> Name ! {cast, M}, ok.
start_sup(Specs) -> Self = self(), {ok, spawn_link(fun() -> process_flag(trap_exit, true), sup(Self, [{begin P = F(), register(N, P), P end, N, F} || {N, F} <- Specs]) end)}.
sup(Parent, Children) ->
    receive
        {'EXIT', Parent, R} -> stop_all(Children, R);
        {'EXIT', P, _} -> case lists:keytake(P, 1, Children) of {value, {_, N, F}, Rest} -> Q = F(), register(N, Q), sup(Parent, [{Q, N, F} | Rest]); false -> sup(Parent, Children) end
    end.
stop_all(Cs, R) -> [exit(P, shutdown) || {P, _, _} <- Cs], [receive {'EXIT', P, _} -> ok end || {P, _, _} <- Cs], exit(R).
fsm() -> P = spawn(fun locked/0), [P ! {key, K} || K <- "12431234"], P ! {q, self()}, receive {s, S} -> io:format("fsm ~p~n", [S]) end, P ! stop.
locked() -> code("").
code("4321") -> open();
code(Sofar) -> receive {key, K} -> code(lists:sublist([K | Sofar], 4)); {q, F} -> F ! {s, {locked, Sofar}}, code(Sofar); stop -> ok end.
open() -> receive {q, F} -> F ! {s, open}, open(); stop -> ok; _ -> open() end.
events() -> M = spawn(fun() -> manager([]) end), S = self(), [M ! {sub, fun(E) -> S ! {N, E} end} || N <- [1, 2, 3]], M ! {event, hello}, io:format("~p~n", [lists:sort([receive {N, E} -> {N, E} end || _ <- [1, 2, 3]])]), M ! stop.
manager(Hs) -> receive {sub, H} -> manager([H | Hs]); {event, E} -> [H(E) || H <- Hs], manager(Hs); stop -> ok end.
deadline() -> T = erlang:start_timer(20, self(), late), R = work(0, T), io:format("~p~n", [R]).
work(N, T) -> receive {timeout, T, late} -> {late, N > 100} after 0 -> work(N + 1, T) end.
barrier(N) -> S = self(), Ps = [spawn_link(fun() -> receive go -> S ! {done, self()} end end) || _ <- lists:seq(1, N)], [P ! go || P <- Ps], [receive {done, P} -> ok end || P <- lists:reverse(Ps)], [receive {'EXIT', P, normal} -> ok end || P <- Ps], io:format("barrier~n").
chain(N) -> P = spawn_link(fun() -> chain_(N) end), receive {'EXIT', P, R} -> io:format("chain ~p~n", [R]) end.
chain_(0) -> timer:sleep(5), exit(end_of_chain);
chain_(N) -> spawn_link(fun() -> chain_(N - 1) end), receive never -> ok end.
