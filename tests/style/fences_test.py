#!/usr/bin/env python3
"""The walls between the rooms, checked on the sources: who includes whom, LLVM only in jit/, no file too long to read."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
MAY_USE = {
    "base": {"base"},
    "frontend": {"base", "frontend"},
    "runtime": {"base", "runtime"},
    "jit": {"base", "frontend", "runtime", "jit"},
    "stdlib": {"base", "frontend", "runtime", "jit", "stdlib"},
    "cli": {"base", "frontend", "runtime", "jit", "stdlib", "cli"},
}
MOST_LINES = {".cpp": 900, ".h": 400, ".mod": 1500}
INCLUDE = re.compile(r'^\s*#\s*include\s+(["<])([^">]+)[">]', re.M)


def problems():
    for room, allowed in MAY_USE.items():
        for path in sorted((ROOT / room).rglob("*")):
            if path.suffix not in (".cpp", ".h", ".def", ".mod"):
                continue
            text = path.read_text()
            name = path.relative_to(ROOT)
            lines = text.count("\n")
            if lines > MOST_LINES.get(path.suffix, lines):
                yield f"{name}: {lines} lines; nobody reads that in one sitting"
            for kind, included in INCLUDE.findall(text):
                if kind == '"' and included.split("/")[0] not in allowed:
                    yield f"{name}: includes {included}, which {room}/ may not use"
                if included.startswith("llvm") and room != "jit":
                    yield f"{name}: includes {included}; LLVM is jit/'s"
            if path.suffix == ".h" and "#pragma once" not in text:
                yield f"{name}: no #pragma once"


def main():
    found = list(problems())
    print("\n".join(found))
    print(f"fences: {'broken' if found else 'whole'}")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
