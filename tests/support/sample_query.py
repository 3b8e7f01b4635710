"""Life of the sample bank: reports.

The manager keeps a list of his loans that fall due and has it made every week; the head of the branch shares what each
manager must collect with the managers; the executive keeps the branches by month; one file is made and waits to be
fetched, one was cancelled. Does nothing when a report is kept already.
"""

import time

from sample_life import Session


def spec(source, **more):
    return {"source": source, **more}


def flt(column, op, *values):
    return {"column": column, "op": op, "values": list(values)}


def fill(program, bank, url, logins):
    del program, bank
    role = {name: Session(url, *login) for name, login in logins.items()}
    manager, head, executive, auditor = (role[r] for r in ("manager", "branch_head", "executive", "auditor"))
    if manager.get("/reports")["own"]:
        return
    due = spec("loans", columns=["customer_name", "loan", "due_on", "days_left", "balance", "class"],
               filters=[flt("due_on", "next_days", "180"), flt("balance", "above", "0")], sort=[{"column": "due_on", "down": False}])
    manager.post("/report-views", {"title": "半年内到期的贷款", "about": "续贷要早谈的客户", "spec": due, "every": "week"})
    manager.post("/report-views", {"title": "存款大户", "about": "存款十万元以上", "spec": spec(
        "customers", columns=["customer_name", "deposits", "loans", "last_visit", "manager"],
        filters=[flt("deposits", "from", "100000")], sort=[{"column": "deposits", "down": True}])})
    receivable = spec("loans", group=["manager"], filters=[flt("receivable", "above", "0")],
                      sums=[{"column": "receivable", "what": "sum"}, {"column": "overdue_days", "what": "most"}],
                      sort=[{"column": "sum:receivable", "down": True}])
    head.post("/report-views", {"title": "每周应收通报", "about": "晨会上念", "spec": receivable, "shared": True,
                                "roles": ["manager", "branch_head"], "every": "week"})
    executive.post("/report-views", {"title": "各支行贷款投放", "about": "按月看发放金额", "spec": spec(
        "loans", group=["org", "issued_on:month"], sums=[{"column": "principal", "what": "sum"}],
        filters=[flt("issued_on", "this_year")]), "every": "month", "format": "csv"})
    auditor.post("/report-views", {"title": "最近的导出", "about": "每月抽查", "spec": spec(
        "exports", columns=["made_on", "login", "title", "lines", "digest"], sort=[{"column": "number", "down": True}])})
    made = manager.post("/exports", {"title": "半年内到期的贷款", "format": "xlsx", "spec": due})
    gone = head.post("/exports", {"title": "每周应收通报", "format": "csv", "spec": receivable})
    for who, one in ((manager, made), (head, gone)):
        for _ in range(300):
            if who.get(f"/exports/{one['id']}")["ended_at"]:
                break
            time.sleep(0.1)
    head.call("DELETE", f"/exports/{gone['id']}")
