"""Life for the list of to-dos of a sample bank that is being served, on top of what its packs ask for.

The head office gives the manager three tasks; one is done with a note, one is put off. Another manager of the
branch is away for some days, and the manager does the work. Does nothing when a task was given already.
"""

from datetime import date, timedelta

from sample_life import Session

TASKS = (("约东街市场的商户谈收单", 0, True), ("补齐益农建材的购销合同", 2, False), ("整理上季走访记录，周会上讲", 5, False))


def fill(url, logins):
    executive, manager, hr = (Session(url, *logins[role]) for role in ("executive", "manager", "hr"))
    if executive.get("/todos?whose=team&source=assigned&page_size=1")["total"]:
        return
    today = date.fromisoformat(executive.get("/todos/summary")["today"])
    given = [executive.post("/todos", {"title": title, "assignee": manager.staff, "due": str(today + timedelta(days)),
                                       "urgent": urgent}) for title, days, urgent in TASKS]
    manager.post(f"/todos/{given[2]['id']}/done", {"note": "已整理成一页，十二户里三户要跟进"})
    manager.post(f"/todos/{given[1]['id']}/snooze", {"until": str(today + timedelta(1)), "reason": "客户明天才在县里"})
    branch = manager.get(f"/staff/{manager.staff}")["branch"]
    others = [s["id"] for s in executive.get("/staff?page_size=500")["items"]
              if s["branch"] == branch and s["position"] == "manager" and s["in_post"] and s["id"] != manager.staff]
    if others:
        hr.post("/absences", {"staff": others[0], "substitute": manager.staff, "from": str(today),
                              "to": str(today + timedelta(4)), "kind": "leave", "reason": "年休假"})
