#!/usr/bin/env python3
"""Every mistake of the person at the keyboard gets a clear message and the right exit status, never a crash."""
import json
import os
import pathlib
import signal
import subprocess
import sys
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "reload"))
from session import EXAMPLES, HOTJIT, PATIENCE, ReloadTest, Session  # noqa: E402


def hotjit(*arguments, cwd=None, env=None):
    return subprocess.run([HOTJIT, *map(str, arguments)], capture_output=True, timeout=PATIENCE * 2, cwd=cwd,
                          stdin=subprocess.DEVNULL, env=env)


class Mistakes(ReloadTest):
    def refused(self, result, *patterns, status=2):
        text = result.stderr.decode(errors="replace")
        self.assertEqual(result.returncode, status, text)
        self.assertEqual(result.stdout, b"")
        for pattern in patterns:
            self.assertRegex(text, pattern)
        self.assertNotIn("internal error", text)
        return text

    def run_text(self, text, *arguments, name="m.mod"):
        path = self.directory / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return hotjit("run", path, *arguments)

    def test_no_such_file(self):
        self.refused(hotjit("run", self.directory / "none.mod"), r"none\.mod.*[Nn]o such file")

    def test_a_directory(self):
        self.refused(hotjit("run", self.directory), r"[Ii]s a directory")

    @unittest.skipIf(os.geteuid() == 0 and not os.path.exists("/usr/bin/setpriv"), "root reads everything")
    def test_an_unreadable_file(self):
        path = self.file("m.mod", "-module(m).\n")
        path.chmod(0)
        command = [HOTJIT, "run", str(path)]
        if os.geteuid() == 0:
            self.directory.chmod(0o755)
            command = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", *command]
        self.refused(subprocess.run(command, capture_output=True, timeout=PATIENCE), r"[Pp]ermission denied")

    def test_an_empty_file(self):
        self.refused(self.run_text(""), r"m\.mod:1:1: error: .*module")

    def test_binary_garbage(self):
        self.refused(self.run_text(bytes((i * 7919) % 256 for i in range(100_000))), r"m\.mod:\d+:\d+: error: ")

    def test_a_line_of_one_megabyte(self):
        text = "-module(m).\n-export([main/0]).\nmain() -> length([" + ",".join(["1"] * 500_000) + "]), io:format(\"ok~n\").\n"
        result = self.run_text(text)
        self.assertEqual((result.returncode, result.stdout), (0, b"ok\n"), result.stderr[-500:])
        self.refused(self.run_text("-module(m).\n" + "x" * 1_000_000), r"m\.mod:2:\d+: error: ")

    def test_nesting_of_a_hundred_thousand(self):
        for opening, closing in (("(", ")"), ("[", "]"), ("{", "}"), ("begin ", " end"), ("-", ""), ("not ", ""), ("f(", ")")):
            text = f"-module(m).\n-export([main/0]).\nmain() -> {opening * 100_000}1{closing * 100_000}.\n"
            self.refused(self.run_text(text), r"m\.mod:3:\d+: error: ")

    def test_the_module_is_not_named_like_its_file(self):
        self.refused(self.run_text("-module(other).\n-export([main/0]).\nmain() -> ok.\n"),
                     r"m\.mod:1:2: error: .*other.*does not match.*m\b")

    def test_no_entry_function(self):
        self.refused(self.run_text("-module(m).\n-export([f/0]).\nf() -> ok.\n"), r"main/1, main/0 or start/0|no entry")
        self.refused(hotjit("run", "--entry", "nope", EXAMPLES / "test.mod"), r"nope")

    def test_an_export_of_nothing(self):
        self.refused(self.run_text("-module(m).\n-export([main/0, f/1]).\nmain() -> ok.\n"),
                     r"m\.mod:2:\d+: error: function f/1 undefined")

    def test_syntax_errors_in_the_first_and_the_last_character(self):
        self.refused(self.run_text(")-module(m).\n-export([main/0]).\nmain() -> ok.\n"), r"m\.mod:1:1: error: syntax error before")
        self.refused(self.run_text("-module(m).\n-export([main/0]).\nmain() -> ok"), r"m\.mod:3:\d+: error: ")
        self.refused(self.run_text("-module(m).\n-export([main/0]).\nmain() -> \"ok"), r"m\.mod:3:\d+: error: ")

    def test_several_errors_are_reported_in_one_run(self):
        text = self.refused(self.run_text("-module(m).\n-export([a/0, b/0]).\na() -> X.\nb() -> nope().\nc( -> 1.\nd() -> {1,.\n"))
        self.assertEqual(text.count(" error: "), 4, text)

    def test_out_of_range_arities(self):
        names = ", ".join(f"A{i}" for i in range(256))
        self.refused(self.run_text(f"-module(m).\n-export([main/0]).\nmain() -> f({names.replace('A', '')}).\nf({names}) -> ok.\n"),
                     r"m\.mod:\d+:\d+: error: .*argument")
        result = self.run_text("-module(m).\n-export([main/0]).\nmain() -> f(" + ",".join(str(i) for i in range(255)) + ").\nf(" +
                               ",".join(f"A{i}" for i in range(255)) + ") -> io:format(\"~w~n\", [A0 + A254]).\n")
        self.assertEqual((result.returncode, result.stdout), (0, b"254\n"), result.stderr)

    def test_what_the_next_issue_adds_is_refused_with_its_place(self):
        self.refused(self.run_text("-module(m).\n-export([main/0]).\nmain() -> #{a => 1}.\n"), r"m\.mod:3:11: error: .*map")
        self.refused(self.run_text("-module(m).\n-export([main/0]).\nmain() -> <<1>>.\n"), r"m\.mod:3:11: error: .*bit")

    def test_an_entry_that_crashes_ends_with_status_1(self):
        result = self.run_text("-module(m).\n-export([main/0]).\nmain() -> io:format(\"before~n\"), error(boom).\n")
        self.assertEqual((result.returncode, result.stdout), (1, b"before\n"))
        self.assertRegex(result.stderr.decode(), r"boom")
        self.assertRegex(result.stderr.decode(), r"m\.mod.*3")

    def test_a_crash_in_a_spawned_process_is_told_and_changes_no_status(self):
        result = self.run_text("-module(m).\n-export([main/0]).\nmain() -> spawn(fun() -> 1 = id(2) end), timer:sleep(50), ok.\n"
                               "id(X) -> X.\n")
        self.assertEqual((result.returncode, result.stdout), (0, b""))
        self.assertRegex(result.stderr.decode(), r"Error in process <0\.\d+\.0>")
        self.assertRegex(result.stderr.decode(), r"\{badmatch,2\}")

    def test_usage(self):
        self.refused(hotjit("frobnicate"), r"hotjit: ")
        self.refused(hotjit("run"), r"FILE")
        self.refused(hotjit("run", "--bogus", "x"), r"bogus")
        self.refused(hotjit("emit", "--phase", "soup", EXAMPLES / "test.mod"), r"phase|soup")
        for arguments in (["help"], ["--help"], ["version"]):
            result = hotjit(*arguments)
            self.assertEqual(result.returncode, 0)
            self.assertRegex(result.stdout.decode(), r"hotjit")

    def test_interrupt_ends_with_130(self):
        with Session(["run", EXAMPLES / "test.mod"]) as session:
            session.expect_out("this is old code")
            self.assertEqual(session.interrupt(), 130)

    def test_the_program_has_its_words_and_stdout_to_itself(self):
        result = self.run_text("-module(m).\n-export([main/1]).\nmain(A) -> io:format(\"~p~n\", [A]).\n", "--watch", "-pa", "ü", "--")
        self.assertEqual((result.returncode, result.stdout.decode()), (0, '["--watch","-pa",[252],"--"]\n'.replace("[252]", '"ü"')))
        self.assertEqual(result.stderr, b"")

    def test_json_diagnostics_are_objects_a_line(self):
        path = self.file("m.mod", "-module(m).\n-export([f/0]).\nf() -> X.\n")
        result = hotjit("check", "--json", path)
        self.assertEqual(result.returncode, 2)
        objects = [json.loads(line) for line in result.stdout.splitlines()]
        self.assertEqual([(o["line"], o["column"], o["severity"]) for o in objects], [(3, 8, "error")])
        self.assertIn("rendered", objects[0])

    def test_two_json_diagnostics_stand_on_two_lines(self):
        path = self.file("m.mod", "-module(m).\n-export([f/0, g/0]).\n")
        lines = hotjit("check", "--json", path).stdout.decode().splitlines()
        self.assertEqual(len([json.loads(line) for line in lines]), 2)

    def test_a_parse_transform_is_not_ignored(self):
        self.refused(self.run_text("-module(m).\n-compile({parse_transform, foo}).\n-export([main/0]).\nmain() -> ok.\n"),
                     r"m\.mod:2:2: error: undefined parse transform 'foo'")

    def test_library_modules_are_not_replaced_by_files_beside_the_program(self):
        self.file("lists.mod", "-module(lists).\n-export([mine/0]).\nmine() -> ok.\n")
        result = self.run_text("-module(m).\n-export([main/0]).\nmain() -> io:format(\"~w~n\", [lists:seq(1, 3)]).\n")
        self.assertEqual((result.returncode, result.stdout), (0, b"[1,2,3]\n"), result.stderr)

    def test_closed_standard_descriptors_end_nothing(self):
        path = self.file("m.mod", "-module(m).\n-export([main/0]).\nmain() -> io:format(\"hi~n\").\n")
        for closed in ("<&-", ">&-", "2>&-"):
            result = subprocess.run(["sh", "-c", f'"$0" run --watch "$1" {closed}', HOTJIT, str(path)], capture_output=True,
                                    timeout=PATIENCE)
            self.assertEqual(result.returncode, 0, closed)

    def test_interrupt_before_the_program_begins_ends_with_130(self):
        functions = "".join(f"f{i}(X) -> f{i + 1}(X + {i}).\n" for i in range(4000))
        path = self.file("m.mod", f"-module(m).\n-export([main/0]).\nmain() -> f0(0), io:format(\"ran~n\").\n{functions}f4000(X) -> X.\n")
        environment = {**os.environ, "HOTJIT_CACHE_DIR": str(self.directory / "cache")}
        process = subprocess.Popen([HOTJIT, "run", str(path)], stdout=subprocess.PIPE, env=environment)
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=PATIENCE)
        self.assertEqual((process.returncode, out), (130, b""))

    def test_no_colour_in_a_pipe(self):
        path = self.file("m.mod", "-module(m).\n-export([f/0]).\nf() -> X.\n")
        self.assertNotIn(b"\x1b", hotjit("check", path).stderr)

    def test_emit_prints_each_phase(self):
        for phase, pattern in (("tokens", r"atom"), ("ast", r"Function"), ("core", r"start"), ("ir", r"define"), ("asm", r"jmp")):
            result = hotjit("emit", "--phase", phase, EXAMPLES / "test.mod")
            self.assertEqual(result.returncode, 0, result.stderr)
            self.assertRegex(result.stdout.decode(), pattern)


if __name__ == "__main__":
    unittest.main()
