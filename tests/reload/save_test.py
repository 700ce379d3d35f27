#!/usr/bin/env python3
"""However an editor saves, exactly the last content ends up live, and one line says so."""
import shutil
import time
import unittest

from session import ReloadTest, Session, save, save_by_rename, save_in_pieces, save_with_backup

TICKER = """-module(ticker).
-export([start/0, loop/0]).
start() -> spawn(fun() -> loop() end).
loop() ->
    io:format("~w~n", [value()]),
    timer:sleep(10),
    ?MODULE:loop().
value() -> VALUE.
"""


def ticker(value):
    return TICKER.replace("VALUE", str(value))


class Saves(ReloadTest):
    def setUp(self):
        super().setUp()
        self.path = self.file("ticker.mod", ticker(1))

    def live(self):
        session = Session(["run", "--watch", self.path])
        session.expect_out("^1$")
        return session

    def check_way(self, way):
        with self.live() as hotjit:
            for value in range(2, 6):
                way(self.path, ticker(value))
                hotjit.expect_err(rf"ok\s+ticker v{value - 1} -> v{value}")
                hotjit.expect_out(f"^{value}$")
            time.sleep(0.3)
            lines = hotjit.drain_out()
            self.assertEqual(set(lines), {"5"})

    def test_truncate_and_write(self):
        self.check_way(save)

    def test_write_and_rename(self):
        self.check_way(save_by_rename)

    def test_backup_and_rename(self):
        self.check_way(save_with_backup)

    def test_an_empty_and_a_half_written_file_in_between(self):
        with self.live() as hotjit:
            for value in range(2, 6):
                save_in_pieces(self.path, ticker(value))
                hotjit.expect_out(f"^{value}$")
            self.assertEqual(hotjit.process.poll(), None)

    def test_many_saves_within_milliseconds_end_in_the_last(self):
        with self.live() as hotjit:
            for value in range(2, 40):
                save(self.path, ticker(value))
                time.sleep(0.002)
            hotjit.expect_out("^39$")
            time.sleep(0.5)
            self.assertEqual(set(hotjit.drain_out()), {"39"})

    def test_a_save_that_does_not_compile_changes_nothing_and_says_where(self):
        with self.live() as hotjit:
            save(self.path, ticker("oops("))
            hotjit.expect_err(r"ticker\.mod:\d+:\d+: error: ")
            hotjit.expect_err(r"ERROR ticker  the running code is unchanged: 2 errors")
            hotjit.drain_out()
            for _ in range(10):
                self.assertEqual(hotjit.next_out(), "1")
            save(self.path, ticker(2))
            hotjit.expect_err(r"ok\s+ticker v1 -> v2")
            hotjit.expect_out("^2$")

    def test_a_save_without_a_change_is_no_new_version(self):
        with self.live() as hotjit:
            save(self.path, ticker(1))
            hotjit.expect_err(r"same\s+ticker")
            save(self.path, ticker(2))
            hotjit.expect_err(r"ok\s+ticker v1 -> v2")

    def test_a_file_that_stays_open_for_writing_goes_live_when_it_is_closed(self):
        with self.live() as hotjit:
            with open(self.path, "w") as file:
                file.write(ticker(2))
                file.flush()
                hotjit.expect_err(r"WAIT\s+ticker  somebody has .*ticker\.mod open for writing")
                hotjit.drain_out()
                self.assertEqual(hotjit.next_out(), "1")
            hotjit.expect_err(r"ok\s+ticker v1 -> v2")
            hotjit.expect_out("^2$")

    def test_opening_the_file_while_it_is_looked_at_harms_nobody(self):
        with self.live() as hotjit:
            for value in range(2, 6):
                save(self.path, ticker(value))
                for _ in range(2000):
                    with open(self.path, "a"):
                        pass
                hotjit.expect_out(f"^{value}$")

    def test_a_save_just_before_the_watch_begins_is_not_lost(self):
        for value in range(2, 8):
            save(self.path, ticker(1))
            with Session(["run", "--watch", self.path]) as hotjit:
                time.sleep(0.01 * value)
                # (By rename: an empty file is rightly refused at the start.)
                save_by_rename(self.path, ticker(value))
                hotjit.expect_out(f"^{value}$")

    def test_a_directory_that_is_made_again_is_watched_again(self):
        with self.live() as hotjit:
            shutil.rmtree(self.directory)
            time.sleep(0.3)
            self.directory.mkdir()
            save(self.path, ticker(2))
            hotjit.expect_out("^2$")
            time.sleep(0.5)
            save(self.path, ticker(3))
            hotjit.expect_out("^3$")

    def test_a_module_of_another_name_is_refused(self):
        with self.live() as hotjit:
            save(self.path, ticker(2).replace("-module(ticker)", "-module(other)"))
            hotjit.expect_err(r"Module name 'other' does not match file name 'ticker'")
            hotjit.expect_err(r"ERROR ticker")

    def test_a_deleted_file_that_comes_back_is_a_save(self):
        with self.live() as hotjit:
            self.path.unlink()
            time.sleep(0.3)
            self.assertEqual(hotjit.next_out(), "1")
            save(self.path, ticker(2))
            hotjit.expect_out("^2$")


if __name__ == "__main__":
    unittest.main()
