"""Drives the real binary as a person does: start it, save an edit, read what it prints.

    with Session(["run", "--watch", file]) as hotjit:
        hotjit.expect_out("this is old code")
        save(file, new_text)
        hotjit.expect_err("ok")

HOTJIT names the binary (tests/CMakeLists.txt sets it).
"""
import os
import pathlib
import queue
import re
import shutil
import signal
import subprocess
import tempfile
import threading
import time
import unittest

HOTJIT = os.environ.get("HOTJIT", "build/hotjit")
ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
EXAMPLES = ROOT / "examples"
# Generous: the tests run under sanitizers and on loaded machines. No test passes because of how long something took.
PATIENCE = float(os.environ.get("HOTJIT_TEST_PATIENCE", "60"))


class Stream:
    """Lines of a pipe, collected by a thread."""

    def __init__(self, pipe):
        self.lines = []
        self.queue = queue.Queue()
        self.thread = threading.Thread(target=self._read, args=(pipe,), daemon=True)
        self.thread.start()

    def _read(self, pipe):
        with pipe:
            for raw in pipe:
                self.queue.put((time.monotonic(), raw.decode(errors="replace").rstrip("\n")))
        self.queue.put(None)

    def next(self, timeout):
        """The next line, or None at the end. Raises queue.Empty when there is none in time."""
        item = self.queue.get(timeout=timeout)
        if item is None:
            self.queue.put(None)
            return None
        self.lines.append(item[1])
        return item[1]


class Session:
    def __init__(self, arguments, cwd=None):
        self.process = subprocess.Popen([HOTJIT, *map(str, arguments)], cwd=cwd, stdin=subprocess.DEVNULL,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.out = Stream(self.process.stdout)
        self.err = Stream(self.process.stderr)

    def __enter__(self):
        return self

    def __exit__(self, failure, *_):
        ended_itself = self.process.poll() is not None
        if not ended_itself:
            self.process.kill()
        self.process.wait()
        self.out.thread.join()
        self.err.thread.join()
        # A failed check or a sanitizer's report (base/sanitizers.cpp) after all that was expected has come.
        if ended_itself and self.process.returncode < 0 and failure is None:
            told = "\n".join([*self.err.lines, *iter(lambda: self.err.next(1), None)])
            raise AssertionError(f"died of signal {-self.process.returncode}:\n{told}")

    def _expect(self, stream, pattern, timeout):
        deadline = time.monotonic() + timeout
        seen = []
        while True:
            try:
                line = stream.next(max(0.01, deadline - time.monotonic()))
            except queue.Empty:
                line = None
            if line is None:
                raise AssertionError(f"no line matching {pattern!r}; saw {seen[-20:]!r}\nstdout so far: {self.out.lines[-20:]!r}\n"
                                     f"stderr so far: {self.err.lines[-20:]!r}")
            if re.search(pattern, line):
                return line
            seen.append(line)

    def expect_out(self, pattern, timeout=PATIENCE):
        return self._expect(self.out, pattern, timeout)

    def expect_err(self, pattern, timeout=PATIENCE):
        return self._expect(self.err, pattern, timeout)

    def next_out(self, timeout=PATIENCE):
        return self.out.next(timeout)

    def drain_out(self):
        """All lines printed so far that nobody has read."""
        lines = []
        while True:
            try:
                line = self.out.next(0.001)
            except queue.Empty:
                return lines
            if line is None:
                return lines
            lines.append(line)

    def interrupt(self):
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)

    def wait(self):
        return self.process.wait(PATIENCE)

    def resident_kb(self):
        for line in pathlib.Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1])
        raise AssertionError("no VmRSS")


# -- how editors save

def save(path, text):
    """Truncates and writes."""
    with open(path, "w") as file:
        file.write(text)


def save_by_rename(path, text):
    temporary = f"{path}.tmp{os.getpid()}"
    with open(temporary, "w") as file:
        file.write(text)
    os.rename(temporary, path)


def save_with_backup(path, text):
    os.rename(path, f"{path}~")
    with open(path, "w") as file:
        file.write(text)


def save_in_pieces(path, text, pause=0.02):
    """Leaves the file empty, then half written, before it is whole."""
    with open(path, "w") as file:
        file.flush()
        time.sleep(pause)
        file.write(text[: len(text) // 2])
        file.flush()
        time.sleep(pause)
        file.write(text[len(text) // 2 :])


class ReloadTest(unittest.TestCase):
    """A fresh directory for each test."""

    def setUp(self):
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="hotjit-test-"))
        self.addCleanup(shutil.rmtree, self.directory, True)

    def file(self, name, text):
        path = self.directory / name
        path.write_text(text)
        return path

    def example(self, name):
        path = self.directory / name
        shutil.copyfile(EXAMPLES / name, path)
        return path
