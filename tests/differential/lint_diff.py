#!/usr/bin/env python3
"""Compares what the frontend says about Erlang files with what OTP's erlc says.

  lint_diff.py LINT_CHECK DIR             compare with the recorded answers, DIR/NAME.expected
  lint_diff.py LINT_CHECK DIR --record    ask erlc again and record (needs escript)
  lint_diff.py LINT_CHECK --sources [APP...]   OTP's own sources: no errors, and erlc's warnings (needs OTP's sources)

Differences that are known and wanted stand in DIR/differences.txt with their reasons; anything else fails, and so does
a known difference that is gone.
"""
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ORACLE = os.path.join(HERE, "lint_oracle.escript")
OTP_APPS = ["stdlib", "kernel", "compiler", "syntax_tools", "parsetools"]


def by_file(output):
    """The lines of each "### FILE" section."""
    sections, lines = {}, None
    for line in output.splitlines():
        if line.startswith("### "):
            lines = sections.setdefault(line[4:], [])
        elif lines is not None:
            lines.append(line)
    return sections


def run(command):
    result = subprocess.run(command, capture_output=True, text=True)
    if result.returncode != 0:
        print(result.stdout[-2000:], result.stderr[-2000:], f"exit status {result.returncode}", sep="\n")
        sys.exit(f"failed: {' '.join(command[:3])} ...")
    return result.stdout


def known_differences(directory):
    """{name: {"-line" or "+line"}}: what only erlc (-) or only the frontend (+) says."""
    known = {}
    path = os.path.join(directory, "differences.txt")
    if not os.path.exists(path):
        return known
    name = None
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if not line or line.startswith("#"):
            continue
        if line[0] in "+-":
            known[name].add(line)
        else:
            name = line.split(":")[0]
            known.setdefault(name, set())
    return known


def compare(checker, directory, record):
    names = sorted(f[:-4] for f in os.listdir(directory) if f.endswith(".erl"))
    files = [os.path.join(directory, name + ".erl") for name in names]
    if record:
        answers = by_file(run(["escript", ORACLE] + files))
        for name, file in zip(names, files):
            with open(os.path.join(directory, name + ".expected"), "w", encoding="utf-8") as out:
                out.write("".join(line + "\n" for line in answers[file]))
    ours = by_file(run([checker] + files))
    known = known_differences(directory)
    failures = 0
    for name, file in zip(names, files):
        expected = set(open(os.path.join(directory, name + ".expected"), encoding="utf-8").read().splitlines())
        got = set(ours.get(file, ["no answer"]))
        difference = {"-" + line for line in expected - got} | {"+" + line for line in got - expected}
        unexpected = difference - known.get(name, set())
        gone = known.get(name, set()) - difference
        if unexpected or gone:
            failures += 1
            print(name)
            for line in sorted(unexpected, key=lambda l: (l[1:], l[0])):
                print("  " + line)
            for line in sorted(gone):
                print("  no longer different: " + line)
    print(f"{len(names)} files, {failures} differ from erlc")
    return failures == 0


def otp_sources(apps):
    root = subprocess.run(["erl", "-noshell", "-eval", 'io:format("~s",[code:lib_dir()]),halt().'],
                          capture_output=True, text=True, check=True).stdout
    directories = {re.sub(r"-[0-9.]+$", "", d): os.path.join(root, d) for d in sorted(os.listdir(root))}
    failures = 0
    for app in apps:
        source = os.path.join(directories[app], "src")
        files = sorted(os.path.join(source, f) for f in os.listdir(source) if f.endswith(".erl"))
        libs = [part for name, path in directories.items() for part in ("--lib", f"{name}={path}")]
        includes = ["-D", 'COMPILER_VSN="0"', "-I", source]
        for other in [app, "kernel", "stdlib"]:
            includes += ["-I", os.path.join(directories[other], "include")]
        ours = by_file(run([checker_path(), "--time"] + includes + libs + files))
        theirs = by_file(run(["escript", ORACLE] + includes + files))
        slowest = (0.0, "")
        total = 0.0
        for file in files:
            lines = ours.get(file, ["no answer"])
            times = [float(line.split()[1]) for line in lines if line.startswith("time: ")]
            total += sum(times)
            slowest = max(slowest, (sum(times), os.path.basename(file)))
            got = {line for line in lines if not line.startswith("time: ")}
            expected = set(theirs.get(file, []))
            for line in sorted(expected ^ got):
                failures += 1
                print(f"  {os.path.basename(file)} {'+' if line in got else '-'}{line}")
        print(f"{app}: {len(files)} files, {total:.0f} ms, slowest {slowest[1]} {slowest[0]:.0f} ms")
    return failures == 0


def checker_path():
    return sys.argv[1]


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    if sys.argv[2] == "--sources":
        ok = otp_sources(sys.argv[3:] or OTP_APPS)
    else:
        ok = compare(checker_path(), sys.argv[2], "--record" in sys.argv)
    sys.exit(0 if ok else 1)


if __name__ == "__main__":
    main()
