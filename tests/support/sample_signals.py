"""Life of the sample bank: what other systems sent.

Business brings in warnings, VIP flags and the completeness of records, the administrator risk events and approvals, with a
table that has wrong rows; the manager has checked one warning and has another to check, a teller was looked at. Does
nothing when a table was sent already.
"""

import json
import urllib.request
from datetime import date, timedelta

from sample_life import Session


KINDS = (("连续欠息", "高", "两期没有收到利息"), ("账户流水骤降", "中", "近三十天流水不到上年同期一半"), ("对外担保增加", "低", "新增一笔对外担保"))


class Life:
    def __init__(self, url, logins):
        self.role = {role: Session(url, *login) for role, login in logins.items()}
        self.manager, self.business, self.admin = (self.role[r] for r in ("manager", "business", "administrator"))
        self.today = date.fromisoformat(self.admin.get("/outside-systems")["today"])

    def ago(self, days):
        return str(self.today - timedelta(days))

    def send(self, of, system, name, rows, write=True):
        text = "\n".join(",".join(row) for row in rows) + "\n"
        query = urllib.request.quote(f"/outside-systems/batches?system={system}&name={name}", safe="/?=&")
        head = {**of.head, "content-type": "application/octet-stream"}
        request = urllib.request.Request(of.url + query, method="POST", headers=head, data=text.encode())
        with urllib.request.urlopen(request, timeout=60) as answer:
            batch = json.loads(answer.read())
        return of.post(f"/outside-systems/batches/{batch['id']}/apply", {"version": batch["version"]}) if write else batch

    def signals(self):
        mine = [c["id"] for c in self.manager.get("/customers?sort=-deposits&page_size=12")["items"]]
        others = [c["id"] for c in self.business.get("/customers?sort=-deposits&page_size=3")["items"]]
        head = ["信号编号", "客户号", "信号类型", "信号级别", "信号日期", "说明"]
        self.send(self.business, "early-warning", "预警信号一月.csv", [
            head, ["YJ-0100", others[0], "涉诉", "低", self.ago(1), "作为被告，标的五万元"],
            *([f"YJ-01{n:02}", customer, *KINDS[n % 3][:2], self.ago(1 + n % 2), KINDS[n % 3][2]] for n, customer in enumerate(mine, 1))])
        self.send(self.business, "early-warning", "预警信号补充.csv", [
            head, ["YJ-0201", "K-不在", "连续欠息", "高", self.ago(1), ""], ["YJ-0202", mine[2], "连续欠息", "急", self.ago(1), ""]],
            write=False)
        # Some of the customers he sees are mainly another's.
        checks = [one for one in self.manager.get("/outside-systems/signals?system=early-warning&page_size=50")["items"] if one["may_finish"]]
        if checks:
            self.manager.post(f"/outside-systems/signals/{checks[0]['id']}/finding",
                              {"finding": "上门看了账本，货款改走他行收银码，已约好下月起改回。"})

    def others(self):
        staff = self.manager.staff
        outlet = self.manager.get(f"/staff/{staff}")["org"]
        mine = [c["id"] for c in self.manager.get("/customers?sort=-deposits&page_size=6&kind=person")["items"]]
        company = self.business.get("/customers?kind=company&page_size=2")["items"]
        self.send(self.admin, "ops-risk", "运营风险事件.csv", [
            ["事件编号", "网点", "柜员", "事件类型", "发生日期", "严重程度"],
            ["FX-01", outlet, "", "重空凭证没有当日核对", self.ago(20), "高"], ["FX-02", outlet, "", "代客户签名", self.ago(9), "高"],
            ["FX-03", outlet, staff, "漏盖业务章", self.ago(5), "低"]])
        self.send(self.business, "ocrm", "重要客户.csv", [
            ["客户号", "重要客户", "生日", "信用卡账单日", "联系电话"], [mine[0], "是", "1968-05-12", "8", "13755550111"],
            [mine[1], "否", "", "20", ""], [mine[2], "是", "1975-11-02", "", ""]])
        self.send(self.business, "credit-asset", "客户资料完整情况.csv", [
            ["客户号", "录入客户经理", "统计日期", "已填栏数", "应填栏数", "缺哪些栏"],
            [mine[0], staff, self.ago(1), "32", "32", ""], [mine[1], staff, self.ago(1), "29", "32", "联系电话、配偶、年收入"]])
        if company:
            self.send(self.admin, "cmis", "授信批复.csv", [
                ["批复编号", "客户号", "经办机构", "批复生效日", "批复到期日", "提前失效日"],
                ["PF-2024-7", company[0]["id"], outlet, self.ago(700), self.ago(335), ""]])


def fill(program, bank, url, logins):
    del program, bank
    life = Life(url, logins)
    if life.admin.get("/outside-systems/batches")["total"]:
        return
    life.signals()
    life.others()
