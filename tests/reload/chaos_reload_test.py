#!/usr/bin/env python3
"""Chaos build only: external calls really have their modules loaded again, and nobody can tell."""
import os
import re
import subprocess
import unittest

from session import HOTJIT, PATIENCE, ReloadTest

# Loops by qualified calls over literals and closures; catches, sends and receives on the way.
PROGRAM = """-module(shaken).
-export([main/0, loop/4, echo/0, step/1]).

main() ->
    Echo = spawn(fun ?MODULE:echo/0),
    io:format("~p~n", [?MODULE:loop(20000, Echo, fun(X) -> {a, "literal", X} end, [])]).

loop(0, Echo, F, Acc) ->
    Echo ! stop,
    {F(0), lists:sum(Acc), length(Acc)};
loop(N, Echo, F, Acc) ->
    {a, "literal", N} = F(N),
    Echo ! {self(), {"sent", N}},
    receive {Echo, {"sent", N}} -> ok end,
    Value = try ?MODULE:step(N) catch throw:{odd, M} -> M end,
    ?MODULE:loop(N - 1, Echo, F, lists:sublist([Value | Acc], 10)).

step(N) when N rem 2 =:= 1 -> throw({odd, N});
step(N) -> N.

echo() ->
    receive
        {From, Term} -> From ! {self(), Term}, ?MODULE:echo();
        stop -> ok
    end.
"""


class ChaosReload(ReloadTest):
    def run_with_seed(self, seed):
        program = self.file("shaken.mod", PROGRAM)
        environment = {**os.environ, "HOTJIT_CHAOS_SEED": str(seed), "HOTJIT_CHAOS_REPORT": "1"}
        run = subprocess.run([HOTJIT, "run", program], capture_output=True, timeout=PATIENCE * 2, text=True, env=environment)
        self.assertEqual((run.returncode, run.stdout), (0, '{{a,"literal",0},55,10}\n'), run.stderr)
        return int(re.search(r"^chaos: (\d+) reloads$", run.stderr, re.M).group(1))

    def test_reloads_happen_and_change_nothing(self):
        for seed in (1, 2):
            with self.subTest(seed=seed):
                self.assertGreater(self.run_with_seed(seed), 3)

    def test_seed_0_reloads_nothing(self):
        self.assertEqual(self.run_with_seed(0), 0)


if __name__ == "__main__":
    unittest.main()
