#!/usr/bin/env python3
"""Runs every program of a directory on hotjit and on Erlang/OTP and compares what they print, byte for byte.

    run_programs.py HOTJIT DIRECTORY [--mode FLAG]... [--only NAME] [--jobs N]

A program is a module NAME.erl with main/0. Its first lines may hold directives:
    %% args: a b c          run with these arguments (main/1)
    %% status: 1            the exit status hotjit must end with (default 0)
    %% expect: text         no OTP comparison: a line of expected output each (for what OTP 25 has not)
stdout must be equal; stderr is hotjit's own affair. Without an `erl` the programs still run and must end with their status.
Prints a line for each failure with the first difference, and `N passed, N failed, N skipped` at the end.
"""
import argparse
import concurrent.futures
import hashlib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

TIMEOUT = 120


def directives(path):
    result = {"args": [], "status": 0, "expect": None}
    for line in path.read_text(errors="replace").splitlines():
        if not line.startswith("%%"):
            break
        key, _, value = line[2:].strip().partition(":")
        value = value.strip()
        if key == "args":
            result["args"] = value.split()
        elif key == "status":
            result["status"] = int(value)
        elif key == "expect":
            result["expect"] = (result["expect"] or "") + value + "\n"
    return result


def otp_output(path, info, cache):
    """What OTP prints, from the cache when this very text has run before."""
    key = hashlib.sha256(path.read_bytes() + repr((str(path), info["args"])).encode()).hexdigest()
    cached = cache / key
    if cached.exists():
        return cached.read_bytes()
    with tempfile.TemporaryDirectory() as work:
        compiled = subprocess.run(["erlc", "-o", work, "+nowarn_export_all", str(path)], capture_output=True, timeout=TIMEOUT)
        if compiled.returncode != 0:
            raise RuntimeError("erlc: " + compiled.stdout.decode(errors="replace"))
        module = path.stem
        # A process of its own, as hotjit's entry is one: nothing else stands below it in stack traces.
        spawned = f"spawn_monitor({module}, main, [{erlang_strings(info['args']) if info['args'] else ''}])"
        # The logger writes to stdout by default; there it would mix with what the program prints.
        quiet = ["-kernel", "logger_level", "none"]
        run = subprocess.run(["erl", "+S", "2", "-noshell", "-noinput", *quiet, "-pa", work, "-eval",
                              f"catch io:setopts([{{encoding,unicode}}]), {{_, R}} = {spawned}, receive {{'DOWN', R, _, _, _}} -> init:stop() end."],
                             capture_output=True, timeout=TIMEOUT)
    temporary = cache / (key + f".{os.getpid()}.{path.stem}")
    temporary.write_bytes(run.stdout)
    temporary.rename(cached)
    return run.stdout


def erlang_strings(words):
    return "[" + ",".join('"' + w.replace("\\", "\\\\").replace('"', '\\"') + '"' for w in words) + "]"


def first_difference(ours, theirs):
    a, b = ours.splitlines(), theirs.splitlines()
    for number, (left, right) in enumerate(zip(a, b), 1):
        if left != right:
            return f"line {number}:\n      hotjit   {left!r}\n      expected {right!r}"
    return f"hotjit printed {len(a)} lines, expected {len(b)}; the shorter is a prefix\n      next: {(a + b)[min(len(a), len(b)):][:1]!r}"


def run_one(path, options, cache, have_otp):
    info = directives(path)
    command = [options.hotjit, "run", *options.mode, str(path), *info["args"]]
    try:
        ours = subprocess.run(command, capture_output=True, timeout=TIMEOUT, stdin=subprocess.DEVNULL)
    except subprocess.TimeoutExpired:
        return "failed", f"did not end within {TIMEOUT} s"
    if ours.returncode != info["status"]:
        return "failed", f"exit status {ours.returncode}, expected {info['status']}\n      " + \
            ours.stderr.decode(errors="replace")[-1500:].replace("\n", "\n      ")
    if info["expect"] is not None:
        expected = info["expect"].encode()
    elif have_otp:
        expected = otp_output(path, info, cache)
    else:
        return "skipped", "no erl here to compare with"
    if ours.stdout != expected:
        return "failed", first_difference(ours.stdout, expected)
    return "passed", ""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("hotjit")
    parser.add_argument("directory", type=pathlib.Path)
    parser.add_argument("--mode", action="append", default=[], help="a flag for hotjit run, e.g. --mode=--tier=0")
    parser.add_argument("--only", default="")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--cache", type=pathlib.Path, default=pathlib.Path(tempfile.gettempdir()) / f"hotjit-oracle-{os.getuid()}")
    options = parser.parse_args()
    options.cache.mkdir(parents=True, exist_ok=True)
    have_otp = shutil.which("erl") is not None
    programs = sorted(p for p in options.directory.rglob("*.erl") if options.only in p.name)
    if not programs:
        sys.exit(f"no programs in {options.directory}")
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        results = pool.map(lambda p: (p, *run_one(p, options, options.cache, have_otp)), programs)
        for path, verdict, why in results:
            counts[verdict] += 1
            if verdict == "failed":
                print(f"FAILED {path.relative_to(options.directory)}: {why}", flush=True)
    if counts["skipped"]:
        print("skipped: no erl is installed to compare with")
    print(f"{counts['passed']} passed, {counts['failed']} failed, {counts['skipped']} skipped")
    sys.exit(1 if counts["failed"] else 0)


if __name__ == "__main__":
    main()
