"""Life of the sample bank: letters, notices, messages, what goes out.

The head office asks for a notice to be known by everybody, which another one agreed to; the branch has one of its own,
one is being drafted. Manager and head of the branch write to each other about a customer, one letter was recalled,
one is half written. An SMS gateway that does not answer shows how the queue waits; what the night proposes to customers
waits to be released. Does nothing when there is a letter already.
"""

from datetime import date, timedelta

from sample_life import Session

NOTICE = ("各支行、部门：\n\n为防范电信诈骗，自下月起，开户和大额转账一律核对预留手机号，有疑问的先**暂缓办理**再报告。\n\n"
          "- 柜面：当场核对，留痕\n- 客户经理：上门办理的，回行后当天补录\n\n请各位读完后确认。")
LETTERS = (("益农建材续贷的材料", "张经理，益农建材的贷款快到期了，购销合同和存货清单齐了吗？\n\n- 合同：缺二〇二五年四季度的\n- 存货：要有照片"),
           ("回复：益农建材续贷的材料", "行长，合同明天补齐，存货照片上午去拍。\n\n客户说订单比去年多两成，想加二十万元，我先看流水再报。"))


class Life:
    def __init__(self, url, logins):
        self.role = {role: Session(url, *login) for role, login in logins.items()}
        self.manager, self.head, self.business = (self.role[r] for r in ("manager", "branch_head", "business"))
        self.today = date.fromisoformat(self.manager.get("/todos/summary")["today"])

    def day(self, later):
        return str(self.today + timedelta(later))

    def person(self, session, staff):
        return next(e for e in session.get(f"/mail-addresses?words={staff}")["items"] if e["kind"] == "person" and e["id"] == staff)

    def letter(self, of, to, subject, text, draft=None, **more):
        body = {"to": [{k: a[k] for k in ("kind", "id", "name")} for a in to], "subject": subject, "text": text, **more}
        kept = of.call("PUT", f"/mail/{draft['id']}", {**body, "version": draft["version"]}) if draft else of.post("/mail", body)
        return of.post(f"/mail/{kept['id']}/send", {"version": kept["version"]})

    def letters(self):
        to_manager, to_head = self.person(self.head, self.manager.staff), self.person(self.manager, self.head.staff)
        customers = self.manager.get("/customers?page_size=1")["items"]
        links = [{"kind": "customer", "id": c["id"], "title": c["name"]} for c in customers]
        first = self.letter(self.head, [to_manager], *LETTERS[0], links=links, important=True)
        self.manager.post(f"/mail/{first['id']}/mark", {"read": True})
        answer = self.manager.post(f"/mail/{first['id']}/answer", {"how": "reply"})
        self.letter(self.manager, [to_head], *LETTERS[1], draft=answer, links=links)
        managers = next(e for e in self.business.get("/mail-addresses?words=客户经理&kind=role")["items"])
        self.letter(self.business, [managers], "四季度利率优惠的口径", "优惠只看签约当天的等级，补签的按补签那天。\n有不同理解的直接回我。")
        wrong = self.letter(self.business, [managers], "四季度利率优惠的口径（作废）", "请以下一封为准。")
        self.business.post(f"/mail/{wrong['id']}/recall", {"reason": "附表拿错了"})
        self.manager.post("/mail", {"to": [], "subject": "约东街市场商户座谈", "text": "想请分管行长一起去，时间定在下周三下午，地点"})
        self.manager.post("/mail-groups", {"name": "城关信贷", "members": [{k: to_head[k] for k in ("kind", "id", "name")}]})

    def notice(self, of, title, text, audience, **more):
        body = {"title": title, "text": text, "importance": "important", "audience": audience, "day": self.day(0),
                "until": self.day(180), **more}  # longer than what a walk imports
        kept = of.post("/notices", body)
        return of.post(f"/notices/{kept['id']}/publish", {"version": kept["version"]})

    def notices(self):
        every = [{"kind": "all", "id": "", "name": "全行"}]
        asked = self.notice(self.business, "开户和大额转账核对手机号", NOTICE, every, pinned=True, must_know=True,
                            know_by=self.day(5))
        if asked["state"] == "proposed":
            self.role["executive"].post(f"/notices/{asked['id']}/check", {"agreed": True})
        self.role["executive"].post(f"/notices/{asked['id']}/know")
        self.head.post(f"/notices/{asked['id']}/know")
        branch = self.head.get(f"/staff/{self.head.staff}")["branch"]
        here = [e for e in self.head.get("/mail-addresses?kind=org&words=" + branch)["items"] if e["id"] == branch]
        if here:
            self.notice(self.head, "周五晨会改到八点", "这周五有检查，晨会提前半小时，请带上本周走访记录。",
                        [{k: here[0][k] for k in ("kind", "id", "name")}])
        self.role["hr"].post("/notices", {"title": "春节值班安排", "text": "各部门报值班表，人力资源汇总。", "importance": "normal",
                                          "audience": every, "day": self.day(10), "until": self.day(40)})
        self.notice(self.business, "企业客户年检资料清单", "营业执照、章程、上年报表；缺件的三十日内补齐。", every)

    def outbox(self):
        admin = self.role["administrator"]
        admin.post("/outbox-channels", {"name": "短信网关", "kind": "sms", "url": "https://sms.gateway.invalid/send",
                                        "secret": "sample-secret-of-the-gateway", "events": ["customer", "notice_due"],
                                        "full": False, "consent": True, "on": True})
        admin.post("/outbox-channels", {"name": "客户经理工作群", "kind": "wecom", "events": ["notice_group"], "full": False,
                                        "url": "https://wecom.gateway.invalid/cgi-bin/webhook/send?key=sample",
                                        "consent": False, "on": True})
        customers = self.manager.get("/customers?page_size=1")["items"]
        for customer in customers:
            self.manager.post(f"/consents/{customer['id']}", {"given": True, "note": "开户时在申请书上勾选同意"})
        admin.job("/todo-runs", {})


def fill(program, bank, url, logins):
    del program, bank
    life = Life(url, logins)
    if life.manager.get("/mail?folder=inbox&page_size=1")["total"]:
        return
    life.outbox()
    life.letters()
    life.notices()
