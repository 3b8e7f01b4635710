"""Life of the sample bank: people. Does nothing when there is a team already.

A team of three serves growers along the river, another has done its work; an AB post and a part-time post; a role that
the administrator composed, given to the risk manager; another that waits for its second person; the head of branch delegates
for some days; somebody has begun to leave, a part of what they held is signed for; the head office has its papers.
"""

from datetime import date, datetime, timedelta, timezone

from sample_life import Session


def colleagues(of, count):
    """Managers of the manager's branch, in post, besides himself."""
    branch = of.get(f"/staff/{of.staff}")["branch"]
    return [s for s in of.get(f"/staff?page_size=500&branch={branch}&position=manager")["items"]
            if s["in_post"] and s["id"] != of.staff][:count]


def teams(hr, manager, others, today):
    org = manager.get(f"/staff/{manager.staff}")["org"]
    grown = hr.post("/teams", {"name": "沿河种养小组", "purpose": "一起服务沿河三个村的种养大户", "goal": "年内走访一百二十户",
                               "org": org, "from": str(today - timedelta(60)), "leader": manager.staff,
                               "members": [others[0]["id"], others[1]["id"]]})
    hr.post(f"/teams/{grown['id']}/members", {"staff": others[2]["id"], "leads": False, "from": str(today - timedelta(20)),
                                              "reason": "接手两个村的客户"})
    hr.post(f"/teams/{grown['id']}/members/{others[1]['id']}/end", {"last": str(today - timedelta(5)), "reason": "轮岗到城区"})
    done = hr.post("/teams", {"name": "秋粮收购小组", "purpose": "收购季集中办理粮商贷款", "goal": "", "org": org,
                              "from": str(today - timedelta(120)), "leader": others[0]["id"], "members": [manager.staff]})
    hr.post(f"/teams/{done['id']}/end", {"last": str(today - timedelta(30)), "reason": "收购季结束"})
    return grown


def posts(hr, manager, others, today):
    about = {"org": manager.get(f"/staff/{manager.staff}")["org"], "from": str(today - timedelta(90))}
    hr.post("/posts", {**about, "staff": others[0]["id"], "kind": "post_b", "title": "客户经理 B 岗", "stands_for": manager.staff,
                       "document": "人字〔2025〕12 号", "reason": "休假、学习时固定替岗"})
    hr.post("/posts", {**about, "staff": others[1]["id"], "kind": "clerk", "title": "信贷内勤（兼）", "stands_for": None,
                       "document": "支行会议纪要 7", "reason": "内勤岗空缺"})


def roles(admin, logins, today):
    admin.post("/composed-roles", {"role": "team_lead", "title": "客户小组组长", "purpose": "看本组的业绩和客户",
                                   "permissions": {"score.read": "team", "customer.read": "team", "todo.read": "team"},
                                   "reason": "小组试行"})
    # Not to the manager: the stories of other pages rest on his seeing his own only.
    admin.post("/role-gifts", {"login": logins["risk_manager"][0], "role": "team_lead", "from": str(today), "reason": "协助沿河种养小组"})
    admin.post("/composed-roles", {"role": "file_check", "title": "档案核对员", "purpose": "核对客户证件，两个月",
                                   "permissions": {"customer.read": "bank", "personal.read": "bank"}, "reason": "档案专项"})
    admin.post("/role-gifts", {"login": logins["risk_manager"][0], "role": "file_check", "from": str(today),
                               "to": str(today + timedelta(60)), "reason": "档案专项核对"})


def leaving(hr, head, others, today):
    one = hr.post("/leavings", {"staff": others[3]["id"], "kind": "moved", "last_day": str(today + timedelta(10)),
                                "reason": "调县联社工作"})
    for item in [i for i in one["items"] if i["state"] == "held" and not i["own_end"]][:2]:
        head.post(f"/leavings/{one['id']}/sign", {"source": item["source"], "item": item["item"], "reason": "已约客户来行重签，由支行暂管"})


def fill(program, bank, url, logins):
    del program, bank
    hr, manager = Session(url, *logins["hr"]), Session(url, *logins["manager"])
    if hr.get("/teams?page_size=1")["total"]:
        return
    head, admin = Session(url, *logins["branch_head"]), Session(url, *logins["administrator"])
    today = (datetime.now(timezone.utc) + timedelta(hours=8)).date()  # the bank's, by the clock
    others = colleagues(manager, 4)
    if len(others) < 4:
        return
    admin.call("PUT", "/org-tree/HQ/card", {"version": 0, "phone": "0712-2855123", "address": "人民路 18 号", "hours": "8:30-17:00",
                                            "area": "全县", "windows": "6", "note": ""})
    teams(hr, manager, others, date.fromisoformat(manager.get("/todos/summary")["today"]))  # by the bank's day: plans count in it
    posts(hr, manager, others, today)
    roles(admin, logins, today)
    mates = [login["staff_id"] for login in hr.get("/logins?page_size=500")["items"] if login["login"] == logins["risk_manager"][0]]
    if head.get(f"/staff/{mates[0]}")["branch"] == head.get(f"/staff/{head.staff}")["branch"]:
        head.post("/delegations", {"taker": mates[0], "kind": "permission", "what": "todo.assign", "bounds": "只派贷后检查",
                                   "from": str(today), "to": str(today + timedelta(6)), "reason": "去省里学习一周"})
    manager.post("/delegations", {"taker": head.staff, "kind": "task", "what": "assigned", "bounds": "", "from": str(today),
                                  "to": str(today + timedelta(3)), "reason": "下乡三天"})
    leaving(hr, head, others, today)
