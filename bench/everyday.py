#!/usr/bin/env python3
"""The everyday size: 100,000 customers, 200 managers. Whole processes, as the night batch and a user
start them: import of one date, appraisal with scores, explanation of a figure.

    everyday.py GUANHU [ROUNDS]
"""
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

SCHEME = ["--scheme", "sample/经营业绩", "--period", "2025Q4"]


def run(*command):
    start = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True)
    took = time.monotonic() - start
    if done.returncode:
        sys.exit(f"{' '.join(command)} ended with {done.returncode}\n{done.stdout[-1000:]}{done.stderr[-2000:]}")
    return took, done.stdout


def report(what, times, target):
    print(f"{what}: median {statistics.median(times):.2f} s (min {min(times):.2f}, max {max(times):.2f}); target {target}", flush=True)


def main():
    guanhu, rounds = os.path.abspath(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 5
    with tempfile.TemporaryDirectory(prefix="guanhu-everyday-") as work:
        feed, data = os.path.join(work, "feed"), os.path.join(work, "bank")
        took, _ = run(guanhu, "sample", "--out", feed, "--customers", "100000", "--managers", "200",
                      "--from", "2025-10-01", "--to", "2025-12-31")
        print(f"sample feed of 92 dates written: {took:.1f} s", flush=True)
        run(guanhu, "init", "--data", data)
        dates = sorted(d for d in os.listdir(feed) if d[:1] == "2")
        took, _ = run(guanhu, "import", "--data", data, os.path.join(feed, dates[0]))
        print(f"opening date (all accounts): {took:.1f} s", flush=True)
        cut = len(dates) - rounds
        took, _ = run(guanhu, "import", "--data", data, *[os.path.join(feed, d) for d in dates[1:cut]])
        print(f"{cut - 1} dates in one call: {took:.1f} s", flush=True)
        report("import of one date", [run(guanhu, "import", "--data", data, os.path.join(feed, d))[0] for d in dates[cut:]], "under 3 s")
        first, out = run(guanhu, "appraise", "--data", data, *SCHEME, "--json")
        print(f"first appraisal after the import (column files are made): {first:.2f} s", flush=True)
        report("appraisal with scores", [run(guanhu, "appraise", "--data", data, *SCHEME, "--json")[0] for _ in range(rounds)], "under 1 s")
        holder = json.loads(out)["holders"][7]["id"]
        for figure in ("存款日均余额", "贷款余额", "管户数", "收回利息", "组织资金得分", "总分"):
            ask = [guanhu, "explain", "--data", data, *SCHEME, "--holder", holder, "--figure", figure, "--json"]
            report(f"explain {figure}", [run(*ask)[0] for _ in range(rounds)], "under 0.2 s")
        back = [guanhu, "explain", "--data", data, *SCHEME, "--row", f"{dates[-1]}/balances.csv:2", "--json"]
        report("from a row to the figures it moved", [run(*back)[0] for _ in range(rounds)], "under 0.2 s")


if __name__ == "__main__":
    main()
