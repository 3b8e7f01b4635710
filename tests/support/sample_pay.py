"""Life for the pages of pay, payslips and risk deposits of a sample bank that is being served.

Facts that pay rests on (a base pay that changes within a month, sanctions of one month, products, loans), work done
together; two months that are paid, one that is approved, one draft; deposits of years ago that were taken over, one
release that is booked, a loss drawn by liability shares, interest that waits for its second person. Does nothing when the
bank has a pay run. The same bank gives the same pay: what differs by person is made of numbers.
"""

import hashlib
import sys
from pathlib import Path

from sample_life import Session

SCHEME, PACK = "sample/经营业绩", "sample-pay"
ROLES = ("manager", "business", "hr", "risk_manager", "executive")
MONTHS = (("2025-09", "2025-10-15", "paid"), ("2025-10", "2025-11-14", "paid"), ("2025-11", "2025-12-15", "approved"),
          ("2025-12", "2026-01-15", "draft"))
PRODUCTS = (("手机银行", "15"), ("收单商户", "50"), ("代发工资", "8"), ("保险", "40"))


def chance(*key):
    """0 to 999, by the key alone."""
    return int(hashlib.sha256("/".join(map(str, key)).encode()).hexdigest(), 16) % 1000


class Life:
    def __init__(self, url, logins):
        self.role = {role: Session(url, *logins[role]) for role in ROLES}
        self.hr, self.chief = self.role["hr"], self.role["executive"]
        self.mine = self.role["manager"].staff
        # Those who were there in all the months that are paid.
        staff = [one for one in self.hr.get("/staff?position=manager&page_size=500")["items"]
                 if not one["left_on"] and (one["hired_on"] or "") <= "2025-09-01"]
        self.managers = [self.mine] + [one["id"] for one in staff if one["id"] != self.mine]

    # ------------------------------------------------------------------------------------------ what pay rests on

    @staticmethod
    def fact(of, subject, name, value, start, document, end=None, kind="pay"):
        out = {"of": of, "subject": subject, "kind": kind, "name": name, "value": value, "from": start, "document": document}
        return {**out, "to": end} if end else out

    def bank_facts(self):
        rows = (("基本生活保障", 1800, "薪酬办法 2025"), ("岗位薪酬基数", 3000, "薪酬办法 2025"),
                ("岗位系数表", {"一级": 1.5, "二级": 1.2, "三级": 1}, "薪酬办法 2025"),
                ("补助表", {"一级": 800, "二级": 500, "三级": 300}, "薪酬办法 2025"), ("应发上限", 26000, "薪酬办法 2025"),
                ("综合业务成本比例", 0.045, "计财〔2025〕3 号"), ("利润分配比例", 0.004, "计财〔2025〕3 号"),
                ("保证金年利率", 0.015, "风险〔2025〕2 号"))
        out = [self.fact("bank", "", name, value, "2025-01-01", document) for name, value, document in rows]
        for month, days, pool in (("2025-09", 30, 60000), ("2025-10", 31, 63000), ("2025-11", 30, 58500), ("2025-12", 31, 72000)):
            out.append(self.fact("bank", "", "奖金池总额", pool, f"{month}-01", f"薪酬会议纪要 {month}", f"{month}-{days}"))
        return out

    def staff_facts(self):
        out = []
        for n, staff in enumerate(self.managers):
            out.append(self.fact("staff", staff, "绩效系数", [1, 1.1, 1.2, 0.9][chance("coefficient", staff) % 4], "2025-01-01", "人资〔2025〕5 号"))
            for month, days in (("2025-09", 30), ("2025-10", 31), ("2025-11", 30), ("2025-12", 31)):
                sold = [{"产品": name, "数量": 1 + chance(name, staff, month) % 9, "单价": float(price)}
                        for name, price in PRODUCTS if chance("sold", name, staff, month) < 600 or staff == self.mine]
                if sold:
                    out.append(self.fact("staff", staff, "产品列表", sold, f"{month}-01", f"产品销售台账 {month}", f"{month}-{days}"))
            if chance("loans", staff) < 500 or staff == self.mine:
                loans = [{"日均贷款余额": 100000 * (2 + chance("loan", staff, i) % 30), "贷款利率": (58 + chance("rate", staff, i) % 40) / 1000}
                         for i in range(3)]
                out.append(self.fact("staff", staff, "贷款列表", loans, "2025-01-01", "信贷台账 2025"))
        mine, other = self.managers[0], self.managers[1]
        out.append(self.fact("staff", mine, "基本生活保障", 2100, "2025-11-11", "人资〔2025〕40 号"))
        out.append(self.fact("staff", mine, "考核扣款额", 200, "2025-10-01", "通报〔2025〕8 号", "2025-10-31", "discipline"))
        out.append(self.fact("staff", other, "考核扣款额", 500, "2025-11-01", "通报〔2025〕9 号", "2025-11-30", "discipline"))
        return out

    def basis(self):
        facts = self.bank_facts() + self.staff_facts()
        for at in range(0, len(facts), 200):
            self.hr.post("/people-facts", {"pack": PACK, "facts": facts[at:at + 200]})
        mine, second, third = self.managers[:3]
        for title, on, units, price, shares in (
                ("县医院代发工资营销", "2025-10-17", 320, 8, ((mine, "0.6"), (second, "0.4"))),
                ("开发区整村授信", "2025-11-20", 1, 3000, ((second, "11"), (mine, "7"), (third, "3")))):
            self.hr.post("/pay/joint", {"pack": PACK, "line": "合办业务", "title": title, "document": "营销立项单 " + on, "on": on,
                                        "input": {"数量": units, "单价": price}, "days": "." not in shares[0][1],
                                        "shares": [{"staff": staff, "weight": weight} for staff, weight in shares]})

    # ------------------------------------------------------------------------------------------------ pay, deposits

    def appraisal(self, period):
        for run in self.role["business"].get("/runs?page_size=500")["items"]:
            if run["scheme"] == SCHEME and run["period"] == period and run["state"] in ("published", "sealed"):
                return run["id"]
        run = self.role["business"].job("/runs", {"scheme": SCHEME, "period": period})["run"]
        self.role["business"].post(f"/runs/{run}/publish", {"reason": "考核委员会审议通过，按制度公示"})
        return run

    def month(self, period, pay_on, state):
        run = self.hr.post("/pay/runs", {"pack": PACK, "run": self.appraisal(period), "pay_on": pay_on})
        if run["open"] and state != "draft":
            sys.exit(f"sample_pay: {period}: {run['open']} lines cannot be worked out: {run['problems']}")
        if state in ("approved", "paid"):
            self.chief.post(f"/pay/runs/{run['id']}/approve", {"reason": "与控制合计核对一致，同意发放"})
        if state == "paid":
            self.chief.post(f"/pay/runs/{run['id']}/paid", {"document": f"代发 {pay_on.replace('-', '')}-01"})

    def order(self, who, accept, body):
        made = self.role[who].post("/deposit-orders", body)
        if accept:
            self.chief.post(f"/deposit-orders/{made['id']}/decide", {"accept": True, "reason": accept})
        return made

    def taken_over(self):
        for n, staff in enumerate(self.managers[:6]):
            for on, amount in (("2022-12-30", 3000 + 100 * (chance("old", staff) % 30)), ("2023-12-29", 4200 + 7 * n)):
                self.order("hr", "与旧系统余额核对一致", {"kind": "pay_in", "staff": staff, "fund": "deposit", "amount": f"{amount}.00",
                           "on": on, "document": f"旧系统余额表 {on}", "reason": "历史余额移交"})

    def moved(self):
        self.order("hr", "到期，名下没有未化解的不良", {"kind": "release", "pack": PACK, "on": "2026-01-05", "document": "风险〔2026〕1 号",
                                            "reason": "扣收满三年"})
        self.order("risk_manager", "责任认定属实，按比例弥补", {
            "kind": "draw", "pack": PACK, "on": "2026-01-08", "document": "责任认定书 2026-02", "reason": "冒名贷款损失，贷前调查失实",
            "subject": "借据 L000123", "amount": "12000.00",
            "liable": [{"staff": self.mine, "role": "客户经理", "share": "0.3"}, {"staff": self.managers[7], "role": "部门信贷经理", "share": "0.7"}]})
        self.order("hr", "", {"kind": "interest", "pack": PACK, "from": "2025-10-01", "on": "2026-01-31", "document": "计息通知 2026-01",
                              "reason": "四季度起计息"})


def fill(url, logins):
    """logins: {role: [login, password]} that need no change; nothing without all roles of ROLES."""
    if any(role not in logins for role in ROLES):
        return
    life = Life(url, logins)
    if life.hr.get("/pay/runs?page_size=1")["items"]:
        return
    if len(life.managers) < 8:
        print("too few managers for pay with joint work and liability shares: none is made")
        return
    life.basis()
    life.taken_over()
    for month in MONTHS[:-1]:
        life.month(*month)
    # Known only after September was paid: a difference there, which the draft for December makes good.
    life.hr.post("/people-facts", {"pack": PACK, "facts": [life.fact(
        "staff", life.managers[2], "考核扣款额", 300, "2025-09-01", "通报〔2025〕11 号", "2025-09-30", "discipline")]})
    life.month(*MONTHS[-1])
    life.moved()
