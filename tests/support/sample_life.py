"""Life for the pages of runs, disputes, statements and findings of a sample bank that is being served.

One period is sealed by two people and its statement opened by its owner; one is sealed as it was known before a late
date, and the difference stated; one is published, with a claim that waits, one that was refused and one that was
granted; one is a draft. Two quarters are searched for figures that look better than they are, two findings are decided.
The days of notice and appeal are moved into the past in the store, as the tests do: a sample bank has no weeks to wait.
Does nothing when the bank has a published run.
"""

import json
import re
import sqlite3
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

SCHEME = "sample/经营业绩"
ROLES = ("manager", "business", "hr", "executive")


class Session:
    """One login over HTTP, as a browser would do it."""

    def __init__(self, url, login, password):
        self.url, self.head = url + "/api/v1", {"content-type": "application/json"}
        self.about = self.call("POST", "/session", {"login": login, "password": password})
        self.head["x-csrf-token"] = self.about["csrf"]
        self.staff = self.about["staff_id"]

    def call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + urllib.request.quote(path, safe="/?=&%"), method=method,
                                         headers=self.head, data=data)
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                if cookie := answer.headers.get("set-cookie"):
                    self.head["cookie"] = cookie.split(";")[0]
                text = answer.read()
                return json.loads(text) if "json" in answer.headers.get("content-type", "") and text else None
        except urllib.error.HTTPError as refused:
            sys.exit(f"sample_life: {method} {path}: {refused.code} {refused.read().decode()[:800]}")

    def get(self, path):
        return self.call("GET", path)

    def post(self, path, body=None):
        return self.call("POST", path, {} if body is None else body)

    def job(self, path, body):
        """What a job came to, once it is over."""
        job = self.post(path, body)
        while job["state"] in ("waiting", "running"):
            time.sleep(0.2)
            job = self.get(f"/jobs/{job['id']}")
        if job["state"] != "done":
            sys.exit(f"sample_life: {path}: {job['message']}")
        return job["result"]


class Life:
    def __init__(self, bank, url, logins):
        self.store = Path(bank) / "guanhu.db"
        self.role = {role: Session(url, *logins[role]) for role in ROLES}
        self.business, self.manager = self.role["business"], self.role["manager"]

    def made(self, period, known_at=None):
        ask = {"scheme": SCHEME, "period": period}
        return self.business.job("/runs", {**ask, "known_at": known_at} if known_at else ask)["run"]

    def published(self, period, known_at=None):
        run = self.made(period, known_at)
        self.business.post(f"/runs/{run}/publish", {"reason": "考核委员会审议通过，按制度公示"})
        return run

    def sealed(self, period, known_at=None):
        run = self.published(period, known_at)
        with sqlite3.connect(self.store, timeout=30) as store:
            store.execute("UPDATE run_life SET notice_until = date('now', '-3 day'), appeal_until = date('now', '-3 day')"
                          " WHERE run_id = ?", (run,))
        self.business.post(f"/runs/{run}/propose-seal", {"reason": "公示期满，没有异议"})
        self.role["executive"].post(f"/runs/{run}/seal", {"reason": "同意封存"})
        return run

    def claim(self, run, figure, factor, reason, papers=()):
        shown = next(f for f in self.manager.get(f"/results/{run}/{self.manager.staff}")["figures"] if f["name"] == figure)
        claimed = f"{float(shown['value']) * factor + 1:.2f}"
        return self.manager.post("/disputes", {"run": run, "figure": figure, "claimed": claimed, "reason": reason,
                                               "documents": [{"title": t, "reference": r} for t, r in papers]})["id"]

    def claims(self, run):
        numbers = [f["name"] for f in self.manager.get(f"/results/{run}/{self.manager.staff}")["figures"]
                   if re.fullmatch(r"-?\d+(\.\d+)?", str(f["value"]))]
        refused = self.claim(run, numbers[0], 1.02, "九月有一户的存款没有算进来", [("开户申请书", "档案 2025-113")])
        self.role["hr"].post(f"/disputes/{refused}/decide",
                             {"outcome": "rejected", "reason": "该户十月才划归，九月仍属原管户人，见移交单"})
        granted = self.claim(run, numbers[1], 1.01, "收息有一笔串户，已由会计更正", [("更正凭证", "传票 0932 号")])
        self.role["hr"].post(f"/disputes/{granted}/decide", {"outcome": "upheld", "reason": "凭证属实，按更正后的数认定"})
        self.claim(run, numbers[2], 1.03, "联营户的份额应为七成，系统按五成计", [("联营协议", "档案 2025-087"), ("审批单", "办公系统 4471")])

    def findings(self):
        for period in ("2025Q3", "2025Q4"):
            self.business.job("/risk/scans", {"period": period})
        found = self.business.get("/risk/findings?period=2025Q4&page_size=500")["items"]
        for kind, state, reason in (("circle", "accepted", "问过三户，互相倒款冲流水，这笔钱不计"),
                                    ("spike", "dismissed", "看了合同和回单，是货款集中到账")):
            if one := next((f for f in found if f["kind"] == kind), None):
                self.business.post(f"/risk/findings/{one['id']}/decision", {"state": state, "reason": reason})

    def live(self, known_before=None):
        first = self.sealed("2025Q2")
        self.manager.get(f"/results/{first}/{self.manager.staff}/statement")
        if known_before:
            self.sealed("2025-12", known_before)
            self.business.post("/differences", {"later_run": self.made("2025-12"), "into_period": "2026-01",
                                                "reason": "封存以后到了 12 月 31 日的数据"})
        self.claims(self.published("2025Q3"))
        self.made("2025Q4")
        self.findings()


def fill(bank, url, logins, known_before=None):
    """Used by served_bank.py too. `known_before`: a moment before a date that came late."""
    life = Life(bank, url, logins)
    if any(run["state"] != "draft" for run in life.business.get("/runs?page_size=200")["items"]):
        return
    life.live(known_before)
