#!/usr/bin/env python3
"""Lists and long work on many customers: what /customers takes for the first page, for search, for filters, and what
a search for duplicates, categories for all and an import of 50,000 cards take as jobs.

    customers.py GUANHU [CUSTOMERS] [ROUNDS]
"""
import csv
import io
import json
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request

PASSWORD = "Bench-pass-2025"
ROWS = 50_000


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(command)} ended with {done.returncode}\n{done.stdout[-1000:]}{done.stderr[-2000:]}")
    return done.stdout


class Server:
    def __init__(self, guanhu, work, data, feed):
        web = os.path.join(work, "web")
        os.makedirs(web, exist_ok=True)
        with open(os.path.join(web, "index.html"), "w", encoding="utf-8") as file:
            file.write("<!doctype html>")
        self.process = subprocess.Popen([guanhu, "serve", "--data", data, "--listen", "127.0.0.1:0", "--web", web, "--feed",
                                         feed, "--log", os.path.join(work, "log")], stdout=subprocess.PIPE, text=True)
        self.url = self.process.stdout.readline().split()[0] + "/api/v1"

    def processor(self):
        with open(f"/proc/{self.process.pid}/stat", encoding="utf-8") as file:
            words = file.read().rsplit(")", 1)[1].split()
        return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=60)
        self.process.stdout.close()


class Visitor:
    def __init__(self, server, login, once):
        self.server, self.head = server, {}
        self.head["x-csrf-token"] = self.send("POST", "/session", {"login": login, "password": once})["csrf"]
        self.send("POST", "/session/password", {"old_password": once, "new_password": PASSWORD})

    def send(self, method, path, body=None, kind="application/json"):
        data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        head = {**self.head, **({"content-type": kind} if data is not None else {})}
        request = urllib.request.Request(self.server.url + path, method=method, headers=head, data=data)
        try:
            with urllib.request.urlopen(request, timeout=600) as answer:
                if cookie := answer.headers.get("set-cookie"):
                    self.head["cookie"] = cookie.split(";")[0]
                return json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as refused:
            sys.exit(f"{method} {path}: {refused.code} {refused.read().decode()[:600]}")

    def get(self, path):
        return self.send("GET", path)

    def job(self, path, body, kind="application/json"):
        """Waits for the job that answers; the job."""
        job = self.send("POST", path, body, kind)
        job = job.get("job") or job if isinstance(job, dict) else job
        while job["state"] in ("waiting", "running"):
            time.sleep(0.1)
            job = self.get(f"/jobs/{job['id']}")
        if job["state"] != "done":
            sys.exit(f"{path}: {job['state']} {job['message']} {job['error']}")
        return job


def make_bank(guanhu, work, customers):
    feed, data = os.path.join(work, "feed"), os.path.join(work, "bank")
    run(guanhu, "sample", "--out", feed, "--customers", str(customers), "--managers", "400", "--from", "2025-12-30", "--to",
        "2025-12-31")
    run(guanhu, "init", "--data", data)
    for date in sorted(d for d in os.listdir(feed) if d[:1] == "2"):
        run(guanhu, "import", "--data", data, os.path.join(feed, date))
    return feed, data


def logins(guanhu, data, feed):
    """(business department, a manager): logins with one-time passwords."""
    with open(os.path.join(feed, "2025-12-30", "staff.csv"), encoding="utf-8", newline="") as file:
        staff = [row for row in csv.DictReader(file) if not row.get("left_on")]
    manager = next(row["staff_id"] for row in staff if row["position"] == "manager")
    other = next(row["staff_id"] for row in staff if row["position"] != "manager")
    out = []
    for who, role in ((other, "business"), (manager, "manager")):
        told = run(guanhu, "user", "add", "--data", data, "--staff", who, "--role", role)
        out.append(re.search(r"login (\S+)\s+one-time password (\S+)", told).groups())
    return out


def deep_category(visitor):
    """The end of the category that most customers are in; of none before categories were computed."""
    most, query = 0, "page_size=50&category=" + urllib.parse.quote("loan:支持类")
    for scheme in visitor.get("/customer-categories?page_size=1")["schemes"]:
        for name in scheme.get("categories", []):
            name = name if isinstance(name, str) else name.get("name", "")
            one = "page_size=50&category=" + urllib.parse.quote(f"{scheme['id']}:{name}")
            found = visitor.get("/customers?" + one)["total"]
            if found > most:
                most, query = found, f"{one}&page={-(-found // 50)}"
    return query


def lists(visitor, rounds, who):
    some = visitor.get("/customers?page_size=1&sort=-deposits")["items"][0]
    one = urllib.parse.quote(some["name"])
    last = max(1, -(-visitor.get("/customers?page_size=1")["total"] // 50))
    asked = {"first page": "page_size=50", "by deposits": "page_size=50&sort=-deposits", "by name": "page_size=50&sort=name",
             "page in the middle": f"page={max(1, last // 2)}&page_size=50", "last page": f"page={last}&page_size=50",
             "last page by deposits": f"page={last}&page_size=50&sort=-deposits",
             "search by name": f"page_size=50&q={one}", "search by part of a name": f"page_size=50&q={one[:9]}",
             "search by letters": "page_size=50&q=zw", "search by number": f"page_size=50&q={some['id']}",
             "search by identity number": "page_size=50&q=440524188001010014",
             "filter: deposits": "page_size=50&deposits_from=100000&sort=-deposits", "filter: overdue": "page_size=50&overdue=true",
             "filter: category": "page_size=50&category=" + urllib.parse.quote("loan:支持类"),
             "filter: category, last page": deep_category(visitor),
             "filter: not visited": "page_size=50&not_visited_since=2025-06-01&sort=last_visit"}
    for what, query in asked.items():
        times, used = [], visitor.server.processor()
        for _ in range(rounds):
            start = time.monotonic()
            found = visitor.get("/customers?" + query)
            times.append(1000 * (time.monotonic() - start))
        used = 1000 * (visitor.server.processor() - used) / rounds
        print(f"{who}, {what}: median {statistics.median(times):.0f} ms (max {max(times):.0f}), {used:.0f} ms of processor, "
              f"{found['total']:,} found; target 200 ms", flush=True)


def long(server, visitor, what, path, body, kind="application/json"):
    start, used = time.monotonic(), server.processor()
    job = visitor.job(path, body, kind)
    print(f"{what}: {time.monotonic() - start:.1f} s, {server.processor() - used:.1f} s of processor; {json.dumps(job['result'])}",
          flush=True)
    return job


class Writer(threading.Thread):
    """Somebody else, who writes a view every second meanwhile: how long the longest took."""

    def __init__(self, visitor):
        super().__init__(daemon=True)
        self.visitor, self.over, self.longest, self.count = visitor, threading.Event(), 0, 0

    def run(self):
        while not self.over.wait(1):
            start = time.monotonic()
            self.visitor.send("POST", "/customer-views", {"title": "bench", "query": {}, "columns": [], "shared": False})
            self.longest = max(self.longest, time.monotonic() - start)
            self.count += 1

    def stop(self):
        self.over.set()
        self.join()
        return f"{self.count} writes of somebody else meanwhile, the longest {self.longest:.2f} s"


def importing(server, visitor, other):
    ids = []
    for page in range(1, ROWS // 500 + 1):
        ids += [item["id"] for item in visitor.get(f"/customers?page={page}&page_size=500&sort=id")["items"]]
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(["客户号", "经营情况", "方便联系的时间", "年收入估计(元)"])
    for n, number in enumerate(ids):
        rows.writerow([number, f"种粮 {n} 亩，农闲外出务工", "赶集日", 30000 + n])
    body = text.getvalue().encode()
    job = long(server, visitor, f"import of {len(ids):,} cards, dry run", "/customer-imports?what=cards&name=cards.csv", body,
               "application/octet-stream")
    number = job["result"]["import"]
    writer = Writer(other)
    writer.start()
    for step, more in (("perform", {"skip_refused": False}), ("undo", {"reason": "测量"})):
        version = visitor.get(f"/customer-imports/{number}")["version"]
        long(server, visitor, f"import of {len(ids):,} cards, {step}", f"/customer-imports/{number}/{step}",
             {"version": version, **more})
    print(writer.stop(), flush=True)


def main():
    guanhu = os.path.abspath(sys.argv[1])
    customers, rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 200_000, int(sys.argv[3]) if len(sys.argv) > 3 else 7
    with tempfile.TemporaryDirectory(prefix="guanhu-customers-") as work:
        feed, data = make_bank(guanhu, work, customers)
        (business, once), (manager, his) = logins(guanhu, data, feed)
        server = Server(guanhu, work, data, feed)
        try:
            visitor, other = Visitor(server, business, once), Visitor(server, manager, his)
            lists(visitor, rounds, "all")
            lists(other, rounds, "one manager")
            long(server, visitor, "search for duplicates", "/customer-duplicates/find?as=job", {})
            for scheme in visitor.get("/customer-categories?page_size=1")["schemes"]:
                long(server, visitor, f"categories {scheme['id']}, first time", "/customer-categories/compute?as=job", {"scheme": scheme["id"]})
                long(server, visitor, f"categories {scheme['id']}, again", "/customer-categories/compute?as=job", {"scheme": scheme["id"]})
            lists(visitor, rounds, "all, with categories")
            if customers >= ROWS:
                importing(server, visitor, other)
        finally:
            server.stop()


if __name__ == "__main__":
    main()
