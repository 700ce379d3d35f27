%% timer: sleeping, measuring, and sending or applying later.
%%
%% OTP runs a timer server; here every timer is the runtime's own (erlang:start_timer and send_after), or a process that waits.
%% A timer's reference is {send, Ref}, {once, Pid} or {interval, Pid}: opaque, for cancel/1 only.
-module(timer).
-file("timer.erl", 7).

-export([apply_after/4, apply_interval/4, cancel/1, exit_after/2, exit_after/3, hms/3, hours/1, kill_after/1, kill_after/2,
         minutes/1, now_diff/2, seconds/1, send_after/2, send_after/3, send_interval/2, send_interval/3, sleep/1, start/0, tc/1,
         tc/2, tc/3]).

-define(MAX_TIMEOUT, 16#FFFFFFFF).

start() -> ok.

sleep(T) when is_integer(T), T > ?MAX_TIMEOUT ->
    receive after ?MAX_TIMEOUT -> sleep(T - ?MAX_TIMEOUT) end;
sleep(T) ->
    receive after T -> ok end.

tc(F) ->
    T1 = erlang:monotonic_time(),
    Value = F(),
    T2 = erlang:monotonic_time(),
    {microseconds(T2 - T1), Value}.

tc(F, A) ->
    T1 = erlang:monotonic_time(),
    Value = apply(F, A),
    T2 = erlang:monotonic_time(),
    {microseconds(T2 - T1), Value}.

tc(M, F, A) ->
    T1 = erlang:monotonic_time(),
    Value = apply(M, F, A),
    T2 = erlang:monotonic_time(),
    {microseconds(T2 - T1), Value}.

microseconds(Native) -> erlang:convert_time_unit(Native, native, microsecond).

now_diff({A2, B2, C2}, {A1, B1, C1}) -> ((A2 - A1) * 1000000 + B2 - B1) * 1000000 + C2 - C1.

seconds(Seconds) -> 1000 * Seconds.

minutes(Minutes) -> 1000 * 60 * Minutes.

hours(Hours) -> 1000 * 60 * 60 * Hours.

hms(H, M, S) -> hours(H) + minutes(M) + seconds(S).

send_after(Time, Message) -> send_after(Time, self(), Message).

send_after(0, To, Message) when is_pid(To); is_atom(To) ->
    catch To ! Message,
    {ok, {instant, make_ref()}};
send_after(Time, To, Message) when is_integer(Time), Time > 0, is_pid(To) orelse is_atom(To) ->
    {ok, {send, erlang:send_after(Time, To, Message)}};
send_after(_, _, _) -> {error, badarg}.

send_interval(Time, Message) -> send_interval(Time, self(), Message).

send_interval(Time, To, Message) when is_integer(Time), Time > 0, is_pid(To) orelse is_atom(To) ->
    {ok, {interval, spawn(fun() -> interval(watch(To), Time, fun() -> catch To ! Message end) end)}};
send_interval(_, _, _) -> {error, badarg}.

apply_after(Time, M, F, A) when is_integer(Time), Time >= 0, is_atom(M), is_atom(F), is_list(A) ->
    {ok, {once, spawn(fun() -> once(Time, fun() -> apply(M, F, A) end) end)}};
apply_after(_, _, _, _) -> {error, badarg}.

apply_interval(Time, M, F, A) when is_integer(Time), Time > 0, is_atom(M), is_atom(F), is_list(A) ->
    Owner = self(),
    {ok, {interval, spawn(fun() -> interval(watch(Owner), Time, fun() -> spawn(M, F, A) end) end)}};
apply_interval(_, _, _, _) -> {error, badarg}.

exit_after(Time, Reason) -> exit_after(Time, self(), Reason).

exit_after(Time, To, Reason) -> apply_after(Time, erlang, exit, [To, Reason]).

kill_after(Time) -> exit_after(Time, self(), kill).

kill_after(Time, To) -> exit_after(Time, To, kill).

cancel({send, Ref}) -> _ = erlang:cancel_timer(Ref), {ok, cancel};
cancel({instant, Ref}) when is_reference(Ref) -> {ok, cancel};
cancel({Kind, Pid}) when Kind =:= once, is_pid(Pid); Kind =:= interval, is_pid(Pid) -> Pid ! {cancel, self()}, {ok, cancel};
cancel(_) -> {error, badarg}.

once(Time, F) ->
    receive {cancel, _} -> ok
    after Time -> F()
    end.

%% Ends with the process it works for.
interval(Monitor, Time, F) ->
    interval_at(Monitor, erlang:monotonic_time(millisecond) + Time, Time, F).

interval_at(Monitor, At, Time, F) ->
    receive
        {cancel, _} -> ok;
        {'DOWN', Monitor, process, _, _} -> ok
    after max(0, At - erlang:monotonic_time(millisecond)) ->
        F(),
        interval_at(Monitor, At + Time, Time, F)
    end.

watch(To) -> erlang:monitor(process, To).
