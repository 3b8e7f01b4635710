"""Life of the sample bank: suggestions, one of them overdue, a survey half answered, concessions, expenses, products with
what to bring, customers' questions. Plainly sample data. Does nothing when there is a product already.

Days cannot be waited for: the suggestion that is overdue is made older in the store, as the tests do.
"""

import json
import sqlite3
from datetime import date, timedelta
from pathlib import Path

from sample_life import Session

ID, BOOK, SHOP = ("身份证", "夫妻双方", 1, True), ("户口簿", "", 1, True), ("营业执照", "", 1, True)
FLOW, HOUSE = ("近六个月的流水", "哪家银行的都可以", 1, False), ("不动产权证书", "要抵押的那一处", 1, True)
PRODUCTS = (
    ("小企业易速贷", "企业贷款", "保证或抵押", "一年以内", "年利率 3.95% 起", "开业满一年，纳税正常", "小企业日常周转，三个工作日答复。",
     (SHOP, ID, FLOW, ("近两年的报表", "盖公章", 1, False)), ("报表和流水对不上的先说清", "股东在外地的要提前约"), ("挪作他用", "对外担保没有说全")),
    ("控货融资", "企业贷款", "存货质押", "半年以内", "年利率 4.20% 起", "货物放在认可的仓库", "货在仓库，也能先拿到钱。",
     (SHOP, ("仓单", "仓库盖章", 1, True), ("购销合同", "", 1, False)), ("仓库要先签三方协议",), ("货物跌价", "一货多押")),
    ("基础授信", "企业贷款", "综合授信", "一年", "按档次执行", "评级在授信范围以内", "一次核定，随用随还。",
     (SHOP, ("公司章程", "", 1, False), ("近两年的报表", "盖公章", 1, False)), ("集团客户要合并算",), ("多头授信",)),
    ("中小企业私募债", "企业融资", "债券承销", "一至三年", "按发行时市场利率", "连续两年盈利", "不靠抵押的一种融资办法。",
     (SHOP, ("审计报告", "近两年", 2, False)), ("发行要先备案",), ("到期兑付",)),
    ("非标债权投资", "企业融资", "项目投资", "一至五年", "按项目定", "项目手续齐全", "大项目的补充资金。",
     (("项目批文", "", 1, True), ("土地和规划的证", "", 1, True)), ("现金流要逐月排",), ("期限错配",)),
    ("个人住房贷款", "个人贷款", "抵押", "最长三十年", "按最新公布的执行", "首付款付清，收入够还", "买新房、二手房都可以办。",
     (ID, BOOK, ("购房合同", "", 1, True), ("首付款收据", "", 1, True), ("收入证明", "单位盖章", 1, True), FLOW),
     ("二手房要先查抵押",), ("假首付", "收入证明不实")),
    ("农户小额信用贷款", "个人贷款", "信用", "一年以内", "年利率 4.35%", "在本村住满两年，没有不良记录", "不用抵押，凭信用证书就能办。",
     (ID, BOOK, ("信用证书", "没有的当场评", 0, True)), ("外出打工的怎样联系",), ("冒名贷款", "垒大户")),
    ("个人经营贷款", "个人贷款", "抵押或保证", "三年以内", "年利率 4.05% 起", "经营满一年", "做生意的周转钱。",
     (ID, SHOP, FLOW, HOUSE), ("租来的店面要看租期",), ("借给别人用",)),
    ("商户收单", "结算服务", "机具和二维码", "随时办理", "按协议收费", "有固定的店面", "收款当天到账。",
     (SHOP, ID, ("店面照片", "门头、收银台各一张", 0, False)), ("一证多机要说明原因",), ("套现", "移机")),
    ("单位结算账户开户", "结算服务", "基本户、一般户", "随时办理", "按公布的价目", "证照齐全，法人到场", "约好时间，一次办完。",
     (SHOP, ("法人身份证", "", 1, True), ("公章和财务章", "", 0, True)), ("法人不能来的要先公证",), ("买卖账户",)),
)
SUGGESTIONS = (
    ("贷款业务建议", "东街商户的循环额度按流水核定", "商户旺季前要货款，按上年流水核一次额度，旺季里随借随还，比一笔一笔审快。", {"business": "个人经营贷款"}),
    ("同业竞争手法", "邻行上门换收单机具", "邻行的人在东街挨家换机具，答应三个月不收手续费，已经换走五户。", {"source": "商户反映", "about": "东街商户"}),
    ("同业新产品", "邻行推出按日计息的商户贷", "额度二十万元以内，手机上自己提款，按日计息。", {"source": "邻行的传单", "about": "批发零售"}),
    ("客户实际需求", "养殖户要活畜抵押的贷款", "几户养殖大户都说，棚舍不能抵押，只有牲畜，希望能押牲畜。", {"source": "走访", "about": "养殖"}),
    ("服务项目建议", "社保卡和存折一起补办", "老人跑两个窗口，建议一次办完。", {"business": "社保卡", "about": "六十岁以上的客户"}),
    ("市场调研", "粮食收购季的资金需要", "走了九家收购点，估计九月要货款三百万元左右，多数缺抵押。", {"source": "实地走访", "about": "粮食收购"}),
    ("风险提示", "建材商户的应收款拖长了", "三户建材商户的回款从两个月拖到四个月。", {"about": "建材", "cause": "楼盘停工，施工方欠款", "measure": "压缩赊销，新增的要保证"}),
)


class Life:
    def __init__(self, bank, url, logins):
        self.store = Path(bank) / "guanhu.db"
        self.role = {role: Session(url, *login) for role, login in logins.items()}
        self.manager, self.head, self.business, self.executive = (self.role[r] for r in ("manager", "branch_head", "business", "executive"))
        self.today = date.fromisoformat(self.manager.get("/todos/summary")["today"])
        choices = self.manager.get("/suggestion-choices")
        self.branch = next(u["org"] for u in choices["units"] if u["own"])

    def day(self, later):
        return str(self.today + timedelta(later))

    def products(self):
        for name, business, kind, term, rate, conditions, summary, papers, difficult, risks in PRODUCTS:
            card = {"name": name, "business": business, "product_kind": kind, "term": term, "rate": rate, "conditions": conditions,
                    "summary": summary, "difficult": list(difficult), "risks": list(risks), "ask_org": self.branch,
                    "papers": [{"name": p, "note": note, "copies": copies, "original": original} for p, note, copies, original in papers]}
            made = self.business.post("/products", card)
            made = self.business.post(f"/products/{made['id']}/propose", {"version": made["version"], "text": ""})
            if name != "非标债权投资":  # one waits for the second person
                self.executive.post(f"/products/{made['id']}/check", {"version": made["version"], "text": "", "agreed": True})
        for who, topics in ((self.head, "大额通融、跨支行的事"), (self.manager, "收单、商户贷款")):
            who.call("PUT", "/product-contacts", {"person": who.staff, "topics": topics, "hours": "工作日上午", "version": 0})

    def suggest(self, kind, title, text, more, org=""):
        return self.manager.post("/suggestions", {"suggestion": kind, "title": title, "text": text, "to_org": org or self.branch, **more})

    def suggestions(self):
        made = [self.suggest(*one) for one in SUGGESTIONS]
        loan, trick, news, need, card, research, risk = made
        taken = self.head.post(f"/suggestions/{loan['id']}/take", {"version": loan["version"], "text": ""})
        self.manager.post(f"/suggestions/{loan['id']}/add", {"version": taken["version"], "text": "流水我这里有十一户的，可以先拿去看。"})
        for of, value, text, days in ((trick, "高", "本周给这几户免三个月手续费，机具由分管行长带人去换回来", 7), (need, "一般", "报总行研究，先按保证贷款解决急用的", 40)):
            self.head.post(f"/suggestions/{of['id']}/answer", {"version": of["version"], "text": text, "accepted": True, "value": value, "do_by": self.day(days)})
        self.head.post(f"/suggestions/{card['id']}/answer", {"version": card["version"], "text": "两个系统还没有打通，明年改造时一起做", "accepted": False})
        done = self.head.post(f"/suggestions/{research['id']}/answer", {"version": research["version"], "text": "按三百万元排了收购贷款的计划", "accepted": True,
                                                                     "value": "高", "do_by": self.day(3)})
        self.head.post(f"/suggestions/{research['id']}/done", {"version": done["version"], "text": "计划已经批了"})
        self.older(news["id"], 30)

    def older(self, number, days):
        """Overdue since some days."""
        with sqlite3.connect(self.store, timeout=30) as store:
            for table in ("records", "record_versions"):
                for rowid, body in store.execute(f"SELECT rowid, body FROM {table} WHERE record_id = ?", (number,)).fetchall():
                    body = json.loads(body)
                    for name in ("take_by", "tell_above"):
                        body[name] = str(date.fromisoformat(body[name]) - timedelta(days))
                    store.execute(f"UPDATE {table} SET body = ? WHERE rowid = ?", (json.dumps(body, ensure_ascii=False), rowid))
            store.execute("UPDATE records SET day = date(day, ?), until_day = date(until_day, ?) WHERE record_id = ?", (f"-{days} days", f"-{days} days", number))

    def surveys(self):
        every = [{"kind": "role", "id": "manager", "name": "客户经理"}, {"kind": "role", "id": "branch_head", "name": "支行行长"}]
        questions = [{"kind": "single", "title": "商户最常问的是什么", "choices": ["手续费", "到账时间", "机具故障", "贷款"], "required": True},
                     {"kind": "multiple", "title": "哪些资料最难收齐", "choices": ["流水", "报表", "产权证", "收入证明"], "required": True},
                     {"kind": "scale", "title": "现在的商户贷款好不好用", "choices": [], "required": True},
                     {"kind": "text", "title": "还想说什么", "choices": [], "required": False}]
        for title, anonymous in (("商户金融需要调查", False), ("对考核办法的意见（不记名）", True)):
            made = self.business.post("/surveys", {"title": title, "intro": "用五分钟，说说一线看到的。", "anonymous": anonymous, "day": self.day(0),
                                                   "until": self.day(200), "audience": every, "questions": questions})
            self.business.post(f"/surveys/{made['id']}/start", {"version": made["version"], "text": ""})
            self.head.post(f"/surveys/{made['id']}/answer", {"answers": [[1], [0, 2], 4, "到账时间最要紧"]})
            if not anonymous:
                self.manager.call("PUT", f"/surveys/{made['id']}/draft", {"seq": 0, "answers": [[0], [], None, ""]})
        self.business.post("/surveys", {"title": "下半年想学什么", "intro": "", "anonymous": False, "day": self.day(10), "until": self.day(30),
                                        "audience": every, "questions": questions[2:]})

    def favours(self):
        levels = [{"name": "客户经理", "positions": ["manager"], "grades": [], "amount": "500.00"},
                  {"name": "支行行长", "positions": ["branch_head"], "grades": [], "amount": "5000.00"}]
        made = self.business.post("/favour-powers", {"from": self.day(0), "levels": levels})
        self.executive.post(f"/favour-powers/{made['id']}/decide", {"version": made["version"], "text": "", "agreed": True})
        customers = self.manager.get("/customers?page_size=5")["items"]
        asked = []
        for customer, kind, terms, amount, reason in zip(customers, ("fee", "rate", "priority", "fee", "rate"),
                                                         ("年内转账手续费减半", "续贷利率让 0.1 个百分点", "旺季前优先放款", "免收账户管理费", "三年期贷款让 0.5 个百分点"),
                                                         ("300.00", "1800.00", "0.00", "120.00", "26000.00"),
                                                         ("存款常年在十万元以上", "邻行给了更低的报价", "收购季等不得", "代发工资户", "整村授信的带头户"), strict=False):
            asked.append(self.manager.post("/favours", {"customer": customer["id"], "favour": kind, "terms": terms, "amount": amount, "reason": reason,
                                                        "until": self.day(200)}))
        if len(asked) > 1:
            self.head.post(f"/favours/{asked[1]['id']}/decide", {"version": asked[1]["version"], "text": "老客户，同意", "agreed": True})
        if asked:
            self.role["auditor"].post(f"/favours/{asked[0]['id']}/look", {"fine": True, "text": "看了存款流水，属实"})

    def expenses(self):
        def note(**more):
            return self.manager.post("/expenses", {"day": self.day(-1), **more})
        meal = note(expense="宴请", amount="680.00", with_whom="益农建材王经理和财务", relation="授信客户", purpose="谈明年的续贷和存款归行", place="县城", people=4)
        meal = self.manager.post(f"/expenses/{meal['id']}/submit", {"version": meal["version"], "text": ""})
        self.head.post(f"/expenses/{meal['id']}/check", {"version": meal["version"], "text": "", "agreed": True})
        big = note(expense="宴请", amount="1100.00", with_whom="收购点老板八人", relation="意向客户", purpose="收购季前的座谈", people=9)
        self.manager.post(f"/expenses/{big['id']}/submit", {"version": big["version"], "text": ""})
        gift = note(expense="礼品", amount="180.00", event="新店开张", gift="印行徽的保温壶", with_whom="兴旺超市", logo=True, useful=True, quality=True, people=1)
        gift = self.manager.post(f"/expenses/{gift['id']}/submit", {"version": gift["version"], "text": ""})
        self.head.post(f"/expenses/{gift['id']}/check", {"version": gift["version"], "text": "缺发票照片", "agreed": False})
        note(expense="宴请", amount="260.00", with_whom="李支书", people=2)  # a draft without its report

    def questions(self):
        customers = self.manager.get("/customers?page_size=3")["items"]
        made = self.manager.post("/consults", {"consult": "question", "title": "提前还款要不要违约金", "text": "客户想月底提前还清，问收不收违约金。",
                                               "answer": "答应查了合同再回话", "customer": customers[0]["id"]})
        self.manager.post("/consults", {"consult": "problem", "title": "手机银行转账限额太低", "text": "批发商户一天要付十几笔货款，限额不够。", "who": "赵老板（批发市场）",
                                        "help_org": self.branch})
        self.manager.post(f"/consults/{made['id']}/step", {"version": made["version"], "text": "满一年不收，已经告诉客户", "what": "told"})
        product = next(p for p in self.manager.get("/products?words=住房")["items"])
        points = [{"what": p["name"], "kind": "paper", "done": n < 3} for n, p in enumerate(product["papers"])]
        self.manager.post("/consults", {"consult": "handling", "title": "办理：个人住房贷款", "text": "周末看房，下周交资料。", "customer": customers[-1]["id"],
                                        "product": product["id"], "missing": points})


def fill(program, bank, url, logins):
    del program
    life = Life(bank, url, logins)
    if life.business.get("/products")["total"]:
        return
    life.products()
    life.suggestions()
    life.surveys()
    life.favours()
    life.expenses()
    life.questions()
