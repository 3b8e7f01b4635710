"""Life of the sample bank: the customer register. Does nothing when it is there already.

A household and a group of companies that trade with one another; relations somebody wrote down; every customer with a
category, some confirmed and one changed with a reason; somebody on the list of bad credit and one who may leave it;
duplicates looked for, one pair merged, one that waits for the second person; a case of first access under review.
"""

import json
import urllib.request
from datetime import date, timedelta

from sample_life import Session

EVIDENCE = "样本材料：人民法院判决书摘要。借款人到期不还，经强制执行仍未履行。"


def fill(program, bank, url, logins):
    del program, bank
    business = Session(url, *logins["business"])
    if business.get("/customer-groups?form=household&page_size=1")["total"]:
        return
    manager, head, risk = (Session(url, *logins[role]) for role in ("manager", "branch_head", "risk_manager"))
    today = date.fromisoformat(manager.get("/todos/summary")["today"])
    groups(manager, today)
    categories(business, head, manager)
    bad_credit(risk, business, manager, today)
    merges(business, head)
    first_access((manager, head, business))


def mine(manager, kind, size=60):
    return manager.get(f"/customers?kind={kind}&page_size={size}")["items"]


def groups(manager, today):
    persons = mine(manager, "person")
    for one in persons:
        graph = manager.get(f"/customers/{one['id']}/relations?steps=1")
        seen = {n["id"] for n in graph["nodes"] if n["open"]}
        spouse = [r for r in graph["relations"] if r["kind"] == "spouse" and {r["customer"], r["related"]} <= seen]
        if spouse:
            other = spouse[0]["related"] if spouse[0]["customer"] == one["id"] else spouse[0]["customer"]
            members = [{"customer": one["id"], "role": "head", "from": spouse[0]["from"]},
                       {"customer": other, "role": "spouse", "from": spouse[0]["from"]}]
            break
    else:
        one = persons[0]
        members = [{"customer": c["id"], "role": role, "from": str(today - timedelta(400))}
                   for c, role in zip(persons, ("head", "kin"))]
    manager.post("/customer-groups", {"form": "household", "name": f"{one['name']}一家", "note": "同住一处，存款贷款一起看",
                                      "members": members})
    companies = mine(manager, "company", 6)
    if len(companies) > 1:
        manager.post("/customer-groups", {
            "form": "affiliated", "name": f"{companies[0]['name']}和上下游", "note": "互相供货，有一家出事都受影响",
            "members": [{"customer": c["id"], "role": "affiliate", "from": str(today - timedelta(200))}
                        for c in companies[:3]]})
        relation(manager, companies[0]["id"], "supplier", today, related=companies[1]["id"])
    relation(manager, one["id"], "cohabitant", today, related_name="李桂兰(样本)")


def relation(manager, customer, kind, today, **whom):
    manager.post(f"/customers/{customer}/relations", {
        **whom, "kind": kind, "from": str(today - timedelta(90)), "source": "上门走访", "reason": "客户自己说的，看过合同"})


def categories(business, head, manager):
    for scheme in ("loan", "vip"):
        business.post("/customer-categories/compute", {"scheme": scheme})
    waiting = head.get("/customer-categories?scheme=loan&waiting=true&page_size=40")["items"]
    for item in waiting[:24]:
        head.post(f"/customer-categories/{item['proposal']}/decide",
                  {"version": item["proposal_version"], "accept": True, "why": "看过近期走访，同意"})
    changed = [c for c in waiting[:24] if c["proposed"] == "维持类"]
    if changed:
        head.post(f"/customers/{changed[0]['id']}/categories", {
            "scheme": "loan", "category": "限制类", "why": "主要购货商欠款不还，先压缩",
            "from": str(date.fromisoformat(manager.get("/todos/summary")["today"]) + timedelta(1))})


def bad_credit(risk, business, manager, today):
    file = kept(risk)
    late = manager.get("/customers?overdue=true&page_size=5")["items"] or mine(manager, "person", 2)
    entry = {"cause": "default", "source": "本行逾期台账", "since": str(today - timedelta(60)), "files": [file],
             "reason": "逾期后失去联系，抵押物被私自处置"}
    risk.post("/bad-credit", {"customer": late[0]["id"], **entry})
    listed = risk.post("/bad-credit", {"name": "赵广发(样本)", "cause": "court", "reason": "被法院列为失信被执行人",
                                       "source": "法院公告", "since": str(today - timedelta(400)), "files": [file]})
    business.post(f"/bad-credit/{listed['record']}/ask-removal", {"version": listed["version"],
                                                                   "why": "已经履行完毕，法院已撤下"})


def kept(session):
    head = {**session.head, "content-type": "application/octet-stream"}
    where = session.url + "/files?name=" + urllib.request.quote("判决书摘要.txt") + "&type=text/plain"
    request = urllib.request.Request(where, method="POST", headers=head, data=EVIDENCE.encode())
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.loads(answer.read())["digest"]


def merges(business, head):
    business.post("/customer-duplicates/find")
    pairs = head.get("/customer-duplicates?page_size=2")["items"]
    for at, pair in enumerate(pairs):
        merge = business.post("/customer-merges", {"survivor": pair["one"]["id"], "absorbed": pair["other"]["id"],
                                                   "why": "同一个人，早年开户时又建了一个客户号"})
        if not at:
            head.post(f"/customer-merges/{merge['id']}/decide", {"accept": True, "why": "核对过身份证原件"})


def first_access(sessions):
    """Filed by the first of them who serves a company that never borrowed, reviewed by the next."""
    for who, reviewer in zip(sessions, sessions[1:]):
        for company in mine(who, "company", 200):
            asked = who.get(f"/customers/{company['id']}/first-access")["asked"]
            if not any(isinstance(a["result"], dict) and a["result"].get("首贷客户") for a in asked):
                continue
            case = who.post(f"/customers/{company['id']}/first-access", {
                "given": {"规模划型已确认": True, "准入状态": "审查中"}, "why": "新开的建材门市，想贷流动资金五十万元"})
            reviewer.post(f"/first-access/{case['id']}/step", {"version": case["version"], "accept": True,
                                                               "why": "看过厂房和合同，同意上报"})
            return
