"""Life for the pages of simulations of a sample bank that is being served.

One simulation that the business department shares (a wider bonus for deposits, a third of the interest score's weight
moved to deposits), one of a month with its pay, one of its own (plans of everyone a tenth higher). Does nothing when the bank has one.
"""

from sample_life import SCHEME, Session

PERIOD = "2025Q3"


def fill(url, logins):
    business = Session(url, *logins["business"])
    if business.get("/simulations?page_size=1")["total"]:
        return
    ask = {"scheme": SCHEME, "period": PERIOD}
    wider = business.post("/simulations", {
        **ask, "title": "组织资金多占一成，加分放宽", "note": "供下半年方案讨论",
        "parameters": [{"name": "加分上限", "value": "8"}, {"name": "每档加分", "value": "0.2"}],
        "weights": [{"name": "组织资金得分", "weight": "0.5"}, {"name": "收息得分", "weight": "0.2"}]})
    business.post(f"/simulations/{wider['id']}/share", {"shared": True})
    paid = business.post("/simulations", {
        "scheme": SCHEME, "period": "2025-12", "title": "十二月组织资金占一半，连同工资", "weights": [{"name": "组织资金得分", "weight": "0.5"}],
        "pay": {"pack": "sample-pay", "pay_on": "2026-01-15"}})
    business.post(f"/simulations/{paid['id']}/share", {"shared": True})
    business.post("/simulations", {**ask, "title": "计划都加一成", "targets": [{"figure": "净增计划", "times": "1.1"}]})
