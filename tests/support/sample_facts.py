#!/usr/bin/env python3
"""Fills in what the sample bank's people would record, so that the schemes give full results.

    guanhu fact template --data BANK --scheme PACK/SCHEME --period 2025 | sample_facts.py FEED > facts.csv

Every row of the template gets a value that its name and number decide: the same on every machine. Where the template
asks for the seed of a sample, findings are added for the loans of the feed of at least 10,000 yuan: which of them are
drawn is the scheme's business.
"""
import csv
import hashlib
import json
import sys
from pathlib import Path

PRICES = [{"产品": name, "单价": price} for name, price in (
    ("credit_card", 20), ("gold_card", 30), ("e_banking", 5), ("phone_banking", 3), ("pos", 50), ("payroll", 8),
    ("insurance", 40), ("fund", 25), ("wealth", 25), ("bond", 10), ("other", 5))]
# What is found in the samples of a scheme: the seed it draws by, the fact of a loan, what may be found, whether only
# loans issued in the period are drawn.
SAMPLES = (("抽样种子", "抽查问题", ("受理要素不齐", "缺调查报告", "缺贷后检查报告", "调查报告要素不齐"), True),
           ("分类抽样种子", "分类问题", ("初分未讨论", "认定表填写不规范"), False),
           ("档案抽样种子", "档案问题", ("资料不齐",), False))
FIXED = {
    "综合业务成本比例": "0.045",
    "利润分配比例": "0.05",
    "当年产品单价表": json.dumps(PRICES, ensure_ascii=False),
    "抽样种子": "2026-01-08 第4号",
    "分类抽样种子": "2026-01-08 第5号",
    "档案抽样种子": "2026-01-08 第6号",
    "管辖区总户数": "500",
}


def chance(*key):
    """0 to 999, by the key alone."""
    return int(hashlib.sha256("/".join(key).encode()).hexdigest(), 16) % 1000


def value(name, subject, hint, period):
    r = chance(name, subject)
    if name in FIXED:
        return FIXED[name]
    if name == "发放日期":
        return f"{period[:4]}-12-31"
    if name == "年终绩效":
        return str(8000 + 20 * r)
    if name in ("基本生活保障", "岗位工资"):
        return str(18000 + (r % 4) * 2000)
    if name == "建档评级年检合格户数":
        return str(350 + r % 120)
    if name == "检查认定不良余额":
        return "0"
    if name == "系统操作水平":
        return ["熟练", "较熟练", "熟练"][r % 3]
    if name == "客户经理类别":
        return "公司类" if r < 100 else "非公司类"
    if hint.startswith("分"):
        return str(70 + r % 30)
    if hint.startswith("boolean"):
        good = name.startswith(("学历经", "职称经", "任务"))
        return str(r < 970 if good else r < 30).lower()
    if hint.startswith("integer"):
        return str(1 if r < 80 else 0)
    return ""


def loans(feed, period):
    """The latest row of each loan issued in the period ("": ever) and of at least 10,000."""
    out = {}
    for folder in sorted(Path(feed).iterdir()):
        path = folder / "loans.csv"
        if not path.exists():
            continue
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                out[row["loan_id"]] = row
    return sorted(number for number, row in out.items()
                  if row["issued_on"].startswith(period) and float(row["principal"]) >= 10000)


def main():
    feed = sys.argv[1]
    rows = list(csv.DictReader(sys.stdin))
    if not rows:
        return 0
    writer = csv.DictWriter(sys.stdout, rows[0].keys(), lineterminator="\n")
    writer.writeheader()
    period = next((row["period"] for row in rows if row["period"]), "2025")
    for row in rows:
        text = value(row["name"], row["subject_id"], row["note"], period)
        if text:
            writer.writerow({**row, "value": text, "document": "样例", "note": ""})
    asked = {row["name"] for row in rows}
    for seed, fact, words, new_only in SAMPLES:
        for number in loans(feed, period if new_only else "") if seed in asked else ():
            found = [word for word in words if chance(word, number) < 40]
            writer.writerow({"name": fact, "subject_kind": "loan", "subject_id": number, "period": period,
                             "valid_from": "", "value": json.dumps(found, ensure_ascii=False), "document": "样例抽查",
                             "note": ""})
    return 0


if __name__ == "__main__":
    sys.exit(main())
