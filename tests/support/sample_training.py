"""Life of the sample bank: training and exams. Does nothing when there is a topic already.

HR keeps topics, ten courses, the plan of the year that business agreed to and one that waits; sessions lie behind and
ahead, people came, were late, were ill, said what they thought; people learned alone. HR wrote a bank of questions about
the sample rules, business checked all but a few. One exam is over, was sat by the head and the risk manager and waits for
its marks; another one is open for everybody who manages customers, for longer than any walk imports dates.
"""

from datetime import date, timedelta

from sample_life import Session

TOPICS = (("信贷业务", "贷前、贷中、贷后和风险"), ("产品知识", "存款、贷款、电子银行和理财"), ("营销和服务", "走访、谈话和服务规范"),
          ("合规和案防", "反诈骗、反洗钱、典型案例"), ("新员工", "新任客户经理和新员工"))
# title, topic, class, contents, hours, mode, self study, exam kind, positions
COURSES = (
    ("贷后检查怎么做", 0, "基本业务技能", ["业务技能", "专业知识"], "3.5", "集中授课", False, "", ["manager"]),
    ("风险分类新口径", 0, "金融基础理论", ["新规定", "专业知识"], "2", "集中授课", False, "季度培训考试", []),
    ("小微贷款新产品", 1, "银行产品知识", ["新产品", "银行产品知识"], "2", "集中授课", False, "课程考试", ["manager"]),
    ("手机银行和收单", 1, "银行产品知识", ["银行产品知识", "业务培训"], "1.5", "自学", True, "", []),
    ("走访谈话怎样自然", 2, "服务营销技巧", ["回访话术", "销售技巧"], "3", "优秀客户经理讲课", False, "", ["manager"]),
    ("客户服务规范", 2, "服务营销技巧", ["客户服务技能"], "2", "集中授课", False, "", []),
    ("典型案例警示", 3, "其他", ["风险防范意识", "典型案例探讨"], "1.5", "集中授课", False, "", []),
    ("客户经理代表银行", 3, "其他", ["代理人观念"], "1", "自学", True, "", ["manager"]),
    ("点钞和传票基本功", 4, "基本业务技能", ["基本功练习"], "4", "跟班跟单", False, "", ["trainee_manager"]),
    ("上岗前集中培训", 4, "基本业务技能", ["银行产品知识", "销售技巧", "客户服务技能", "新制度"], "16", "集中授课", False, "上岗培训考试", ["manager"]))
LINES = (("03", "风险分类新口径", 1, [], 60, "2000"), ("04", "小微贷款新产品", 2, ["manager"], 40, "3000"), ("01", "贷后检查怎么做", 0, ["manager"], 40, None),
         ("06", "网点负责人转变观念", None, ["branch_head"], 12, "8000"), ("11", "典型案例警示", 6, [], 120, "1500"), ("02", "信贷监督怎样执行", None, [], 30, "1000"), ("05", "供应链融资案例", None, ["manager"], 30, "4000"),
         ("10", "个贷监测", None, ["manager"], 40, "1000"), ("12", "到支行现场指导", None, [], 20, "3000"))


def questions():
    """(topic, type, difficulty, points, stem, options, accepted, explanation): plainly of the sample rules."""
    out = []
    for days, grade in (("0", "A"), ("30", "A"), ("90", "B"), ("180", "C"), ("360", "D")):
        out.append((0, "single", 1, "4", f"样例制度：贷款逾期 {days} 天，归入哪一档？", ["一档（示例）", "二档（示例）", "三档（示例）", "四档（示例）"],
                    [grade], "只是样例，本行以自己的分类办法为准"))
    for what, right in (("可以代客户在合同上签字", "false"), ("贷后检查要留下照片和地点", "true"), ("客户的身份证号可以发到工作群", "false"),
                        ("一人可以既经办又复核同一笔指派", "false"), ("移交要逐项签字，由上级监交", "true"), ("不良贷款可以用新贷款归还利息", "false"),
                        ("走访记录可以改，改一次留一个版本", "true"), ("自己的考核表可以自己打分", "false")):
        out.append((3, "judge", 1, "3", f"样例制度：{what}。", [], [right], "见样例制度的岗位和操守"))
    for what, options, right in (("贷前调查至少要看", ["流水", "征信", "实地", "生肖"], ["A", "B", "C"]), ("哪些事要两个人", ["计划审批", "题目复核", "写日志", "成绩公布"], ["A", "B", "D"]),
                                 ("哪些算统一培训的内容", ["新产品", "新制度", "唱歌比赛", "专业知识"], ["A", "B", "D"]), ("见客户前先准备", ["余额和到期", "上次谈了什么", "同事的工资", "要问的话"], ["A", "B", "D"]),
                                 ("发现集中转入转出", ["问客户", "看合同", "写明理由再定", "当没看见"], ["A", "B", "C"]), ("请假时工作交给谁", ["系统登记的替岗人", "随便一个人", "上级指定的人", "没有人"], ["A", "C"])):
        out.append((0 if "贷" in what or "转" in what else 2, "multiple", 2, "5", f"样例制度：{what}？", options, right, "少选得一半，选错不得分"))
    for what, value, off in (("任职资格考试多少分合格", "70", "0"), ("一次课迟到算计划学时的几成（写小数）", "0.5", "0"), ("重点客户定期存款到期前几个工作日提醒", "3", "0"),
                             ("年学时要求是多少", "40", "0"), ("年化 3.6% 的月利率是千分之几", "3", "0.01")):
        out.append((1, "number", 2, "4", f"样例制度：{what}？", [], [value], "数字来自样例制度包的参数", off))
    for what, accepted in (("客户经理每天写的记录叫什么", ["工作日志", "日志"]), ("换管户人要办的手续叫什么", ["移交", "管户移交"]), ("贷款发放后的检查叫什么", ["贷后检查", "贷后管理"]),
                           ("考核表上自己写的那一栏叫什么", ["自评", "自我评价"]), ("给客户评的信用等级简称什么", ["评级", "信用等级"])):
        out.append((2, "text", 2, "4", f"样例制度：{what}？", [], accepted, "几种写法都算对"))
    for what in ("客户要您代签合同，您怎么说、怎么办？", "一户贷款快到期，您的检查提纲怎么列？", "客户问利率能不能再低，您怎么谈？"):
        out.append((2, "open", 3, "10", f"样例制度：{what}", [], [], "看三点：守规矩、说清楚、有下一步"))
    return out


class Life:
    def __init__(self, url, logins):
        self.role = {role: Session(url, *login) for role, login in logins.items()}
        self.hr, self.business, self.manager, self.head = (self.role[r] for r in ("hr", "business", "manager", "branch_head"))
        self.today = date.fromisoformat(self.hr.get("/training-words")["today"])
        self.branch = self.hr.get(f"/staff/{self.manager.staff}")["branch"]
        self.managers = [s["id"] for s in self.hr.get("/staff?page_size=500")["items"]
                         if s["branch"] == self.branch and s["position"] == "manager" and s["in_post"]]

    def day(self, later):
        return str(self.today + timedelta(later))

    def catalogue(self):
        self.topics = [self.hr.post("/training-topics", {"title": t, "about": a, "place": i})["id"] for i, (t, a) in enumerate(TOPICS)]
        self.courses = []
        for title, topic, kind, contents, hours, mode, alone, exam, groups in COURSES:
            self.courses.append(self.hr.post("/training-courses", {
                "title": title, "topic": self.topics[topic], "class": kind, "contents": contents, "hours": hours, "mode": mode,
                "self_study": alone, "exam_kind": exam, "groups": groups, "teacher": self.head.staff, "product": "新产品" in title,
                "about": "样例课程：讲什么、练什么、怎样算会了，都写在附件里。", "mandatory": topic == 3})["id"])

    def plans(self):
        year = str(self.today.year)
        lines = [{"month": f"{year}-{month}", "title": title, "groups": groups, "people": people, "budget": budget,
                  **({"place": "各支行"} if "现场" in title else {}),
                  **({"course": self.courses[course]} if course is not None else {})} for month, title, course, groups, people, budget in LINES]
        plan = self.hr.post("/training-plans", {"title": f"{year} 年信贷培训计划", "period": year, "lines": lines,
                                                "about": "按上年考核的短处排：贷后、分类、谈话。缺什么补什么。"})
        plan = self.hr.post(f"/training-plans/{plan['id']}/steps", {"version": plan["version"], "what": "submit"})
        self.plan = self.business.post(f"/training-plans/{plan['id']}/steps", {"version": plan["version"], "what": "approve"})
        self.hr.call("PUT", f"/training-plans/{self.plan['id']}/selected", {"version": self.plan["version"], "selected": [
            {"staff": self.managers[0], "result": "选送省行骨干班", "reason": "贷后检查连续两季满分"}]})
        quarter = (self.today.month - 1) // 3 + 1
        waits = self.head.post("/training-plans", {"title": f"{self.today.year} 年第 {quarter} 季支行学习计划", "period": f"{year}Q{quarter}",
                                                   "about": "每周三晚半小时。", "lines": [
                                                       {"month": f"{year}-{3 * quarter:02d}", "title": "政治学习和案防", "people": 12}]})
        self.head.post(f"/training-plans/{waits['id']}/steps", {"version": waits["version"], "what": "submit"})

    def session(self, course, later, **more):
        days = {"day": self.day(later), "from": "14:00", "to": "17:00", "place": "总行三楼培训室", "teacher": self.head.staff, **more}
        title = COURSES[course][0]
        made = self.hr.post("/training-sessions", {"title": f"{title}（{days['day'][5:]}）", "course": self.courses[course],
                                                   "hours": COURSES[course][4], **days})
        return made["id"]

    def call(self, session, people):
        return self.hr.post(f"/training-sessions/{session}/places", {"people": people})

    def sessions(self):
        first = self.plan["lines"][2]["id"]
        past = self.session(0, -20, plan=self.plan["id"], line=first)
        self.call(past, self.managers)
        states = ["present"] * len(self.managers)
        rows = [{"staff": s, "state": k} for s, k in zip(self.managers, states)]
        if len(rows) > 2:
            rows[-1].update(state="late", reason="在客户那里签合同"), rows[-2].update(state="excused", reason="病假，有假条")
        self.hr.post(f"/training-sessions/{past}/attendance", {"rows": rows})
        done = self.hr.get(f"/training-sessions/{past}")
        self.hr.post(f"/training-sessions/{past}/steps", {"version": done["version"], "what": "close"})
        if self.manager.staff in self.managers and done["people"]:
            self.manager.post(f"/training-sessions/{past}/feedback", {"content": 5, "teacher": 4, "use": 5, "words": "照片怎么拍讲得好，再多讲两个案例"})
        near = self.session(6, 3, self_enrol=True, capacity=len(self.managers) + 1, until=self.day(3))
        self.call(near, self.managers[:-1] if len(self.managers) > 1 else self.managers)
        # One is on today, and long enough for any walk to sign in.
        self.session(4, 0, until=self.day(55), self_enrol=True, teacher=self.head.staff)
        self.session(2, 100, self_enrol=True, capacity=30, enrol_until=self.day(95))
        self.session(9, 120, lecturer="省联社 周老师", teacher="")

    def alone(self):
        note = self.manager.post("/training-studies", {"title": "读完《商业银行营销策略》第三章", "content": "产品组合和交叉销售，记了三页笔记",
                                                       "result": "周会上讲十分钟", "study": "self", "day": self.day(-6), "hours": "2"})
        self.head.post(f"/training-studies/{note['id']}/decide", {"version": note["version"], "confirmed": True})
        self.manager.post("/training-studies", {"title": "金融理财师网课", "content": "第二讲 资产配置", "result": "测验八十五分", "study": "external",
                                                "day": self.day(-2), "hours": "1.5"})
        self.manager.call("PUT", f"/study-plans/{self.manager.staff}", {"version": 0, "year": self.today.year, "gap": "上年考核：贷后检查和理财弱", "goals": [
            {"what": "金融基础理论：货币信贷政策", "how": "每周一篇", "by": f"{self.today.year}-06-30"},
            {"what": "风险管理和典型案例", "how": "参加集中培训，自己讲一次", "by": f"{self.today.year}-09-30"},
            {"what": "考金融理财师", "how": "网课加刷题", "by": f"{self.today.year}-12-31"}]})

    def bank_of_questions(self):
        kept = []
        for topic, kind, level, points, stem, options, accepted, explanation, *off in questions():
            kept.append(self.hr.post("/exam-questions", {"topic": self.topics[topic], "type": kind, "difficulty": level, "points": points, "stem": stem,
                                                         "options": options, "accepted": accepted, "explanation": explanation, "tolerance": off[0] if off else "0",
                                                         **({"pack": "house-training", "article": "第六条"} if kind == "number" else {})}))
        for one in kept[:-2]:
            self.business.post(f"/exam-questions/{one['id']}/steps", {"version": one["version"], "what": "check"})

    def paper(self, title, seed, parts):
        drawn = self.hr.post("/exam-papers", {"title": title, "seed": seed, "parts": parts})
        return self.business.post(f"/exam-papers/{drawn['id']}/check", {"version": drawn["version"]})["id"]

    def exams(self):
        short = self.paper("四季度培训考试卷", "2025Q4", [{"type": "single", "n": 3, "points": "10"}, {"type": "judge", "n": 5, "points": "10"},
                                                   {"type": "open", "n": 1, "points": "20"}])
        over = self.hr.post("/exams", {"title": "四季度培训考试", "paper": short, "exam_kind": "季度培训考试", "day": self.day(0), "until": self.day(60),
                                       "opens": "00:00", "closes": "24:00", "minutes": 30, "about": "样例考试：单选、判断、一道问答。"})
        self.hr.post(f"/exams/{over['id']}/candidates", {"people": [self.head.staff, self.role["risk_manager"].staff]})
        for who, right in ((self.head, True), (self.role["risk_manager"], False)):
            sitting = who.post(f"/exams/{over['id']}/sit")
            for q in sitting["questions"]:
                said = ["A"] if q["options"] else "false" if q["type"] == "judge" and right else "true" if q["type"] == "judge" else "先谢绝，说明规定，再帮客户约时间来行里签。"
                who.call("PUT", f"/exam-sittings/{sitting['id']}/answers/{q['place']}", {"answer": said})
            who.post(f"/exam-sittings/{sitting['id']}/hand-in")
        long = self.paper("上岗培训考试卷", self.day(0), [{"type": "single", "n": 4, "points": "5"}, {"type": "judge", "n": 6, "points": "5"},
                                                   {"type": "multiple", "n": 4, "points": "5"}, {"type": "number", "n": 3, "points": "5"},
                                                   {"type": "text", "n": 3, "points": "5"}])
        live = self.hr.post("/exams", {"title": "上岗培训考试（第一场）", "paper": long, "exam_kind": "上岗培训考试", "day": self.day(0), "until": self.day(200),
                                       "opens": "00:00", "closes": "24:00", "minutes": 60, "course": self.courses[9],
                                       "about": "样例考试：二十题，一百分，六十分合格，可以补考一次。开考以后每答一题就保存，断了接着考。"})
        self.hr.post(f"/exams/{live['id']}/candidates", {"positions": ["manager"]})

    def qualified(self):
        """The manager passes the exam of qualification; what it gives is seen on the page of grades."""
        known = {q[4]: q[6][0] for q in questions() if q[1] == "judge"}
        paper = self.paper("任职资格理论卷", "qualification", [{"type": "judge", "n": 6, "points": "10"}])
        exam = self.hr.post("/exams", {"title": "任职资格理论考试（补考场）", "paper": paper, "exam_kind": "任职资格考试", "day": self.day(0),
                                       "until": self.day(30), "opens": "00:00", "closes": "24:00", "minutes": 30, "about": "样例考试：六道判断。"})
        exam = self.hr.post(f"/exams/{exam['id']}/candidates", {"people": [self.manager.staff]})
        sitting = self.manager.post(f"/exams/{exam['id']}/sit")
        for q in sitting["questions"]:
            self.manager.call("PUT", f"/exam-sittings/{sitting['id']}/answers/{q['place']}", {"answer": known[q["stem"]]})
        self.manager.post(f"/exam-sittings/{sitting['id']}/hand-in")
        self.business.post(f"/exams/{exam['id']}/steps", {"version": exam["version"], "what": "release"})

    def certificates(self):
        """A colleague who is no manager holds what one may sell funds with: somebody to strengthen the team with."""
        colleague = self.role["risk_manager"].staff
        self.hr.post("/people-facts", {"facts": [
            {"of": "staff", "subject": colleague, "kind": "certificate", "name": "基金从业资格", "value": "F2024-0117", "from": "2024-01-17", "document": "人字 2024 年 6 号"},
            {"of": "staff", "subject": colleague, "kind": "certificate", "name": "代理保险资格", "value": "B2025-0302", "from": "2025-03-02", "to": self.day(60),
             "document": "人字 2025 年 11 号"}]})

    def live(self):
        self.catalogue()
        self.plans()
        self.sessions()
        self.alone()
        self.bank_of_questions()
        self.exams()
        self.qualified()
        self.certificates()


def fill(program, bank, url, logins):
    del program, bank
    life = Life(url, logins)
    if life.hr.get("/training-topics?page_size=1")["total"]:
        return
    life.live()
