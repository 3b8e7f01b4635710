"""Life for the pages of qualitative appraisal and grades of a sample bank that is being served.

One plan that is reported, one that runs with forms half filled in, one that waits for its second person; relatives,
qualifications, grades with their history, proposals that wait for a decision. Colleagues of the sample's manager get
logins whose password nobody keeps. Does nothing when the bank
has a plan. The same bank gives the same marks: they are made of names.
"""

import hashlib
import json
import secrets
import subprocess
import sys
import urllib.error
import urllib.request
from datetime import datetime, timedelta, timezone
from pathlib import Path

SCHEME, PACK, FORM, GRADES = "sample/经营业绩", "platform-2012", "post-performance", "sample-pay"
LEVELS = ["10", "8", "6", "2"]
LENIENT, FLAT = 2, 3  # of the peers in their order: who is easy to please, who judges without looking
FRIENDS = (4, 5)  # who lift one another


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
                return json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as refused:
            sys.exit(f"sample_assess: {method} {path}: {refused.code} {refused.read().decode()[:800]}")

    def get(self, path):
        return self.call("GET", path)

    def post(self, path, body=None):
        return self.call("POST", path, {} if body is None else body)


def entered(url, login, once):
    """A session of somebody with a one-time password, which is changed; and the new one."""
    password = secrets.token_urlsafe(18) + "-1a"
    Session(url, login, once).post("/session/password", {"old_password": once, "new_password": password})
    return Session(url, login, password), password


def chance(*key):
    """0 to 999, by the key alone."""
    return int(hashlib.sha256("/".join(map(str, key)).encode()).hexdigest(), 16) % 1000


class Life:
    def __init__(self, program, bank, url, logins):
        self.program, self.bank, self.url = program, bank, url
        self.role = {role: Session(url, *logins[role]) for role in logins}
        self.of_staff = {session.staff: session for session in self.role.values()}
        everybody = self.role["hr"].get("/staff?page_size=500")["items"]
        branch = next(one["branch"] for one in everybody if one["id"] == self.role["manager"].staff)
        self.here = [one for one in everybody if one["branch"] == branch and one["in_post"]]
        self.branch = branch

    def at(self, position):
        return [one["id"] for one in self.here if one["position"] == position]

    def session(self, staff):
        """Of anybody: a login is made for who has none."""
        if staff not in self.of_staff:
            said = subprocess.run([self.program, "user", "add", "--data", self.bank, "--staff", staff, "--role", "manager",
                                   "--json"], capture_output=True, text=True, check=True).stdout
            made = json.loads(said)
            self.of_staff[staff] = entered(self.url, made["login"], made["one_time_password"])[0]
        return self.of_staff[staff]

    # ------------------------------------------------------------------------------------------ appraisals

    def plan(self, title, period, days, **more):
        now = datetime.now(timezone.utc).replace(microsecond=0)
        return {"title": title, "period": period, "pack": PACK, "form": FORM,
                "starts_at": (now - timedelta(minutes=1)).isoformat(), "deadline": (now + timedelta(days=days)).isoformat(),
                "closes_at": (now + timedelta(days=days + 2)).isoformat(), "remind_hours": [72, 24],
                "assessed": {"positions": ["manager"], "orgs": [self.branch]}, **more}

    def start(self, spec):
        made = self.role["business"].post("/assessment-plans", spec)
        return self.role["hr"].post(f"/assessment-plans/{made['id']}/approve", {"revision": made["revision"]})

    def forms(self, staff, plan):
        return [one for one in self.session(staff).get("/assessment-forms?page_size=500")["items"] if one["plan"] == plan]

    def mark(self, assessor, sheet, kind, key, full, levels):
        """What an assessor gives: the person's own worth, a little of his own eye."""
        if kind == "fair" and {assessor, sheet["assessed"]["id"]} == {self.at("manager")[n] for n in FRIENDS}:
            kind = "lenient"
        worth = chance("worth", sheet["assessed"]["id"], key) // 250
        eye = chance(assessor, sheet["assessed"]["id"], key) // 700
        step = 0 if kind == "lenient" else 1 if kind == "flat" else min(3, worth // 2 + eye)
        if levels:
            return LEVELS[step]
        return str(int(full) - (0 if kind == "lenient" else 2 if kind == "flat" else worth + 2 * eye))

    def fill(self, assessor, sheet, kind, entries=None, remark=""):
        session = self.session(assessor)
        whole = session.get(f"/assessment-forms/{sheet['id']}")
        marks = {}
        for item in whole["form"]["items"]:
            for entry in item["entries"]:
                marks[entry["key"]] = self.mark(assessor, sheet, kind, entry["key"], entry["full"], entry["levels"])
        if entries:
            marks = dict(list(marks.items())[:entries])
        kept = session.call("PUT", f"/assessment-forms/{sheet['id']}", {"revision": whole["revision"], "marks": marks, "remark": remark})
        if not entries:
            session.post(f"/assessment-forms/{sheet['id']}/submit", {"revision": kept["revision"]})

    def assessors(self):
        return self.at("branch_head") + self.at("manager") + self.at("risk_manager") + self.at("accountant")

    def kind(self, staff):
        peers = self.at("manager")
        return {peers[LENIENT]: "lenient", peers[FLAT]: "flat"}.get(staff, "fair")

    GROUPS = [{"name": "上级", "relation": "superior", "weight": "40"},
              {"name": "同事", "relation": "peers", "weight": "40", "most": 5},
              {"name": "风险和会计", "relation": "chosen", "weight": "20"}]

    def groups(self):
        return [*self.GROUPS[:2], {**self.GROUPS[2], "who": {"positions": ["risk_manager", "accountant"], "orgs": [self.branch]}}]

    def reported(self):
        """An open plan: handed in by everybody, closed, made public."""
        plan = self.start(self.plan("2025 年三季度岗位业绩定性考核", "2025Q3", 7, anonymous=False, trim="0.1", groups=self.groups()))
        said = ["调查报告写得细，带新人也上心。", "月末冲量明显，平时走访少。", "和柜台配合好，答应的事有回音。"]
        for staff in self.assessors():
            for n, sheet in enumerate(self.forms(staff, plan["id"])):
                remark = said[chance(staff, n) % 3] if chance("remark", staff, n) < 250 else ""
                self.fill(staff, sheet, self.kind(staff), remark=remark)
        self.role["business"].post(f"/assessment-plans/{plan['id']}/close")
        self.role["hr"].post(f"/assessment-plans/{plan['id']}/report")

    def relatives(self):
        mine, peers = self.role["manager"].staff, self.at("manager")
        other = next(one for one in reversed(peers) if one != mine)
        self.role["hr"].post("/relations", {"staff_id": mine, "other": other, "kind": "sibling", "note": "入行登记表"})

    def running(self):
        """An anonymous plan: some have handed in, some are half way, some have stepped aside."""
        plan = self.start(self.plan("2025 年四季度岗位业绩定性考核", "2025Q4", 5, anonymous=True, trim="0.1", groups=self.groups()))
        mine = self.role["manager"].staff
        for staff in self.assessors():
            sheets = self.forms(staff, plan["id"])
            done = 1 if staff == mine else chance("done", staff) % (len(sheets) + 1)
            for n, sheet in enumerate(sheets):
                if n < done:
                    self.fill(staff, sheet, self.kind(staff))
                elif n == done:
                    self.fill(staff, sheet, self.kind(staff), entries=2)
        late = [staff for staff in self.at("manager") if staff != mine]
        if sheets := [one for one in self.forms(late[-1], plan["id"]) if one["state"] == "open"]:
            self.session(late[-1]).post(f"/assessment-forms/{sheets[-1]['id']}/recuse", {"reason": "正在合办一笔贷款，不便评价。"})

    def waiting(self):
        """A draft that wants its second person: those below judge the head."""
        self.role["business"].post("/assessment-plans", self.plan(
            "2025 年度支行行长民主测评", "2025", 14, anonymous=True, min_assessors=5, min_group=5,
            assessed={"positions": ["branch_head"]}, groups=[{"name": "下属", "relation": "subordinates", "weight": "70"},
                                                             {"name": "部门", "relation": "chosen", "weight": "30",
                                                              "who": {"positions": ["hr", "supervisor"]}}]))

    # ------------------------------------------------------------------------------------------ grades

    def run_of(self, period):
        subprocess.run([self.program, "appraise", "--data", self.bank, "--scheme", SCHEME, "--period", period],
                       capture_output=True, check=True)
        runs = self.role["business"].get("/runs?page_size=100")["items"]
        return next(one["id"] for one in runs if one["scheme"] == SCHEME and one["period"] == period)

    def fact(self, staff, kind, name, value, start, document):
        return {"of": "staff", "subject": staff, "kind": kind, "name": name, "value": value, "from": start, "document": document}

    def qualifications(self):
        managers, trainees, facts = self.at("manager"), self.at("trainee_manager"), []
        for n, staff in enumerate(managers):
            facts.append(self.fact(staff, "certificate", "信贷从业资格", "合格", "2022-06-01", f"资格证 2022-{n + 11:03}"))
            facts.append(self.fact(staff, "exam", "上岗考试", str(78 + chance("exam", staff) % 20), "2025-03-15", "人资〔2025〕6 号"))
            facts.append(self.fact(staff, "years", "信贷工作年限", 1 + chance("years", staff) % 12, "2025-01-01", "人事档案"))
        for staff in trainees:
            facts.append(self.fact(staff, "confirmation", "见习期满日期", "2026-06-30", "2025-07-01", "人资〔2025〕19 号"))
        facts.append(self.fact(managers[1], "discipline", "贷后检查迟报通报", True, "2025-10-12", "风险〔2025〕44 号"))
        facts.append(self.fact(managers[1], "discipline", "年度投诉次数", 3, "2025-10-01", "投诉台账 2025-41"))
        self.role["hr"].post("/people-facts", {"facts": facts})

    def records(self):
        managers, head = self.at("manager"), self.at("branch_head")[0]
        title = "优秀客户经理"
        for staff, kind, name, value, day, document in (
                (managers[0], "award", title, True, "2024-02-20", "总行〔2024〕5 号"), (managers[0], "award", title, True, "2025-02-20", "总行〔2025〕3 号"),
                (managers[3], "award", title, True, "2025-02-20", "总行〔2025〕3 号"), (managers[0], "training", "信贷合规培训", True, "2025-09-10", "培训签到表"),
                (managers[1], "coaching", "绩效辅导", {"教练": head, "差距": "三季度投诉三次，贷后检查迟报两户", "措施": "每周一清点到期检查，投诉当日回访",
                                                   "跟进": "年底前复盘一次"}, "2025-10-20", "绩效辅导记录")):
            self.role["business"].post(f"/grades/{staff}/records", {"kind": kind, "name": name, "value": value, "from": day, "document": document})

    def step(self, staff, grade, day, why):
        made = self.role["business"].post("/grade-proposals", {"pack": GRADES, "staff": staff, "grade": grade, "from": day, "reason": why, "document": "人资〔2024〕7 号"})
        self.role["executive"].post(f"/grade-proposals/{made['id']}/decide", {"accept": True, "reason": why, "document": "人资〔2024〕7 号"})

    def grades(self):
        self.qualifications()
        for staff in self.at("manager"):
            self.step(staff, "三级", "2024-01-15", "首次定级")
        for staff in self.at("trainee_manager"):
            self.step(staff, "见习", "2025-07-01", "新入行见习一年")
        self.records()
        first, now = self.run_of("2025Q3"), self.run_of("2025Q4")
        self.role["business"].post("/grade-proposals/compute", {"pack": GRADES, "run": first, "on": "2025-10-15", "from": "2025-10-15"})
        for one in self.role["executive"].get(f"/grade-proposals?pack={GRADES}&state=proposed&page_size=500")["items"]:
            self.role["executive"].post(f"/grade-proposals/{one['id']}/decide",
                                        {"accept": True, "reason": "评定小组一致同意", "document": "人资〔2025〕31 号"})
        self.role["business"].post("/grade-proposals/compute", {"pack": GRADES, "run": now, "on": "2026-01-15", "from": "2026-01-15"})


def fill(program, bank, url, logins):
    """logins: {role: [login, password]} that need no change."""
    life = Life(program, bank, url, logins)
    if life.role["business"].get("/assessment-plans")["items"]:
        return
    if len(life.at("manager")) <= max(FRIENDS):
        print("too few managers at the branch for a plan in which they judge one another: none is made")
        return
    life.reported()
    life.relatives()
    life.running()
    life.waiting()
    life.grades()
