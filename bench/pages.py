#!/usr/bin/env python3
"""What 我的业绩 asks for, at 64 connections, beside the same server answering a constant 2 KB JSON, in turns; the same
while dates are imported; and 5,000 managers logged in with open event streams.

    pages.py GUANHU [SECONDS] [STREAMS]
"""
import asyncio
import csv
import hashlib
import json
import os
import re
import resource
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
SCHEME, PERIOD = "sample/经营业绩", "2025Q4"
ASKED = urllib.parse.urlencode({"scheme": SCHEME, "period": PERIOD})


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(command)} ended with {done.returncode}\n{done.stdout[-1000:]}{done.stderr[-2000:]}")
    return done.stdout


def make_bank(guanhu, work):
    feed, data = os.path.join(work, "feed"), os.path.join(work, "bank")
    run(guanhu, "sample", "--out", feed, "--customers", "20000", "--managers", "200", "--from", "2025-10-01", "--to",
        "2025-12-31")
    dates = sorted(d for d in os.listdir(feed) if d[:1] == "2")
    run(guanhu, "init", "--data", data)
    run(guanhu, "import", "--data", data, *[os.path.join(feed, d) for d in dates[:-30]])
    return feed, data, dates


def stay(feed, dates):
    """Managers on every date: who leaves or moves loses his own sheet, rightly."""
    managers, gone = set(), set()
    for date in dates:
        path = os.path.join(feed, date, "staff.csv")
        if not os.path.exists(path):
            continue
        with open(path, encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                (managers if row["position"] == "manager" and not row.get("left_on") else gone).add(row["staff_id"])
    return sorted(managers - gone)


def log_in(guanhu, data, holders, streams):
    """Sessions as a login leaves them, without 5,000 password hashes: they are what a night of hashing would be."""
    run(guanhu, "user", "add", "--data", data, "--staff", holders[0], "--role", "manager")
    now, tokens = int(time.time() * 1e6), {}
    with sqlite3.connect(os.path.join(data, "guanhu.db")) as db:
        password = db.execute("SELECT password FROM logins").fetchone()[0]
        for i in range(streams):
            login, holder, token = f"bench-{i}", holders[i % len(holders)], hashlib.sha256(f"{i}".encode()).hexdigest()
            db.execute("INSERT INTO logins VALUES (?, ?, ?, 0, 0, ?)", (login, holder, password, now))
            db.execute("INSERT INTO login_roles VALUES (?, 'manager')", (login,))
            db.execute("INSERT INTO sessions VALUES (?, ?, ?, ?, ?)",
                       (hashlib.sha256(token.encode()).hexdigest(), login, "0" * 32, now, now))
            tokens[token] = holder
    db.close()
    return tokens


class Server:
    def __init__(self, guanhu, work, data, feed):
        web = os.path.join(work, "web")
        os.makedirs(web, exist_ok=True)
        with open(os.path.join(web, "index.html"), "w", encoding="utf-8") as file:
            file.write("<!doctype html>")
        row = '{"id":"6222000000000000","name":"indicator","value":"12345678.90"}'
        with open(os.path.join(web, "constant.json"), "w", encoding="utf-8") as file:
            file.write('{"rows":[' + ",".join([row] * 30) + "]}")
        self.process = subprocess.Popen([guanhu, "serve", "--data", data, "--listen", "127.0.0.1:0", "--web", web, "--feed",
                                         feed, "--log", os.path.join(work, "log")], stdout=subprocess.PIPE, text=True)
        self.url = self.process.stdout.readline().split()[0]
        self.port = int(self.url.rsplit(":", 1)[1])

    def get(self, path, token):
        request = urllib.request.Request(self.url + path, headers={"cookie": "guanhu=" + token})
        with urllib.request.urlopen(request, timeout=120) as answer:
            return answer.read()

    def memory(self, which="VmRSS"):
        with open(f"/proc/{self.process.pid}/status", encoding="utf-8") as file:
            return int(re.search(which + r":\s+(\d+)", file.read()).group(1)) / 1024

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=60)
        self.process.stdout.close()


def wrk(url, seconds, *script):
    *script, arguments = script or [[]]
    out = run("wrk", "-t2", "-c64", f"-d{seconds}s", "--latency", *script, url, *arguments)
    if "Non-2xx" in out or "Socket errors" in out:
        sys.exit("not every request was answered (the log says which):\n" + out)
    p99, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", out).groups()
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", out).group(1))
    return rate, float(p99) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


def requests_of(work, tokens, most=400):
    path = os.path.join(work, "requests")
    with open(path, "w", encoding="utf-8") as file:
        for token, holder in list(tokens.items())[:most]:
            for what in (f"/api/v1/scores/{holder}?{ASKED}", f"/api/v1/scores/{holder}/trend?{ASKED}&count=8"):
                file.write(f"{what}\t{token}\n")
    return path


def pages(server, work, tokens, seconds):
    requests = requests_of(work, tokens)
    script = ("-s", os.path.join(HERE, "pages.lua"), ["--", requests])
    for token, holder in list(tokens.items())[:400]:
        body = json.loads(server.get(f"/api/v1/scores/{holder}?{ASKED}", token))
        server.get(f"/api/v1/scores/{holder}/trend?{ASKED}&count=8", token)
    assert body["holder"]["id"] == holder
    constant, asked = [], []
    for _ in range(3):
        constant.append(wrk(server.url + "/constant.json", seconds))
        asked.append(wrk(server.url, seconds, *script))
    base, rate = statistics.median(r for r, _ in constant), statistics.median(r for r, _ in asked)
    print(f"constant 2 KB JSON: {base:,.0f}/s, p99 {statistics.median(p for _, p in constant):.1f} ms")
    print(f"我的业绩 (sheet and trend in turn): {rate:,.0f}/s = {100 * rate / base:.0f} % (target 30 %), "
          f"p99 {statistics.median(p for _, p in asked):.1f} ms (target 25 ms)", flush=True)
    return script


def during_import(guanhu, server, data, feed, dates, seconds, script):
    importing = subprocess.Popen([guanhu, "import", "--data", data, *[os.path.join(feed, d) for d in dates]],
                                 stdout=subprocess.DEVNULL)
    rates, rounds = [], 0
    while importing.poll() is None and rounds < 20:
        rates.append(wrk(server.url, seconds, *script))
        rounds += 1
    importing.wait()
    print(f"while {len(dates)} dates are imported: {statistics.median(r for r, _ in rates):,.0f}/s, p99 "
          f"{statistics.median(p for _, p in rates):.1f} ms, worst of {len(rates)} rounds {max(p for _, p in rates):.1f} ms "
          "(target 25 ms)", flush=True)


async def listen(server, token, opened, heard):
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    writer.write(f"GET /api/v1/events HTTP/1.1\r\nhost: x\r\ncookie: guanhu={token}\r\n\r\n".encode())
    await reader.readuntil(b"\r\n\r\n")
    opened.append(token)
    try:
        await reader.readuntil(b"event: overview")
        heard.append(token)
    finally:
        writer.close()


async def streams(guanhu, server, data, feed, date, tokens):
    before, opened, heard = server.memory(), [], []
    tasks = []
    for token in tokens:
        tasks.append(asyncio.create_task(listen(server, token, opened, heard)))
        if len(tasks) % 200 == 0:
            while len(opened) < len(tasks):
                await asyncio.sleep(0.01)
    while len(opened) < len(tokens):
        await asyncio.sleep(0.05)
    with_all = server.memory()
    start = time.monotonic()
    importing = await asyncio.create_subprocess_exec(guanhu, "import", "--data", data, os.path.join(feed, date),
                                                     stdout=subprocess.DEVNULL)
    await asyncio.gather(*tasks)
    await importing.wait()
    print(f"{len(opened):,} open event streams: {with_all:,.0f} MiB in all ({before:,.0f} MiB before), most "
          f"{server.memory('VmHWM'):,.0f} MiB (target 1,024 MiB); all {len(heard):,} heard of an import within "
          f"{time.monotonic() - start:.1f} s of its start", flush=True)


def main():
    guanhu = os.path.abspath(sys.argv[1])
    seconds, many = int(sys.argv[2]) if len(sys.argv) > 2 else 5, int(sys.argv[3]) if len(sys.argv) > 3 else 5000
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    with tempfile.TemporaryDirectory(prefix="guanhu-pages-") as work:
        feed, data, dates = make_bank(guanhu, work)
        tokens = log_in(guanhu, data, stay(feed, dates), many)
        server = Server(guanhu, work, data, feed)
        try:
            script = pages(server, work, tokens, seconds)
            during_import(guanhu, server, data, feed, dates[-30:-1], seconds, script)
            asyncio.run(streams(guanhu, server, data, feed, dates[-1], tokens))
        finally:
            server.stop()


if __name__ == "__main__":
    main()
