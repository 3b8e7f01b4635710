#!/usr/bin/env python3
"""A real bank's ledger through the whole product, on one back end.

    real_ledger_test.py GUANHU ENGINE        ENGINE: embedded | postgres (needs GUANHU_TEST_POSTGRES)

The ledger is turned into the daily feed and the monthly GB18030 feed; three banks take it in order, in
shuffled order (one call a date) and by month. All three must give the same figures and scores, and these
must equal brute_force.py to the last digit, for a quarter, a year and a month.
"""
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from decimal import Decimal

HERE = os.path.dirname(os.path.abspath(__file__))
SHARED = os.path.join(HERE, "..", "..", "..", "shared")
PERIODS = ["2021Q4", "2021", "2022-02"]


class Bank:
    count = 0

    def __init__(self, guanhu, folder, engine):
        self.guanhu, self.folder = guanhu, folder
        extra = []
        if engine == "postgres":
            Bank.count += 1
            name = f"real_{os.getpid()}_{Bank.count}"
            dsn = os.environ["GUANHU_TEST_POSTGRES"]
            subprocess.run(["psql", "-q", dsn, "-c", f"CREATE DATABASE {name}"], check=True)
            extra = ["--store", dsn.replace("/postgres?", f"/{name}?")]
        self.run("init", *extra)

    def run(self, command, *arguments, expect=0):
        full = [self.guanhu, command, "--data", self.folder, *arguments]
        done = subprocess.run(full, capture_output=True, text=True)
        if done.returncode != expect:
            sys.exit(f"{' '.join(full)}\nended with {done.returncode}, expected {expect}\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}")
        return done.stdout

    def appraise(self, period):
        return json.loads(self.run("appraise", "--scheme", "sample/经营业绩", "--period", period, "--json",
                                   "--policies", os.path.join(HERE, "..", "..", "policies")), parse_float=Decimal)


def flat(run):
    out = {}
    for holder in run["holders"]:
        cells = {name: cell["value"] for name, cell in holder["figures"].items()}
        cells.update(holder["scores"])
        out[holder["id"]] = {k: None if v is None else Decimal(v) for k, v in cells.items()}
    return out


def differences(ours, truth):
    """Every cell that brute force knows, compared exactly."""
    bad = []
    if set(ours) != set(truth):
        bad.append(f"holders differ: {sorted(set(ours) ^ set(truth))[:10]}")
    for holder in sorted(set(ours) & set(truth)):
        for name, text in truth[holder].items():
            want = None if text is None else Decimal(text)
            if name not in ours[holder]:
                bad.append(f"{holder} has no {name}")
            elif ours[holder][name] != want:
                bad.append(f"{holder} {name}: {ours[holder][name]}, brute force {want}")
    return bad


def main():
    guanhu, engine = os.path.abspath(sys.argv[1]), sys.argv[2]
    tool = os.path.join(SHARED, "tools", "berka_to_feed.py")
    if not os.path.exists(tool):
        print(f"SKIPPED: the real ledger is not there ({tool})")
        return 77
    if engine == "postgres" and not os.environ.get("GUANHU_TEST_POSTGRES"):
        print("SKIPPED: GUANHU_TEST_POSTGRES names no server; ./dev test starts one")
        return 77
    work = tempfile.mkdtemp(prefix="guanhu-real-")
    try:
        return check(guanhu, engine, tool, work)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def timed(what, action):
    start = time.monotonic()
    action()
    print(f"{what}: {time.monotonic() - start:.1f} s", flush=True)


def check(guanhu, engine, tool, work):
    daily, monthly = os.path.join(work, "daily"), os.path.join(work, "monthly")
    subprocess.run([sys.executable, tool, daily], check=True, capture_output=True)
    subprocess.run([sys.executable, tool, monthly, "--monthly", "--encoding", "GB18030"], check=True, capture_output=True)
    truth = json.loads(subprocess.run([sys.executable, os.path.join(HERE, "brute_force.py"), daily, *PERIODS],
                                      check=True, capture_output=True, text=True).stdout)

    banks = {name: Bank(guanhu, os.path.join(work, name), engine) for name in ("ordered", "shuffled", "bymonth")}
    timed("454 dates in order", lambda: banks["ordered"].run("import", daily))
    timed("15 months in GB18030", lambda: banks["bymonth"].run("import", monthly))
    dates = sorted(os.listdir(daily))
    random.Random(20211231).shuffle(dates)
    # The first and last forty one call each, so that every state between is seen; the rest together.
    singles, middle = dates[:40] + dates[-40:], dates[40:-40]
    for date in singles[:40]:
        banks["shuffled"].run("import", os.path.join(daily, date))
    timed("374 shuffled dates in one call", lambda: banks["shuffled"].run("import", *[os.path.join(daily, d) for d in middle]))
    for date in singles[40:]:
        banks["shuffled"].run("import", os.path.join(daily, date))

    failed = 0
    for period in PERIODS:
        hashes = set()
        for name, bank in banks.items():
            run = bank.appraise(period)
            hashes.add(run["run_hash"])
            bad = differences(flat(run), truth[period])
            failed += bool(bad)
            print(f"{period} {name}: {len(run['holders'])} holders, {len(bad)} differences from brute force")
            print("".join(f"  {line}\n" for line in bad[:10]), end="", flush=True)
        if len(hashes) != 1:
            failed += 1
            print(f"{period}: the run hashes differ: {sorted(hashes)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
