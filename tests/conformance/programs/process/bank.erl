-module(bank).
-export([main/0]).
-record(account, {id, owner = "nobody", balance = 0 :: integer(), log = []}).
-record(state, {accounts = [], next = 1, watchers = [] :: [pid()]}).
main() ->
    process_flag(trap_exit, true),
    Bank = spawn_link(fun() -> loop(#state{}) end),
    register(bank, Bank),
    {ok, A} = call({open, "alice"}),
    {ok, B} = call({open, "bob"}),
    ok = call({deposit, A, 100}),
    io:format("~p~n", [call({transfer, A, B, 30})]),
    io:format("~p~n", [call({transfer, A, B, 300})]),
    io:format("~p~n", [call({transfer, A, 99, 1})]),
    io:format("~p~n", [call(dump)]),
    io:format("~p~n", [catch call({deposit, A, foo})]),
    receive {'EXIT', Bank, {R, [{M, F, Ar, _} | _]}} -> io:format("bank died ~p ~p~n", [R, {M, F, Ar}])
    after 1000 -> io:format("nothing~n") end,
    io:format("~p~n", [whereis(bank)]),
    io:format("~p~n", [catch (bank ! hello)]).

call(Req) ->
    Ref = erlang:monitor(process, bank),
    bank ! {self(), Ref, Req},
    receive
        {Ref, Reply} -> erlang:demonitor(Ref, [flush]), Reply;
        {'DOWN', Ref, process, _, Reason} -> {down, element(1, Reason)}
    after 2000 -> timeout
    end.

loop(S) ->
    receive
        {From, Ref, Req} ->
            {Reply, S1} = handle(Req, S),
            From ! {Ref, Reply},
            loop(S1)
    end.

handle({open, Owner}, #state{next = N, accounts = As} = S) ->
    {{ok, N}, S#state{next = N + 1, accounts = [#account{id = N, owner = Owner} | As]}};
handle({deposit, Id, Amount}, S) ->
    {ok, update(Id, fun(#account{balance = B, log = L} = Acc) -> Acc#account{balance = B + Amount, log = [{in, Amount} | L]} end, S)};
handle({transfer, From, To, Amount}, #state{accounts = As} = S) ->
    case {lists:keyfind(From, #account.id, As), lists:keyfind(To, #account.id, As)} of
        {#account{balance = B}, #account{}} when B >= Amount ->
            S1 = update(From, fun(A) -> A#account{balance = A#account.balance - Amount} end, S),
            {ok, update(To, fun(A) -> A#account{balance = A#account.balance + Amount} end, S1)};
        {#account{}, #account{}} -> {{error, insufficient}, S};
        {_, false} -> {{error, {no_account, To}}, S}
    end;
handle(dump, S = #state{accounts = As}) -> {lists:sort(As), S}.

update(Id, F, S = #state{accounts = As}) ->
    {[A], Rest} = lists:partition(fun(#account{id = I}) -> I =:= Id end, As),
    S#state{accounts = [F(A) | Rest]}.
