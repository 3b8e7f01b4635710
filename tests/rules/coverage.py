#!/usr/bin/env python3
"""Which rules of docs/rules.tsv are obeyed, left to a person, tested, or untouched; which ids do not exist.

An id in a pack's executable block, or above a line of C++, says that the rule is obeyed there; in a block
`judgement` or `open`, that it was read and left to a person or to the bank; in a block `case`, in a test file,
or in a decision that a `case` runs, that it is tested. Exit 1 on an id that does not exist or a table that is
not up to date.
"""

import argparse
import re
import sys
from pathlib import Path

ID = re.compile(r"(?<![A-Za-z0-9_-])([A-Z]{3}-\d{3})(?![0-9A-Za-z])")
# Written like an id of a rule, but names of algorithms.
TECHNICAL = {"SHA-224", "SHA-256", "SHA-384", "SHA-512", "AES-128", "AES-192", "AES-256"}
FENCE = re.compile(r"^```\s*(\w*)[ \t]*(\S*)")
PREFIXES = {
    "APR": "审批", "ARC": "档案", "CLS": "风险分类", "COL": "催收与清收", "CON": "合同", "CUS": "客户",
    "DIS": "放款", "DSC": "行为规范与处罚", "EBK": "电子银行", "FIN": "财务分析", "FRR": "开户与资金归行",
    "GRD": "职级", "INT": "系统接口", "INV": "调查", "KPI": "考核指标", "LIM": "授信", "MKT": "营销",
    "MSG": "消息提醒", "OPR": "操作风险检查", "ORG": "机构与岗位", "PAY": "薪酬", "PLM": "贷后管理", "PLN": "工作计划",
    "QAL": "上岗资格", "QUA": "履职考核", "RAT": "信用评级", "RDP": "风险金", "RPT": "报表", "RSK": "风险管理",
    "TRF": "贸易融资", "TRN": "培训", "WMS": "理财销售",
}
# What no pack decides waits for a flow or a page: the module of architecture.md that will have it.
MODULES = {
    "people": "ORG QAL DSC", "customers": "CUS MKT", "credit": "APR CON DIS FIN FRR INV LIM RAT TRF",
    "postloan": "ARC CLS COL PLM", "appraisal": "GRD KPI PAY QUA RDP", "risk": "EBK OPR RSK WMS",
    "workbench": "MSG PLN RPT TRN", "feed": "INT",
}
SCANNED = (".cc", ".h", ".md", ".toml", ".py", ".txt", ".json", ".jsonl", ".dmn", ".ts", ".vue")


def catalogue(root):
    rows = (root / "docs/rules.tsv").read_text().splitlines()
    return {row.split("\t")[0] for row in rows[1:]}


def ids(line):
    return [i for i in ID.findall(line) if i not in TECHNICAL]


def pack_file(text):
    """(line, id, use) of a pack's document; use: obeyed, left, tested or prose."""
    block, name, decisions, cases, found = "", "", {}, set(), []
    for n, line in enumerate(text.splitlines(), 1):
        if m := FENCE.match(line):
            block, name = ("", "") if block else (m.group(1) or "text", m.group(2))
            continue
        if block == "case" and (m := re.match(r'\s*(?:decision|of|scheme|figure)\s*=\s*"([^"]+)"', line)):
            cases.add(m.group(1))
        if block == "case" and name:
            cases.add(name)
        use = {"": "prose", "case": "tested", "judgement": "left", "open": "left"}.get(block, "obeyed")
        for i in ids(line):
            found.append((n, i, use))
            if use == "obeyed" and name:
                decisions.setdefault(name, set()).add(i)
    for name in cases & decisions.keys():
        found += [(0, i, "tested") for i in decisions[name]]
    return found


def scan(root):
    """{use: {id}} and [(path, line, id)] of every id met."""
    uses = {"obeyed": set(), "code": set(), "left": set(), "tested": set(), "prose": set()}
    met = []
    for top in ("src", "policies", "tests"):
        for path in sorted((root / top).rglob("*")):
            if not path.is_file() or path.suffix not in SCANNED or "bad" in path.parts:
                continue  # bad/ holds what must be refused
            name, text = path.relative_to(root).as_posix(), path.read_text(errors="replace")
            if top == "policies" and path.suffix == ".md":
                found = pack_file(text)
            else:
                test = top == "tests" or re.search(r"_test\.\w+$|/tests?/", name)
                found = [(n, i, "tested" if test else "code") for n, line in enumerate(text.splitlines(), 1) for i in ids(line)]
            for n, i, use in found:
                uses[use].add(i)
                if n:
                    met.append((name, n, i))
    return uses, met


def table(known, uses):
    """Markdown: one row a prefix."""
    prefixes = sorted({i[:3] for i in known})
    rows = []
    for p in [*prefixes, ""]:
        of = {i for i in known if i.startswith(p)}
        done = uses["obeyed"] | uses["code"]
        numbers = [len(of), len(of & uses["obeyed"]), len(of & uses["code"]), len(of & uses["left"] - done),
                   len(of & uses["tested"]), len(of - done - uses["left"] - uses["tested"])]
        label = f"{p} {PREFIXES.get(p, '')}".strip() if p else "**all**"
        rows.append("| " + " | ".join([label, *map(str, numbers)]) + " |")
    head = ["| rules | number | obeyed in packs | obeyed in code | left to a person or the bank | tested | none of these |",
            "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"]
    return "\n".join(head + rows)


def waiting(known, uses):
    """Markdown: the rules nothing names yet, by the module that will have them."""
    named = uses["obeyed"] | uses["code"] | uses["left"] | uses["tested"]
    rows = ["| module | number | rules |", "| --- | ---: | --- |"]
    for module, prefixes in MODULES.items():
        of = sorted(i for i in known - named if i[:3] in prefixes.split())
        if of:
            rows.append(f"| `{module}` | {len(of)} | {shortened(of)} |")
    return "\n".join(rows)


def shortened(rules):
    """Ids in order, of one prefix as "MKT-001 002 005"."""
    words, prefix = [], ""
    for i in rules:
        words.append(i if i[:3] != prefix else i[4:])
        prefix = i[:3]
    return " ".join(words)


PAGE = """# How much of the regulations is in the product

Made by `tests/rules/coverage.py --write` (`./dev rebase`) from the ids in `src/`, `policies/` and `tests/`, against
[rules.tsv](rules.tsv). A rule may count in several columns; the last one counts the rules that nothing names yet.

{table}

## What waits for a flow or a page
No decision of a pack can obey these: they are data, forms, roles, steps, interfaces and reports. The module is the one
of [architecture.md](architecture.md) that will have them.

{waiting}
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=Path, default=Path(__file__).resolve().parents[2])
    parser.add_argument("--write", action="store_true", help="write docs/coverage.md anew")
    parser.add_argument("--quiet", action="store_true", help="print findings only, not the table")
    a = parser.parse_args()
    known = catalogue(a.root)
    uses, met = scan(a.root)
    status = 0
    for path, line, i in met:
        if i not in known:
            print(f"{path}:{line}: rule {i} does not exist\n    why: an id must lead to its source\n"
                  "    mend: look it up in docs/rules.tsv; if it is no rule, write it in another form")
            status = 1
    text, file = table(known, uses), a.root / "docs/coverage.md"
    page = PAGE.format(table=text, waiting=waiting(known, uses))
    if a.write:
        file.write_text(page)
    elif not file.exists() or file.read_text() != page:
        print("docs/coverage.md:1: not up to date\n    why: a table that is not true is worse than none\n"
              "    mend: ./dev rebase, or python3 tests/rules/coverage.py --write")
        status = 1
    if not a.quiet:
        print(text)
    return status


if __name__ == "__main__":
    sys.exit(main())
