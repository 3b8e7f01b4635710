"""Life of the sample bank: plans, logs, meetings. Does nothing when it is there already.

The manager's quarter is reviewed, his last month confirmed with items that are behind, the new month handed in with
what was carried forward; two colleagues plan, the others do not; the team that the manager leads has a plan. A month of logs, most in time, some late or missing;
some read and marked, a spot check half done, the marks taken into appraisal. Morning, weekly and monthly meetings: one
whose minutes wait, one that is agreed, its decisions being done. Days cannot be waited for: logs written now of past
days are put into time in the store, as the tests do.
"""

import json
import sqlite3
import subprocess
from datetime import date, timedelta
from pathlib import Path

import sample_assess

SCHEME = "sample/经营业绩"
TEXTS = ("上午在镇上走了三户，收单的流水都正常，两户愿意把货款归到本行账户。",
         "陪客户办了抵押登记，材料差一份村委会证明，已约明天补。",
         "下午回访老客户，谈到孩子上大学要用钱，记下来，月底再联系。",
         "整理贷后检查的照片和报告，补了两户的营业执照复印件。",
         "在集贸市场讲了半天手机银行，当场开通四户。")
LEVELS = ("优", "良", "优", "中", "良")


def item(kind, title, **more):
    return {"kind": kind, "title": title, **more}


def month_items(day):
    return [item("figure", "存款净增", scheme=SCHEME, figure="存款净增", unit="元", target="60000"),
            item("figure", "收回利息", scheme=SCHEME, figure="收回利息", unit="元", target="1200"),
            item("count", "走访客户", counted="visits", unit="次", target="8"),
            item("count", "新开户的客户", counted="new_customers", unit="户", target="3"),
            item("count", "发放贷款", counted="loans", unit="笔", target="4"),
            item("task", "把东街商户的收单机具装完", due=str(day)),
            item("text", "把县里的种植补贴政策讲给每一个种粮大户")]


def entered(program, bank, url, life, staff, role):
    """A session of a colleague: a login is made, or its password is made anew; nobody keeps it."""
    if staff in life.of_staff:
        return life.of_staff[staff]

    def user(*words):
        said = subprocess.run([program, "user", *words, "--data", bank, "--json"], capture_output=True, text=True, check=True)
        return json.loads(said.stdout)

    there = next((one for one in user("list")["logins"] if one["staff_id"] == staff), None)
    made = user("reset", "--login", there["login"]) if there else user("add", "--staff", staff, "--role", role)
    return sample_assess.entered(url, there["login"] if there else made["login"], made["one_time_password"])[0]


class Plans:
    def __init__(self, program, bank, url, logins):
        life = sample_assess.Life(program, bank, url, logins)
        self.store, self.role = Path(bank) / "guanhu.db", life.role
        self.manager = life.role["manager"]
        self.today = date.fromisoformat(self.manager.get("/todos/summary")["today"])
        heads = life.at("branch_head")
        self.head = entered(program, bank, url, life, heads[0], "branch_head") if heads else None
        mates = [one for one in life.at("manager") if one != self.manager.staff]
        self.mates = [entered(program, bank, url, life, one, "manager") for one in mates[:2]]

    def made(self, who, period, items, state, text="按计划推进"):
        plan = who.post("/work-plans", {"scope": "person", "period": period, "summary": text, "items": items})
        path = f"/work-plans/{plan['id']}"
        for step, actor, words in (("submit", who, "请审阅"), ("confirm", self.head, "同意，走访要落到名单上")):
            if state == "draft":
                return plan
            plan = actor.post(f"{path}/{step}", {"version": plan["version"], "text": words})
            if state == plan["state"]:
                return plan
        return self.head.post(f"{path}/review", {"version": plan["version"], "text": "存款完成，走访差一些，下季补上"})

    def plans(self):
        last = self.today.replace(day=1) - timedelta(days=1)
        quarter = f"{last.year}Q{(last.month + 2) // 3}"
        long = [one for one in month_items(last) if one["kind"] in ("figure", "text")]
        self.made(self.manager, quarter, long, "reviewed" if (self.today.month - 1) % 3 == 0 else "confirmed")
        old = self.made(self.manager, f"{last:%Y-%m}", month_items(last), "confirmed")
        text = next(one for one in old["items"] if one["kind"] == "text")
        old = self.manager.post(f"/work-plans/{old['id']}/report", {"version": old["version"], "item": text["id"], "done": True,
                                                                  "result": "讲了十七户，名单附在日志里"})
        new = self.manager.post(f"/work-plans/{old['id']}/carry", {})
        self.manager.post(f"/work-plans/{new['id']}/submit", {"version": new["version"], "text": "上月没有完成的已经转入"})
        for i, mate in enumerate(self.mates):
            self.made(mate, f"{last:%Y-%m}", month_items(last)[:5 - i], "confirmed")
            self.made(mate, f"{self.today:%Y-%m}", month_items(self.today.replace(day=28))[:4 + i], "confirmed" if i else "draft")

    def team(self):
        """The plan of the team that the manager leads: its members count on their days in it."""
        mine = [one for one in self.manager.get("/teams")["items"] if one["goes_on"] and one["leader"]["id"] == self.manager.staff]
        last = self.today.replace(day=1) - timedelta(days=1)
        if mine:
            self.manager.post("/work-plans", {"scope": "team", "team_id": mine[0]["id"], "period": f"{last:%Y-%m}", "summary": "沿河三个村一起走",
                                              "items": [item("count", "发放贷款", counted="loans", unit="笔", target="12"),
                                                        item("count", "提交日志", counted="logs", unit="篇", target="40"),
                                                        item("text", "每周三晚上在村部碰一次头")]})

    def logs(self):
        days = [self.today - timedelta(days=n) for n in range(35, 0, -1)]
        days = [d for d in days if d.weekday() < 5]
        mine = self.manager.get("/customers?page_size=8")["items"]
        for who in (self.manager, *self.mates):
            for i, day in enumerate(days):
                if who is not self.manager and i % 4 == 3 or i % 9 == 8:
                    continue
                customer = mine[i % len(mine)] if mine and who is self.manager else None
                name = customer and customer["name"].replace("(", "").replace(")", "")
                named = f"见了 @{name}({customer['id']}) ，" if customer else ""
                who.post(f"/work-logs/days/{day}/submit", {"body": {
                    "done": [{"kind": "other", "title": "走访片区" if i % 2 else "整理贷后资料"}],
                    "text": named + TEXTS[i % len(TEXTS)], "tomorrow": "继续走访剩下的几户" if i % 3 else ""}})
        with sqlite3.connect(self.store, timeout=30) as store:
            for table, join in (("records", "kind = 'work_log'"),
                                ("record_versions", "record_id IN (SELECT record_id FROM records WHERE kind = 'work_log')")):
                store.execute(f"UPDATE {table} SET body = replace(body, '\"late\": true', '\"late\": false')"
                              f" WHERE {join} AND record_id % 7 <> 0")
        logs = [one for one in self.head.get("/work-logs?whose=team&page_size=500")["items"] if one["owner"] == self.manager.staff]
        for i, log in enumerate(logs[2:8]):
            self.head.post(f"/work-logs/{log['id']}/read", {"version": log["version"], "text": "写得实，客户的想法要接着跟" if i % 2 else "",
                                                        "level": LEVELS[i % len(LEVELS)]})

    def check(self):
        check = self.head.post("/log-checks", {"first": str(self.today - timedelta(days=35)), "last": str(self.today - timedelta(days=3)),
                                               "n": 6, "seed": "晨会摇号 0417"})
        for i, one in enumerate(check["drawn"][:4]):
            level = LEVELS[i] if one["log"] else check["levels"][-1]
            check = self.head.post(f"/log-checks/{check['id']}/mark", {"version": check["version"], "staff": one["staff"], "day": one["day"],
                                                                      "level": level, "reason": "走访写清了谈什么" if one["log"] else "当天没有日志"})
        last = self.today.replace(day=1) - timedelta(days=1)
        self.role["business"].post("/log-figures", {"period": f"{last:%Y-%m}"})

    def meetings(self):
        common = {"whole_org": True, "place": "二楼会议室"}
        self.head.post("/meeting-series", {**common, "title": "晨会", "meeting": "morning", "every": "day", "time": "08:20",
                                           "agenda": ["昨天的待办", "今天走访谁"]})
        week = self.head.post("/meeting-series", {**common, "title": "周会", "meeting": "weekly", "every": "week", "weekday": 1,
                                                  "time": "17:30", "agenda": ["上周的决定", "存款和贷款", "逾期的待办"]})
        self.head.post("/meeting-series", {**common, "title": "月会", "meeting": "monthly", "every": "month", "nth": 3, "time": "16:00",
                                           "agenda": ["计划完成情况", "考核排名"]})
        monday = self.today - timedelta(days=self.today.weekday() or 7)
        for back, agreed in ((7, True), (0, False)):
            day = monday - timedelta(days=back)
            meeting = self.head.post("/meetings", {"series": week["id"], "day": str(day)})
            there = [self.head.staff, self.manager.staff, *(one.staff for one in self.mates)]
            meeting = self.head.call("PUT", f"/meetings/{meeting['id']}", {
                "version": meeting["version"],
                "attendance": [{"staff": p["staff"], "state": "present" if p["staff"] in there else "excused"} for p in meeting["people"]],
                "minutes": "一、存款比上周多，增量集中在两户商户。\n二、逾期的待办本周清掉。\n三、年底前把贷后检查补齐。",
                "decisions": [{"text": "把逾期的贷后检查补完", "who": self.manager.staff, "due": str(self.today + timedelta(days=2 + back))}]})
            self.head.post(f"/meetings/{meeting['id']}/minutes", {"version": meeting["version"]})
            if agreed:
                for who in (self.manager, *self.mates):
                    who.post(f"/meetings/{meeting['id']}/agree", {})


def fill(program, bank, url, logins):
    plans = Plans(program, bank, url, logins)
    if plans.head is None or plans.manager.get("/work-plans?whose=mine")["total"]:
        return
    if not next(one for one in plans.role["business"].get("/todo-packs?page_size=500")["items"] if one["pack"] == "daily-work")["on"]:
        plans.role["business"].call("PUT", "/todo-packs/daily-work", {"on": True})
    plans.plans()
    plans.team()
    plans.logs()
    plans.check()
    plans.meetings()
