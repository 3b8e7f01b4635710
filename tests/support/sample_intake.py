"""Life of the sample bank: what its people know of customers beyond the extracts.

Business defines own fields; the manager writes cards, works on people who are no customers yet, imports two tables (one
written, one with rows that are refused), papers of some borrowers ran out, and keeps a list. Does nothing when there are own fields already.
"""

import json
import urllib.request
from datetime import date, timedelta

from sample_life import Session

FIELDS = (
    {"title": "主要经营", "type": "choices", "of": "all", "choices": ["种植", "养殖", "运输", "零售", "加工"], "hint": "可以选几个", "place": 10},
    {"title": "经营面积", "type": "number", "unit": "亩", "of": "person", "hint": "自家和流转的合在一起", "place": 20},
    {"title": "有没有网店", "type": "yes_no", "of": "all", "place": 30},
    {"title": "证照到期日", "type": "date", "of": "company", "expires": True, "place": 40},
    {"title": "身份证有效期止", "type": "date", "of": "person", "expires": True, "hint": "长期有效的不填", "place": 45},
    {"title": "内部提示", "type": "text", "of": "all", "sensitive": True, "roles": ["business", "branch_head", "risk_manager"], "place": 50},
)
CARDS = (
    {"business": "承包鱼塘三口，鲜鱼走县城批发市场，春节前后资金最紧", "hobbies": "钓鱼、下象棋", "contact_time": "上午九点前",
     "place": "老粮站往东第二个路口", "lat": "28.2281", "lon": "112.9388", "income": "186000", "income_note": "按去年出塘量和批发价",
     "products": [{"bank": "邮储", "product": "定期", "amount": "80000", "until": "2026-03-18"}],
     "family": [{"relation": "儿子", "name": "在外地读大学", "note": "学费九月交"}]},
    {"business": "镇上开五金店，兼卖农具", "contact_time": "晚上七点后", "place": "镇农贸市场北门", "lat": "28.2312", "lon": "112.9441",
     "phone_note": "先发短信再打", "remark": "想把店面盘下来，明年可能要贷款"},
    {"business": "两台货车跑建材", "hobbies": "打篮球", "contact_time": "雨天在家", "place": "东街停车场", "lat": "28.2199", "lon": "112.9305"},
    {"business": "大棚蔬菜，给两所学校食堂供菜", "contact_time": "中午", "place": "河东村四组", "lat": "28.2405", "lon": "112.9512",
     "family": [{"relation": "丈夫", "note": "在家帮忙"}]},
    {"remark": "退休教师，子女在省城，只做三年定期", "contact_time": "下午", "hobbies": "书法", "lat": "28.2266", "lon": "112.9352"},
)
PROSPECTS = (
    ("文国强", {"kind": "person", "phone": "13755550101", "business": "养蜂四十箱，想买冷藏车", "source": "赶集日摆摊", "address": "柳树乡石桥村"}),
    ("柳树乡便民超市", {"kind": "company", "business": "乡上最大的超市，流水走的他行", "source": "老客户介绍", "note": "店主说等合同到期再谈"}),
    ("贺小梅", {"kind": "person", "phone": "13755550102", "business": "直播卖腊味，旺季要备货", "source": "公众号留言"}),
    # A building that was visited floor by floor.
    ("兴业大厦三层托管班", {"kind": "company", "business": "学生托管，想刷卡收费", "source": "陌生拜访", "address": "兴业大厦3层"}),
    ("兴业大厦广告公司", {"kind": "company", "business": "门头招牌，账期长", "source": "陌生拜访", "address": "兴业大厦11楼1102室"}),
)


def upload(session, what, name, rows):
    text = "\n".join(",".join(row) for row in rows) + "\n"
    query = f"/customer-imports?what={what}&name={urllib.request.quote(name)}"
    head = {**session.head, "content-type": "application/octet-stream"}
    request = urllib.request.Request(session.url + query, method="POST", headers=head, data=text.encode())
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.loads(answer.read())["import"]


def papers(manager, fields):
    """Borrowers whose licence or identity card ran out, by some weeks or days; others' hold. The night's list asks for them."""
    today = date.fromisoformat(manager.get("/todos/summary")["today"])
    for kind, field, days in (("company", fields[3], (-40, 200)), ("person", fields[4], (-12, -3, 400))):
        owing = [c["id"] for c in manager.get(f"/customers?sort=-loans_total&page_size=20&kind={kind}&loans_from=1")["items"]]
        free = [c for c in owing if manager.get(f"/customers/{c}/card")["card"] is None]
        for customer, later in zip(free, days):
            manager.call("PUT", f"/customers/{customer}/card", {"version": 0, "body": {"remark": "证照看过原件", "custom": {str(field): str(today + timedelta(later))}}})


def fill(program, bank, url, logins):
    del program, bank
    business, manager = (Session(url, *logins[role]) for role in ("business", "manager"))
    if business.get("/customer-fields")["total"]:
        return
    fields = [business.post("/customer-fields", one)["id"] for one in FIELDS]
    customers = [c["id"] for c in manager.get("/customers?sort=-deposits&page_size=40&kind=person")["items"]]
    for at, (customer, body) in enumerate(zip(customers, CARDS)):
        custom = {str(fields[0]): [FIELDS[0]["choices"][at % 5]], str(fields[1]): str(12 + 7 * at), str(fields[2]): "yes" if at % 2 else "no"}
        manager.call("PUT", f"/customers/{customer}/card", {"version": 0, "body": {**body, "custom": custom}})
    papers(manager, fields)
    for name, body in PROSPECTS:
        manager.post("/prospects", {"name": name, "body": body})
    rows = [["客户号", "方便联系的时间", "主要经营"], *([c, "周末", "种植；零售"] for c in customers[6:18])]
    done = upload(manager, "cards", "河东片入户登记.csv", rows)
    manager.post(f"/customer-imports/{done['id']}/perform", {"version": done["version"], "skip_refused": False})
    upload(manager, "cards", "镇上商户补充.csv", [["客户号", "纬度", "经度", "兴趣爱好"], [customers[0], "28.2281", "112.9388", "钓鱼、下象棋、养花"],
                                            ["K-不在", "28.2", "112.9", ""], [customers[1], "128.2", "112.9", "钓鱼"]])
    manager.post("/customer-views", {"title": "有贷款、久未走访", "query": {"loans_from": "1", "not_visited_since": "2026-01-01"},
                                     "columns": [str(fields[0])], "shared": False})
