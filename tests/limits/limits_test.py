#!/usr/bin/env python3
"""Memory and scheduling where it hurts: long loops, deep stacks, much garbage, many processes, busy neighbours.

Memory bars are asserted (they are promises); times are not.
"""
import os
import pathlib
import subprocess
import sys
import threading
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "reload"))
from session import HOTJIT, PATIENCE, ReloadTest  # noqa: E402

# Sanitizers and the chaos build multiply memory and time: the same programs run there, smaller and without memory bars.
def idle_cores(seconds=0.3):
    """How many cores did nothing in the last moment."""
    def idle_ticks():
        return int(pathlib.Path("/proc/stat").read_text().split("\n")[0].split()[4])
    before = idle_ticks()
    time.sleep(seconds)
    return (idle_ticks() - before) / os.sysconf("SC_CLK_TCK") / seconds


TORTURED = os.environ.get("HOTJIT_TORTURED") == "1"


def scaled(count, tortured):
    return tortured if TORTURED else count


class Limits(ReloadTest):
    def run_program(self, text, *options):
        """Output, largest resident set in MB, CPU seconds, wall seconds."""
        path = self.file("m.mod", "-module(m).\n-export([main/0, entry/1]).\n" + text)
        began = time.monotonic()
        process = subprocess.Popen([HOTJIT, "run", *options, str(path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        # Read by threads, so that wait4 may report this child's own usage.
        output = {}
        readers = [threading.Thread(target=lambda k=k, p=p: output.update({k: p.read()})) for k, p in
                   (("out", process.stdout), ("err", process.stderr))]
        for reader in readers:
            reader.start()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        for reader in readers:
            reader.join()
        process.stdout.close()
        process.stderr.close()
        self.assertEqual(process.returncode, 0, output["err"].decode(errors="replace")[-2000:])
        return output["out"].decode(), usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime, time.monotonic() - began

    def check_memory(self, megabytes, bar):
        if not TORTURED:
            self.assertLess(megabytes, bar)

    def test_a_tail_loop_runs_in_constant_memory(self):
        out, megabytes, _, _ = self.run_program(f"main() -> io:format(\"~w~n\", [loop({scaled(10**9, 10**6)}, 0)]).\n"
                                                "entry(_) -> ok.\nloop(0, A) -> A;\nloop(N, A) -> loop(N - 1, A + 1).\n")
        self.assertEqual(out, f"{scaled(10**9, 10**6)}\n")
        self.check_memory(megabytes, 120)

    def test_recursion_is_as_deep_as_memory_is(self):
        depth = scaled(10**7, 10**5)
        out, _, _, _ = self.run_program(
            f"main() -> io:format(\"~w~n\", [deep({depth})]), io:format(\"~w~n\", [deep_gc({depth})]).\nentry(_) -> ok.\n"
            "deep(0) -> 0;\ndeep(N) -> 1 + deep(N - 1).\n"
            "deep_gc(0) -> erlang:garbage_collect(), length(garbage(100000, []));\ndeep_gc(N) -> [A] = [N], B = deep_gc(N - 1), A + B - N + 1.\n"
            "garbage(0, L) -> L;\ngarbage(N, L) -> garbage(N - 1, [N | L]).\n")
        self.assertEqual(out, f"{depth}\n{depth + 100000}\n")

    def test_twenty_gigabytes_of_garbage_need_little_memory(self):
        # A cell of 16 bytes and a tuple of 32 an iteration.
        count = scaled(20 * 10**9 // 48, 10**5)
        out, megabytes, _, _ = self.run_program(f"main() -> io:format(\"~p~n\", [churn({count}, [])]).\nentry(_) -> ok.\n"
                                                "churn(0, L) -> L;\nchurn(N, _) -> churn(N - 1, [{N, a, b}]).\n")
        self.assertEqual(out, "[{1,a,b}]\n")
        self.check_memory(megabytes, 100)

    def test_a_hundred_thousand_processes_live_in_400_megabytes(self):
        count = scaled(100_000, 2_000)
        out, megabytes, _, _ = self.run_program(
            f"main() -> Ps = [spawn(m, entry, [self()]) || _ <- lists:seq(1, {count})], [P ! {{ask, N}} || {{P, N}} <- number(Ps, 1)],\n"
            "  io:format(\"~w~n\", [lists:sum([receive {answer, N} -> N end || _ <- Ps])]), [P ! stop || P <- Ps], ok.\n"
            "number([], _) -> [];\nnumber([P | T], N) -> [{P, N} | number(T, N + 1)].\n"
            "entry(To) -> receive {ask, N} -> To ! {answer, N}, entry(To); stop -> ok end.\n")
        self.assertEqual(out, f"{count * (count + 1) // 2}\n")
        self.check_memory(megabytes, 400)

    @unittest.skipIf((os.cpu_count() or 1) < 2, "one core")
    def test_two_schedulers_run_two_processes_at_once(self):
        # That both really run at once shows in more CPU time than wall time, where two cores are free.
        count = scaled(1_500_000_000, 1_000_000)
        is_machine_free = idle_cores() > 1.7
        out, _, cpu, wall = self.run_program(
            f"main() -> S = self(), [spawn(fun() -> loop({count}), S ! done end) || _ <- [1, 2]], [receive done -> ok end || _ <- [1, 2]], io:format(\"ok~n\").\n"
            "entry(_) -> ok.\nloop(0) -> ok;\nloop(N) -> loop(N - 1).\n", "--schedulers", "2")
        self.assertEqual(out, "ok\n")
        print(f"two busy processes: {cpu:.2f} s CPU in {wall:.2f} s", file=sys.stderr)
        if not TORTURED and is_machine_free:
            self.assertGreater(cpu, 1.2 * wall)

    def test_an_endless_loop_starves_nobody(self):
        for schedulers in ("1", "2"):
            out, _, _, _ = self.run_program(
                "main() -> Ls = [spawn(fun() -> endless(0) end) || _ <- [1, 2, 3, 4]], P = spawn(m, entry, [self()]),\n"
                "  [begin P ! {ping, self()}, receive pong -> ok end end || _ <- lists:seq(1, 200)], io:format(\"ok~n\"), [exit(L, kill) || L <- [P | Ls]], ok.\n"
                "entry(X) -> receive {ping, From} -> From ! pong, entry(X) end.\nendless(N) -> endless(N + 1).\n", "--schedulers", schedulers)
            self.assertEqual(out, "ok\n")


if __name__ == "__main__":
    unittest.main()
