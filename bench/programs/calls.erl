%% What one call costs, in nanoseconds: a loop with the call less the same loop without it. Prints `name ns` lines.
-module(calls).
-export([main/0, main/1, f/1, fibx/1]).

-define(N, 50000000).

main() -> main(["calls"]).

main(["calls"]) ->
    Empty = best(fun() -> empty(?N) end),
    F = fun(0) -> 1; (X) -> X end,
    [report(Name, Empty, Loop) || {Name, Loop} <- [
        {local, fun() -> local(?N) end},
        {external, fun() -> external(?N) end},
        {closure, fun() -> closure(?N, F) end},
        {apply, fun() -> apply_(?N, ?MODULE, f) end},
        {native, fun() -> native(?N, {a, b}) end}]],
    ok;
main(["fib"]) ->
    seconds(fib_local, fun() -> fib(38) end),
    seconds(fib_external, fun() -> fibx(38) end).

report(Name, Empty, Loop) ->
    io:format("~w ~.3f~n", [Name, max(0, best(Loop) - Empty) / ?N]).

seconds(Name, F) -> io:format("~w ~.4f~n", [Name, best(F) / 1.0e9]).

%% The best of five, in nanoseconds.
best(F) -> lists:min([once(F) || _ <- [1, 2, 3, 4, 5]]).
once(F) ->
    T = erlang:monotonic_time(nanosecond),
    F(),
    erlang:monotonic_time(nanosecond) - T.

%% The second clause calls, so that no compiler inlines f; it is never taken here.
f(0) -> f(1);
f(X) -> X.

empty(0) -> ok;
empty(N) -> empty(N - 1).

local(0) -> ok;
local(N) -> f(N), local(N - 1).

external(0) -> ok;
external(N) -> ?MODULE:f(N), external(N - 1).

closure(0, _) -> ok;
closure(N, F) -> F(N), closure(N - 1, F).

apply_(0, _, _) -> ok;
apply_(N, M, F) -> M:F(N), apply_(N - 1, M, F).

%% A BIF that no compiler can drop or do at compile time.
native(0, _) -> ok;
native(N, T) -> put(k, T), native(N - 1, T).

fib(N) when N < 2 -> N;
fib(N) -> fib(N - 1) + fib(N - 2).

fibx(N) when N < 2 -> N;
fibx(N) -> ?MODULE:fibx(N - 1) + ?MODULE:fibx(N - 2).
