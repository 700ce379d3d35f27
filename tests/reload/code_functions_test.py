#!/usr/bin/env python3
"""code:, compile: and erlang:check_*: what they answer and whom they kill must be what OTP's answer and kill.

    code_functions_test.py       HOTJIT names the binary (default build/hotjit); without an `erl` it is skipped (status 77)
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
HOTJIT = os.environ.get("HOTJIT", str(HERE.parent.parent / "build" / "hotjit"))
TIMEOUT = 60 * float(os.environ.get("HOTJIT_TEST_PATIENCE", "1"))

MODULE = """-module(m).
-export([v/0, loop/1, stay/1, run/0, f/0]).
-vsn("{0}").
v() -> {0}.
f() -> fun() -> v() end.
run() -> local() + 100.
local() -> {0}.
loop(Parent) -> receive {{v, From}} -> From ! {{self(), {0}}}, m:loop(Parent); stop -> ok end.
stay(Parent) -> receive {{v, From}} -> From ! {{self(), {0}}}, stay(Parent); stop -> ok end.
"""
RUN_ON_OTP = "{P, R} = spawn_monitor(driver, main, []), receive {'DOWN', R, process, P, _} -> init:stop() end."


def write_files(work):
    for version in "123":
        (work / f"v{version}").mkdir()
        (work / f"v{version}" / "m.erl").write_text(MODULE.format(version))
    (work / "bad").mkdir()
    (work / "bad" / "m.erl").write_text("-module(m). -export([v/0]). v() -> .")
    (work / "bad" / "other.erl").write_text("-module(other). -export([v/0]). v() -> 9.")
    shutil.copy(HERE / "code_functions.erl", work / "driver.erl")


def main():
    if shutil.which("erl") is None:
        print("skipped: no erl to compare with")
        return 77
    with tempfile.TemporaryDirectory() as work:
        work = pathlib.Path(work)
        write_files(work)
        ours = subprocess.run([HOTJIT, "run", "driver.erl"], cwd=work, capture_output=True, text=True, timeout=TIMEOUT)
        subprocess.run(["erlc", "driver.erl"], cwd=work, check=True, timeout=TIMEOUT)
        otp = subprocess.run(["erl", "-noshell", "-noinput", "-kernel", "logger_level", "none", "-eval", RUN_ON_OTP],
                             cwd=work, capture_output=True, text=True, timeout=TIMEOUT)
    mine, theirs = ours.stdout.splitlines(), otp.stdout.splitlines()
    different = [(a, b) for a, b in zip(mine, theirs) if a != b]
    for a, b in different:
        print(f"hotjit  {a}\nOTP     {b}")
    if ours.returncode != 0 or different or len(mine) != len(theirs) or not theirs:
        print(f"FAILED: {len(different)} lines differ; {len(mine)} against {len(theirs)} lines; status {ours.returncode}\n{ours.stderr}")
        return 1
    print(f"OK: {len(theirs)} answers as OTP's")
    return 0


if __name__ == "__main__":
    sys.exit(main())
