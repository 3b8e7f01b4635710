#!/usr/bin/env python3
"""The real ledger: its 454 daily dates and its 15 monthly ones, each imported in one call.

    ledger.py GUANHU
"""
import os
import subprocess
import sys
import tempfile
import time

TOOL = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "shared", "tools", "berka_to_feed.py")


def main():
    guanhu = os.path.abspath(sys.argv[1])
    if not os.path.exists(TOOL):
        print(f"skipped: the real ledger is not there ({TOOL})")
        return
    with tempfile.TemporaryDirectory(prefix="guanhu-ledger-") as work:
        for name, extra, target in (("454 daily dates", [], 60), ("15 monthly dates, GB18030", ["--monthly", "--encoding", "GB18030"], 10)):
            feed, data = os.path.join(work, name, "feed"), os.path.join(work, name, "bank")
            subprocess.run([sys.executable, TOOL, feed, *extra], check=True, capture_output=True)
            subprocess.run([guanhu, "init", "--data", data], check=True, capture_output=True)
            start = time.monotonic()
            subprocess.run([guanhu, "import", "--data", data, feed], check=True, capture_output=True)
            print(f"{name}: {time.monotonic() - start:.1f} s; target under {target} s", flush=True)


if __name__ == "__main__":
    main()
