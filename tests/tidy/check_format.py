"""clang-format decides the layout of C++."""

import re
import shutil
import subprocess

from repo import Finding


def layout(repo):
    files = repo.cpp("src/", "tests/", "bench/")
    program = shutil.which("clang-format-14") or shutil.which("clang-format")
    if not files:
        return
    if not program:
        yield Finding(".clang-format", 1, "clang-format is not installed", "the layout cannot be checked", "./dev setup")
        return
    out = subprocess.run([program, "--dry-run", *files], cwd=repo.root, capture_output=True, text=True).stderr
    seen = set()
    for m in re.finditer(r"^(\S+?):(\d+):\d+: (?:warning|error): (.*)$", out, re.M):
        if m.group(1) not in seen:  # one finding a file: one command mends them all
            seen.add(m.group(1))
            yield Finding(m.group(1), int(m.group(2)), "not laid out by clang-format",
                          "nobody argues about blanks, and differences show only what changed",
                          f"./dev lint --format, or clang-format -i {m.group(1)}")
