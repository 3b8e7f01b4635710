"""Life of the sample bank: leads in every stage (one untouched, one late), a referral that was won and one that waits,
a campaign that runs with a control group and contacts, one that waits for its second person, products and needs of
customers. Does nothing when it is there already.
"""

from contextlib import suppress
from datetime import date, timedelta

from sample_life import Session

OWN = (
    ("赵记粮油店", "陌生拜访", "POS机", "0.00", "店里只收现金，想装一台", ("赵老板", "13905550101")),
    ("东岭村合作社", "展览讲座交流", "流动资金贷款", "800000.00", "农机展上认识，春耕前要用款", ("钱会计", "13905550102")),
    ("孙家汽修", "现有客户推荐", "个人经营贷款", "200000.00", "想扩一间门面", ("孙师傅", "13905550103")),
    ("周氏建材", "线上申请", "结算账户", "300000.00", "在网上填了开户预约", ("周女士", "13905550104")),
    ("吴记餐饮", "亲友及同事推荐", "定期存款", "150000.00", "拆迁款下月到账", ("吴先生", "13905550105")),
)
POOL = (
    ("县建筑公司拆迁款", "员工提供", "定期存款", "3000000.00", "听说拆迁款本月到账，请行领导出面"),
    ("网上预约 8812", "线上申请", "信用卡", "0.00", "手机银行上申请，请联系"),
    ("食品厂", "行业或专业名录", "代发工资", "500000.00", "一百二十人，现在在别行代发"),
)


class Life:
    def __init__(self, url, logins):
        self.role = {r: Session(url, *logins[r]) for r in ("manager", "branch_head", "business", "executive")}
        self.manager, self.head, self.business = (self.role[r] for r in ("manager", "branch_head", "business"))
        self.today = date.fromisoformat(self.manager.get("/todos/summary")["today"])

    def day(self, later):
        return str(self.today + timedelta(later))

    def note(self, of, name, source, product, amount, note, **more):
        body = {"name": name, "source": source, "product": product, "amount": amount, "note": note, "anyway": True, **more}
        if source == "展览讲座交流":
            body |= {"met_at": "县农机展", "follow_up": True}
        return of.post("/leads", body)

    def step(self, of, lead, what, **body):
        return of.post(f"/leads/{lead['id']}/{what}", {"version": lead["version"], **body})

    def contact(self, of, lead, channel, outcome, text, **more):
        return self.step(of, lead, "contacts", channel=channel, outcome=outcome, text=text, **more)

    def own(self):
        made = []
        for name, source, product, amount, note, (contact, phone) in OWN:
            made.append(self.note(self.manager, name, source, product, amount, note, contact=contact, phone=phone,
                                  owner=self.manager.staff, department="负责人"))
        shop, farm, garage, stone, food = made
        # The letter went out an hour and a half ago: the call is due now.
        self.manager.call("PUT", f"/leads/{shop['id']}", {
            "version": shop["version"], "name": shop["name"], "source": shop["source"], "product": shop["product"],
            "contact": "赵老板", "note": shop["note"], "letter_at": self.ago(90), "next_step": "问函收到没有",
            "next_day": self.day(0)})
        farm = self.contact(self.manager, farm, "电话", "有意向", "财务说三月用款，先看抵押", department="财务部",
                            next_step="上门看农机", next_day=self.day(2))
        garage = self.contact(self.manager, garage, "上门", "有意向", "看了门面，流水还可以")
        garage = self.step(self.manager, garage, "move", stage="有意向")
        self.step(self.manager, garage, "move", stage="方案", judged="一般", quality="流水稳，铺面是租的", scale="个人和农户",
                  complexity="几样产品", industry="汽车修理", scheme="先办结算户和收款码，看三个月流水再放款")
        stone = self.contact(self.manager, stone, "微信", "再联系", "下周公章办好再来", next_step="约开户时间",
                             next_day=self.day(0))
        food = self.contact(self.manager, food, "电话", "没有需要", "已经存了他行三年期")
        self.step(self.manager, food, "move", stage="未成", why="利率比他行低")
        customers = self.manager.get("/customers?page_size=4")["items"]
        won = self.note(self.manager, "", "现有客户推荐", "定期存款", "60000.00", "邻居介绍来问大额存单",
                        customer=customers[0]["id"], recommender=customers[1]["id"], owner=self.manager.staff)
        won = self.contact(self.manager, won, "网点", "已经办理", "当场转存三年期")
        won = self.step(self.manager, won, "move", stage="有意向", judged="优质", quality="多年老客户")
        self.step(self.manager, won, "move", stage="成交",
                  deal={"kind": "customer", "object": customers[0]["id"], "amount": "60000.00"})

    def ago(self, minutes):
        from datetime import UTC, datetime
        return (datetime.now(UTC) - timedelta(minutes=minutes)).isoformat(timespec="seconds").replace("+00:00", "Z")

    def pool(self):
        for one in POOL:
            self.note(self.head, *one)
        given = self.note(self.head, "新城物业", "报章杂志广告媒体", "代发工资", "120000.00", "招聘广告上看到，八十名保安")
        self.step(self.head, given, "assign", to=self.manager.staff, why="离你的片区近")
        mine = self.note(self.head, "驾校王校长", "俱乐部与社团", "结算账户", "0.00", "球友，想换开户行",
                         owner=self.head.staff)
        self.head.post(f"/leads/{mine['id']}/refer", {"to": self.manager.staff, "note": "人在您片区，先约喝茶"})

    # One taken, one done that waits to be told, one visit that is booked.
    def passes(self):
        customers = self.manager.get("/customers?page_size=4")["items"]

        def sent(of, customer, text, **more):
            return of.post("/need-passes", {"what": "研究办理", "form": "书面", "stage": "售前", "text": text,
                                            "customer": customer["id"], "to": self.head.staff, **more})

        taken = sent(self.manager, customers[0], "想把贷款还款日改到十号，厂里十号发货款", stage="售后")
        self.step_pass(self.head, taken, "take")
        done = sent(self.manager, customers[1], "问大额存单能不能提前支取一部分", form="口头")
        done = self.step_pass(self.head, done, "take")
        self.step_pass(self.head, done, "done", text="可以提前支取一次，剩下的按原利率", method="柜面当天办，带身份证和存单")
        for later in range(1, 15):  # the first day the outlet is open: on another one a visit is refused
            with suppress(SystemExit):
                sent(self.manager, customers[2], "老人要开卡，子女陪着来，请安排专人", what="到店预约",
                     visit_on=self.day(later), visit_at="10:00")
                break

    def step_pass(self, of, one, what, **more):
        return of.post(f"/need-passes/{one['id']}/step", {"version": one["version"], "what": what, **more})

    def products(self):
        customers = self.manager.get("/customers?page_size=3")["items"]
        for product in ("POS机", "网上银行", "定期存款", "转账电话"):
            self.manager.post("/product-knowledge", {"product": product})
        one = customers[0]["id"]
        self.manager.call("PUT", f"/customers/{one}/products/POS机", {
            "version": 0, "progress": "使用中", "device": "POS-20391", "offered_on": self.day(-60),
            "installed_on": self.day(-50)})
        self.manager.post(f"/customers/{one}/products/POS机/maintenance", {"version": 1, "text": "换纸，教会看日结单"})
        self.manager.call("PUT", f"/customers/{one}/products/代理保险", {
            "version": 0, "progress": "客户不要", "reason": "已经买过", "channel": "上门"})
        self.manager.call("PUT", f"/customers/{one}/need", {
            "version": 0, "kinds": ["理财", "结算汇兑"], "expected_return": "不低于三年定期", "haste": "不急",
            "proposal": "大额存单加网上银行", "risk_level": 2, "assessed_on": self.day(-20), "day": self.day(-20)})

    def campaigns(self):
        draft = self.business.post("/campaigns", {
            "title": "开门红：到期存款留存", "purpose": "一季度到期的定期有人联系，留得住", "product": "定期存款",
            "script": "您好，您有一笔定期快到期了，利率表我带给您，看看续多久合适。", "leaflet": "大额存单折页（2026 版）",
            "condition": "存款余额 >= 20000 and 贷款余额 = 0", "success": "存款余额 >= 当时存款余额 + 10000",
            "control": "0.2", "target": 20, "from": self.day(0), "to": self.day(90)})
        proposed = self.business.post(f"/campaigns/{draft['id']}/propose", {"version": draft["version"]})
        self.role["executive"].post(f"/campaigns/{draft['id']}/decide",
                                    {"version": proposed["version"], "agree": True})
        lines = self.manager.get(f"/campaigns/{draft['id']}/lines?whose=mine&state=open")["items"]
        said = (("电话", "有意向", "愿意转两万到三年期"), ("电话", "没有联系上", "关机"), ("上门", "再联系", "等儿子回来商量"),
                ("短信", "不愿再联系", "说不要再发短信"))
        for line, (channel, outcome, text) in zip(lines, said):
            self.manager.post(f"/campaigns/{draft['id']}/lines/{line['key']}/contacts",
                              {"channel": channel, "outcome": outcome, "text": text})
        waits = self.head.post("/campaigns", {
            "title": "贷款客户开网银", "purpose": "贷款客户都用上网银", "product": "网上银行",
            "condition": '贷款余额 > 0 and not(list contains(持有品种, "sale:e_banking"))',
            "success": 'list contains(持有品种, "sale:e_banking")', "control": "0", "target": 10,
            "from": self.day(0), "to": self.day(60)})
        self.head.post(f"/campaigns/{waits['id']}/propose", {"version": waits["version"]})


def fill(program, bank, url, logins):
    del program, bank
    life = Life(url, logins)
    if life.manager.get("/leads?page_size=1")["total"]:
        return
    life.own()
    life.pool()
    life.passes()
    life.products()
    life.campaigns()
