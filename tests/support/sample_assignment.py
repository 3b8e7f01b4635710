"""Who serves whom in a sample bank that is being served: a hand-over half signed, a claim that waits for its answer, an
assignment that begins today and one that waits for a second person. Nothing of it moves a figure of the past.
Does nothing when a hand-over is there already.
"""

from datetime import date, timedelta

from sample_life import Session


def holders(session, customer):
    history = session.get(f"/customers/{customer}/assignments")
    on = history["on"]
    now = [s for s in history["spans"] if s["subject_kind"] == "customer" and s["from"] <= on and (s["to"] or on) >= on]
    return [s["staff"] for s in now]


def others_customers(head, staff, wanted):
    """Customers of the branch that others serve, with the first of who does."""
    found = []
    for one in head.get("/customers?page_size=200")["items"]:
        serving = holders(head, one["id"])
        if serving and staff not in serving:
            found.append((one["id"], serving[0]))
        if len(found) == wanted:
            break
    return found


def fill(program, bank, url, logins):
    del program, bank
    head, manager = Session(url, *logins["branch_head"]), Session(url, *logins["manager"])
    if head.get("/handovers?page_size=1")["total"]:
        return
    today = date.fromisoformat(manager.get("/todos/summary")["today"])
    branch = manager.get(f"/staff/{manager.staff}")["branch"]
    mates = [s["id"] for s in head.get("/staff?page_size=500")["items"]
             if s["branch"] == branch and s["position"] == "manager" and s["in_post"] and s["id"] != manager.staff]
    if not mates or not head.staff:
        return
    case = manager.post("/handovers", {"taker": mates[0], "witness": head.staff, "why": "rotation",
                                       "day": str(today + timedelta(7)), "note": "轮岗到开发区支行，下周一交清。"})
    case = manager.post(f"/handovers/{case['id']}/begin", {"version": case["version"]})
    items = case["items"]
    manager.post(f"/handovers/{case['id']}/items", {"side": "giver", "items": [i["id"] for i in items[:3]], "note": "余额已核对"})
    files = [i["id"] for i in items[3:] if i["kind"] in ("archive", "loan")][:1]
    if files:
        manager.post(f"/handovers/{case['id']}/items", {"side": "giver", "items": files, "missing": True,
                                                        "note": "缺抵押物权证复印件，月底前补"})
    theirs = others_customers(head, manager.staff, 3)
    if len(theirs) < 3:
        return
    manager.post("/claims", {"customer": theirs[0][0], "from": str(today), "reason": "这一户由我介绍开户，一直是我上门服务。",
                             "evidence": "开户申请书上的介绍人；去年四次走访记录。"})
    for customer, day, reason in ((theirs[1][0], today, "原来的客户经理管户太多，分出来"),
                                  (theirs[2][0], today - timedelta(20), "上月调整片区时漏登")):
        head.post("/assignments", {"subject_kind": "customer", "subject": customer, "from": str(day), "to": None,
                                   "managers": [{"staff": manager.staff, "role": "main", "share": 7000},
                                                {"staff": mates[0], "role": "assist", "share": 3000}],
                                   "reason": reason, "with_accounts": False})
