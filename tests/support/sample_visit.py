"""Life of the sample bank: visits of a manager (done, planned, overdue, missed, moved), with follow-ups, a photo,
places around the county town, a superior's comments, and a phone that took customers along. Does nothing when it is
there already.
"""

import hashlib
import struct
import urllib.request
import zlib
from datetime import UTC, date, datetime, timedelta

from sample_life import Session

# What was found, by which list; days before today. A county town that does not exist, somewhere in the plain.
DONE = (
    (1, "贷后回访", "上门", "仓库堆得半满，老板说年前订单多，两个工人在装车。应收主要是两家砖厂，答应月底对账。",
     {"主营和地址有无变动": "没有变动", "在岗人数": 6, "贷款用途": "照约定用", "还款来源和压力": "有把握", "客户的要求和建议": "想把收款码换成带流水的"},
     ("补齐十二月的购销合同", 3)),
    (2, "存款维护", "上门", "定期月底到期，准备给儿子付首付，愿意留一半。答应送一份大额存单的利率表。",
     {"见到的人": "本人和爱人", "资金去向": "一半付首付", "对服务满意": "满意"}, ("送大额存单利率表", 1)),
    (4, "催收", "上门", "本人不在家，家属说在外地工地，过年回来还利息。通知书家属签收。",
     {"见到的人": "家属", "欠款原因": "工程款没有结", "通知书已签收": True}, ("电话联系本人，约还款的日子", -1)),
    (6, "客户关怀", "电话", "打电话问候，老人住院刚出院，存单想改由女儿代办，说明了要带的手续。",
     {"见到的人": "本人（电话）", "对服务满意": "一般"}, None),
    (9, "贷后回访", "上门", "店面租到明年六月，库存周转比上季慢，老板打算少进冬装。还息正常。",
     {"主营和地址有无变动": "没有变动", "贷款用途": "照约定用", "还款来源和压力": "有压力"}, None),
)
PLANNED = ((0, "09:00", "贷后回访", "问清应收账款，看仓库"), (0, "10:30", "存款维护", "带利率表"), (0, "", "客户关怀", ""),
           (-2, "15:00", "营销拓展", "谈收款机具"), (2, "09:30", "贷后回访", ""))


def picture():
    """A PNG of 480 × 360, made here: a wall, a gate, a sign."""
    rows = []
    for y in range(360):
        row = bytearray(b"\0")
        for x in range(480):
            gate, sign = 150 < x < 330 and y > 140, 120 < x < 360 and 60 < y < 110
            row += bytes((110, 84, 60) if gate else (11, 95, 97) if sign else (214, 206, 190) if y < 330 else (150, 150, 146))
        rows.append(bytes(row))

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", 480, 360, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"".join(rows), 9)) + chunk(b"IEND", b"")


def keep_picture(who):
    bytes_ = picture()
    request = urllib.request.Request(f"{who.url}/files?name=gate.png&type=image/png", method="POST", data=bytes_,
                                     headers={**who.head, "content-type": "application/octet-stream"})
    with urllib.request.urlopen(request, timeout=60):
        return hashlib.sha256(bytes_).hexdigest()


def position(n, at):
    return {"state": "taken", "lat": f"{33.6 + n * 0.011:.6f}", "lon": f"{116.9 + (n * 7 % 5) * 0.013:.6f}", "accuracy": 8 + n, "at": at}


def record_done(manager, customers, today):
    photo = keep_picture(manager)
    made = []
    for n, (ago, purpose, method, findings, answers, follow) in enumerate(DONE):
        day = today - timedelta(ago)
        # The clock of the machine, not the bank's day: a sample's day lies where its facts end.
        ended = datetime.now(UTC) - timedelta(days=ago, minutes=30 * n)
        started = ended - timedelta(minutes=35 + 5 * n)
        at = started.isoformat(timespec="seconds").replace("+00:00", "Z")
        body = {"customers": [customers[n]], "day": str(day), "time": f"{9 + n:02}:00", "purpose": purpose, "method": method,
                "findings": findings, "answers": answers, "started": at,
                "ended": ended.isoformat(timespec="seconds").replace("+00:00", "Z"),
                "position": position(n, at) if method == "上门" else {"state": "none"}}
        if follow:
            body["follow_ups"] = [{"id": "f1", "text": follow[0], "due": str(max(day, today + timedelta(follow[1]))), "assignee": ""}]
        if n == 0:
            body["photos"] = [{"digest": photo, "original": "", "name": "gate.png", "note": "门头", "taken_at": at,
                               "position": position(n, at)}]
        made.append(manager.post("/visits/done", body))
    village = {"customers": [], "place": "东岭村", "day": str(today - timedelta(3)), "purpose": "村组走访", "method": "上门",
               "findings": "走了十二户，三户要建房，一户想买农机。村干部说下月分红。", "with": "村委会计",
               "answers": {"走访户数": 12, "有意向户数": 3, "听到的消息": "下月分红"}}
    made.append(manager.post("/visits/done", village))
    return made


def plan(manager, customers, today):
    made = []
    for n, (days, time, purpose, ask) in enumerate(PLANNED):
        made.append(manager.post("/visits", {"customers": [customers[len(DONE) + n]], "day": str(today + timedelta(days)), "time": time,
                                             "purpose": purpose, "method": "上门", "ask": ask}))
    return made


def fill(program, bank, url, logins):
    del program, bank
    manager, head = Session(url, *logins["manager"]), Session(url, *logins["branch_head"])
    if manager.get("/visits?page_size=1")["total"]:
        return
    today = date.fromisoformat(manager.get("/field/today")["today"])
    customers = [c["id"] for c in manager.get("/customers?page_size=20&sort=-loans_total")["items"]]
    if len(customers) < len(DONE) + len(PLANNED) + 2:
        return
    done = record_done(manager, customers, today)
    plan(manager, customers, today)
    extra = customers[len(DONE) + len(PLANNED):]
    missed, moved = (manager.post("/visits", {"customers": [c], "day": str(today - timedelta(5)), "purpose": "存款维护", "method": "上门"})
                     for c in extra[:2])
    manager.post(f"/visits/{missed['id']}/miss", {"version": 1, "reason": "客户去外地看病，家里没人"})
    manager.post(f"/visits/{moved['id']}/move", {"version": 1, "reason": "客户在赶集", "day": str(today + timedelta(1)), "time": "14:00"})
    if head.about["permissions"].get("visit.comment", "none") != "none":
        for one in done[:2]:
            if any(v["id"] == one["id"] for v in head.get("/visits?whose=team&page_size=500")["items"]):
                head.post(f"/visits/{one['id']}/comments", {"text": "应收集中在两家砖厂，月底把对账单拍回来。"})
    phone = manager.post("/field/devices", {"name": "老手机"})["device"]["id"]
    manager.post(f"/field/devices/{phone}/take", {"customers": customers[:8]})
    manager.post(f"/field/devices/{phone}/wiped", {"reason": "换了新手机"})
