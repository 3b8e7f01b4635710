"""Life of the sample bank: reports.

The manager keeps a list of his loans that fall due and has it made every week; the head of the branch shares what each
manager must collect with the managers; the executive keeps the branches by month; one file is made and waits to be
fetched, one was cancelled. Enterprises' credit at all banks, which no extract brings, stands in a field of the bank's
own on some of their cards. Does nothing when a report is kept already.
"""

import time

from sample_life import Session


def spec(source, **more):
    return {"source": source, **more}


def flt(column, op, *values):
    return {"column": column, "op": op, "values": list(values)}


def credit_at_all_banks(business, head):
    """Of every second enterprise of the branch: twice what it owes here, or four times."""
    field = business.post("/customer-fields", {"title": "自身用信总额", "type": "number", "of": "company", "unit": "元",
                                               "hint": "企业在各家银行的用信合计，看征信报告"})
    sheet = head.post("/report-rows", {"spec": spec("basic_accounts", columns=["customer", "balance"]), "page_size": 12})
    for n, row in enumerate(sheet["items"][::2]):
        customer, balance = row["cells"][0], float(row["cells"][1])
        card = head.get(f"/customers/{customer}/card")["card"]
        body = dict(card["body"]) if card else {}
        body["custom"] = {**body.get("custom", {}), str(field["id"]): f"{balance * (2 if n % 2 else 4):.2f}"}
        head.call("PUT", f"/customers/{customer}/card", {"version": card["version"] if card else 0, "body": body})


def fill(program, bank, url, logins):
    del program, bank
    role = {name: Session(url, *login) for name, login in logins.items()}
    manager, head, executive, auditor = (role[r] for r in ("manager", "branch_head", "executive", "auditor"))
    if manager.get("/reports")["own"]:
        return
    credit_at_all_banks(role["business"], head)
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
