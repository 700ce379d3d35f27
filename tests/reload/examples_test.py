#!/usr/bin/env python3
"""The three examples of the user's description, word for word, edited live; and who dies at the third version."""
import time
import unittest

from session import ReloadTest, Session, save

DRIVER = """-module(driver).
-export([main/0, loop/0, command/0]).
main() ->
    register(server, hotfix:start()),
    loop().
loop() ->
    server ! hello,
    timer:sleep(100),
    case driver:command() of
        update -> server ! update, timer:sleep(100);
        go -> ok
    end,
    driver:loop().
command() -> go.
"""


class Examples(ReloadTest):
    def test_a_qualified_loop_prints_old_then_new(self):
        test = self.example("test.mod")
        with Session(["run", "--watch", test]) as hotjit:
            hotjit.expect_out("^this is old code$")
            save(test, test.read_text().replace("this is old code", "this is new code"))
            hotjit.expect_err(r"ok\s+test v1 -> v2")
            hotjit.expect_out("^this is new code$")
            hotjit.expect_out("^this is new code$")
            self.assertNotIn("this is old code", hotjit.out.lines[-1])
            self.assertEqual(hotjit.interrupt(), 130)

    def test_only_the_called_function_is_new_when_the_loop_is_local(self):
        test2 = self.example("test2.mod")
        edited = """-module(test2).
-export([start/0, f/0]).

f() ->
\tio:format("this is new code~n").

run() ->
\tio:format("say hello~n"),
\t?MODULE:f(),
\ttimer:sleep(5000),
\trun().

start() ->
\tspawn(fun() -> run() end).
"""
        with Session(["run", "--watch", test2]) as hotjit:
            hotjit.expect_out("^this is old code$")
            save(test2, edited)
            hotjit.expect_err(r"ok\s+test2 v1 -> v2")
            hotjit.expect_out("^this is new code$")
            hotjit.expect_out("^this is new code$")
            self.assertNotIn("say hello", hotjit.out.lines)

    def test_an_unqualified_loop_stays_old_for_ever(self):
        test = self.example("test.mod")
        save(test, test.read_text().replace("?MODULE:run()", "run()").replace("5000", "50").replace("-export([start/0, run/0])", "-export([start/0])"))
        with Session(["run", "--watch", test]) as hotjit:
            hotjit.expect_out("^this is old code$")
            save(test, test.read_text().replace("this is old code", "this is new code"))
            hotjit.expect_err(r"ok\s+test v1 -> v2")
            hotjit.drain_out()
            for _ in range(20):
                self.assertEqual(hotjit.next_out(), "this is old code")

    def test_hotfix_moves_to_new_code_only_when_told(self):
        hotfix = self.example("hotfix.mod")
        driver = self.file("driver.mod", DRIVER)
        with Session(["run", "--watch", driver], cwd=self.directory) as hotjit:
            hotjit.expect_out("^Stay Old$")
            save(hotfix, hotfix.read_text().replace("Stay Old", "Stay New").replace("version=2.0", "version=3.0"))
            hotjit.expect_err(r"ok\s+hotfix v1 -> v2")
            hotjit.drain_out()
            for _ in range(5):
                self.assertEqual(hotjit.next_out(), "Stay Old")
            save(driver, DRIVER.replace("command() -> go.", "command() -> update."))
            hotjit.expect_err(r"ok\s+driver v1 -> v2")
            hotjit.expect_out("^Upgrading Code$")
            self.assertEqual(hotjit.next_out(), "Upgrade Completed. Now verson: 3.0")
            self.assertEqual(hotjit.next_out(), "Stay New")

    def test_the_third_version_kills_who_lingers_in_the_first(self):
        # The watcher of both lives in a module of its own, so that no purge of linger concerns it.
        main = """-module(linger_main).
-export([main/0]).
main() ->
    process_flag(trap_exit, true),
    Stuck = spawn_link(linger, stuck, [1]),
    Current = spawn_link(linger, current, [self()]),
    io:format("started~n"),
    wait(Stuck, Current, 0).
wait(Stuck, Current, Last) ->
    receive
        {'EXIT', Stuck, Reason} -> io:format("stuck died: ~w~n", [Reason]), wait(Stuck, Current, Last);
        {'EXIT', Current, Reason} -> io:format("current died: ~w~n", [Reason]), wait(Stuck, Current, Last);
        {current, Last} -> wait(Stuck, Current, Last);
        {current, V} -> io:format("current at ~w~n", [V]), wait(Stuck, Current, V)
    end.
"""
        linger = """-module(linger).
-export([current/1, stuck/1]).
version() -> 1.
current(To) -> To ! {current, version()}, timer:sleep(20), ?MODULE:current(To).
stuck(N) -> receive never -> ok end, stuck(N + 1).
"""
        path = self.file("linger.mod", linger)
        program = self.file("linger_main.mod", main)
        with Session(["run", "--watch", program], cwd=self.directory) as hotjit:
            hotjit.expect_out("^started$")
            hotjit.expect_out("^current at 1$")
            save(path, linger.replace("version() -> 1", "version() -> 2"))
            hotjit.expect_err(r"ok\s+linger v1 -> v2")
            hotjit.expect_out("^current at 2$")
            self.assertNotIn("stuck died: killed", hotjit.out.lines)
            save(path, linger.replace("version() -> 1", "version() -> 3"))
            line = hotjit.expect_err(r"ok\s+linger v2 -> v3")
            self.assertRegex(line, r"killed <0\.\d+\.0>")
            hotjit.expect_out("^stuck died: killed$")
            hotjit.expect_out("^current at 3$")
            time.sleep(0.3)
            self.assertFalse([l for l in hotjit.drain_out() + hotjit.out.lines if "current died" in l])


if __name__ == "__main__":
    unittest.main()
