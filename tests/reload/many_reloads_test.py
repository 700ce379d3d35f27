#!/usr/bin/env python3
"""A thousand reloads under fifty looping processes: everyone on the newest version, nothing lost, memory flat."""
import os
import unittest

from session import PATIENCE, ReloadTest, Session

TORTURED = os.environ.get("HOTJIT_TORTURED") == "1"
RELOADS = 60 if TORTURED else 1000
PROCESSES = 50
# "Each on the newest version within a second".
WITHIN_MS = 60_000 if TORTURED else 1000

# The driver reloads through the language itself: a version is compiled from a text that names its number.
DRIVER = """-module(many).
-export([main/1]).

main([Dir, ReloadsText, ProcessesText, WithinText]) ->
    put(within, list_to_integer(WithinText)),
    Reloads = list_to_integer(ReloadsText),
    Processes = list_to_integer(ProcessesText),
    load(Dir, 1),
    Self = self(),
    Pids = [spawn(fun() -> looper:loop(Self, 0, 0) end) || _ <- lists:seq(1, Processes)],
    Asked = reloads(Dir, [{P, 0} || P <- Pids], 2, Reloads),
    [P ! {stop, self()} || P <- Pids],
    Received = [receive {stopped, P, Count} -> {P, Count} end || P <- Pids],
    io:format("every message arrived: ~w~n", [Received =:= Asked]).

%% After each load every process is asked until it answers from the newest version.
reloads(_, Asked, N, Reloads) when N > Reloads -> Asked;
reloads(Dir, Asked, N, Reloads) ->
    load(Dir, N),
    Now = [{P, Count + ask(P, N, 1)} || {P, Count} <- Asked],
    case N =:= 100 orelse N =:= Reloads of
        true ->
            io:format("at ~w~n", [N]),
            receive after 500 -> ok end;
        false -> ok
    end,
    reloads(Dir, Now, N + 1, Reloads).

%% Who waited in the version before may answer once from there: its next call is a qualified one. The number of questions.
ask(P, N, Times) ->
    P ! {ask, self()},
    receive
        {version, P, N} -> Times;
        {version, P, V} when V =:= N - 1, Times =:= 1 -> ask(P, N, Times + 1);
        {version, P, V} -> io:format("~w answered ~w in ~w~n", [P, V, N]), Times
    after get(within) -> io:format("~w answered too late in ~w~n", [P, N]), Times
    end.

load(Dir, N) ->
    File = Dir ++ "/looper.mod",
    {ok, looper, Binary} = compile:file(File, [binary, {d, 'VERSION', N}]),
    {module, looper} = code:load_binary(looper, File, Binary).
"""

LOOPER = """-module(looper).
-export([loop/3]).
loop(To, Last, Count) when Last =< ?VERSION ->
    receive
        {ask, From} -> From ! {version, self(), ?VERSION}, ?MODULE:loop(To, ?VERSION, Count + 1);
        {stop, From} -> From ! {stopped, self(), Count}
    after 20 -> ?MODULE:loop(To, ?VERSION, Count)
    end;
loop(_, Last, _) ->
    exit({went_back_from, Last, ?VERSION}).
"""


class ManyReloads(ReloadTest):
    def test_a_thousand_reloads_lose_nothing_and_keep_memory_flat(self):
        driver = self.file("many.mod", DRIVER)
        self.file("looper.mod", LOOPER)
        with Session(["run", driver, self.directory, RELOADS, PROCESSES, WITHIN_MS]) as hotjit:
            early = None
            if RELOADS > 100:
                hotjit.expect_out("^at 100$", timeout=PATIENCE * 5)
                early = hotjit.resident_kb()
            hotjit.expect_out(f"^at {RELOADS}$", timeout=PATIENCE * 10)
            late = hotjit.resident_kb()
            hotjit.expect_out("^every message arrived: true$")
            self.assertEqual(hotjit.wait(), 0, hotjit.err.lines)
            self.assertFalse([line for line in hotjit.out.lines if "answered" in line])
            if early is not None:
                print(f"resident: {early} KB after reload 100, {late} KB after {RELOADS}")
                self.assertLess(late - early, 10 * 1024)


if __name__ == "__main__":
    unittest.main()
