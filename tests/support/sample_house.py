"""Life of the sample bank: posts and duties, outside queries, independent checks, requests between units.

Four of the five seats of the managers' group are taken; the manager looked up some customers, one of them twice with
another answer, one query has run out, one must be asked again within days, one customer's consent runs out; who has confirmed the duties of their post; the head of the branch had two things checked, one did not agree; the manager asked
the business department for help and rated it, another request waits, and one about a customer was sent to its manager; three farmers guarantee for each other.
Does nothing when there is a query already.
"""

from datetime import date, timedelta

from sample_life import Session

GROUP = "客户经理管理小组"


class Life:
    def __init__(self, url, logins):
        self.role = {role: Session(url, *login) for role, login in logins.items()}
        self.manager, self.head, self.business = (self.role[r] for r in ("manager", "branch_head", "business"))
        self.today = date.fromisoformat(self.manager.get("/todos/summary")["today"])

    def day(self, later):
        return str(self.today + timedelta(later))

    def seats(self):
        hr = self.role["hr"]
        for seat, role in (("营销副行长", "executive"), ("业务发展部", "business"), ("风险合规部", "risk_manager")):
            staff = self.role[role].staff
            org = hr.get(f"/staff/{staff}")["org"]
            hr.post("/posts", {"staff": staff, "kind": "other", "title": f"{GROUP}·{seat}", "org": org, "from": self.day(-60),
                               "document": "行发〔2025〕31 号", "reason": "成立客户经理管理小组"})

    def query(self, customer, what, result, later, **more):
        body = {"customer": customer["id"], "what": what, "subject": "借款人", "name": customer["name"], "purpose": "贷后检查",
                "day": self.day(later), "result": result, **more}
        return self.manager.post("/outside-queries", body)

    def queries(self, persons, companies):
        consent = {"number": "2026010700123", "consent": "授权-0107", "consent_on": self.day(-8)}
        self.query(persons[0], "联网核查", "一致", -8, purpose="贷前调查")
        self.query(persons[0], "个人征信", "没有不良", -8, purpose="贷前调查", **consent, note="近两年查询四次，没有逾期")
        self.query(persons[1], "法院执行", "没有执行", -120)
        self.query(persons[1], "个人征信", "没有不良", -350, purpose="贷前调查", number="2025012300456", consent="授权-0123",
                   consent_on=self.day(-350))
        if len(persons) > 2:
            self.query(persons[2], "法院执行", "没有执行", -100)
            self.query(persons[2], "法院执行", "有执行", -2, note="替亲戚担保，标的八万元，已约面谈")
        if companies:
            firm = companies[0]
            self.query(firm, "工商登记", "存续已年检", -95)
            self.query(firm, "工商登记", "存续未年检", -2, note="年报没有报，已电话提醒")
            self.query(firm, "法院执行", "没有执行", -86)
            self.query(firm, "税控开票", "已汇总", -5, period="2025-12", amount="426800.00")
            self.query(firm, "贷款卡", "有效已年审", -40, number="4209210000123456")

    def checks(self, customers):
        def one(customer, source, about, agrees, note):
            self.head.post("/info-checks", {"customer": customer["id"], "source": source, "about": about, "day": self.day(-3),
                                            "agrees": agrees, "note": note})
        one(customers[0], "结算账户", "月流水三十万元上下", True, "近三个月平均二十八万元")
        one(customers[-1], "他人走访", "两条生产线都开着", False, "只有一条在开，另一条停了半个月")

    def joint_group(self, farmers):
        members = [{"customer": f["id"], "role": "member" if n else "lead", "from": self.day(-300)} for n, f in enumerate(farmers)]
        self.manager.post("/customer-groups", {"form": "joint", "name": "李庄联保一组", "note": "相互担保，各五万元以内", "members": members})

    def confirmations(self):
        """Who has read what their post does; the manager and the risk manager have not come to it."""
        for role, session in self.role.items():
            for post in session.get("/post-duties")["posts"]:
                if post["waits"] and role not in ("manager", "risk_manager"):
                    session.post("/post-duties/confirm", {"post": post["post"], "digest": post["digest"]})

    def requests(self, customers):
        org = self.business.get(f"/staff/{self.business.staff}")["org"]
        done = self.manager.post("/service-requests", {"title": "请派产品经理同去谈代发", "text": "下周三上午，约八十人代发工资。",
                                                       "org": org, "customer": customers[-1]["id"]})
        said = self.business.post(f"/service-requests/{done['id']}/answer", {"version": done["version"], "text": "产品岗老周去，材料周二发您。"})
        self.manager.post(f"/service-requests/{done['id']}/rate", {"version": said["version"], "score": 5, "reason": "去得及时，当场签了"})
        self.manager.post("/service-requests", {"title": "要一份本季利率优惠的口径", "text": "客户问同业报价，想当面说清楚。", "org": org})
        self.business.post("/service-requests", {"title": "客户来电问理财到期", "text": "请今天回电。", "customer": customers[0]["id"]})


def fill(program, bank, url, logins):
    del program, bank
    life = Life(url, logins)
    if life.manager.get("/outside-queries?page_size=1")["total"]:
        return
    persons, companies = (life.manager.get(f"/customers?kind={kind}&page_size=4")["items"] for kind in ("person", "company"))
    if len(persons) < 2:
        return
    life.seats()
    life.confirmations()
    if len(farmers := life.manager.get("/customers?farmer=true&page_size=3")["items"]) == 3:
        life.joint_group(farmers)
    life.queries(persons, companies)
    life.checks([persons[0], *companies[:1]] if companies else persons[:2])
    life.requests([persons[0], *companies[:1]] if companies else persons[:2])
