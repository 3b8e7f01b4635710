#!/usr/bin/env python3
"""What the people half of the contract says of inputs, asked of every decision and scheme.

    contract_inputs_test.py GUANHU [POLICIES]

Each input of each decision is left out, null, of another type, out of its range, not one of its words: refused because
of that input, or, where it may be absent, answered as if it were. What stands at the ends of a range is let in.
Exit status 77: the specification is not at hand.
"""
import json
import re
import subprocess
import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SPEC = ROOT.parent / "shared" / "spec"
AMENDED = {"不良分类偏离度"}  # amendments.md: may be negative, though the table says >= 0


def exact(text):
    return json.loads(text, parse_int=Decimal, parse_float=Decimal)


def written(value):
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, list):
        return "[" + ",".join(map(written, value)) + "]"
    if isinstance(value, dict):
        return "{" + ",".join(json.dumps(name, ensure_ascii=False) + ":" + written(part) for name, part in value.items()) + "}"
    return json.dumps(value, ensure_ascii=False)


def input_table(text):
    """name: (type, allowed) of the table of input names."""
    kinds = r"number|integer|string|boolean|date|date and time|context|list<\w+>"
    rows = re.findall(rf"^\| ([^|]+?) \| ({kinds}) \|[^|]*\| ([^|]*?)\|", text, re.MULTILINE)
    return {name: (kind, allowed.strip()) for name, kind, allowed in rows}


def decisions_of(text):
    """decision: {input: may be absent}."""
    out = {}
    for name, body in re.findall(r"^### (?:Scheme case format: )?(\S+/\S+)\n(.*?)(?=^#|\Z)", text, re.MULTILINE | re.DOTALL):
        line = re.search(r"^- inputs: (.*)$", body, re.MULTILINE)[1]
        out[name] = {one.strip().rstrip("?"): one.strip().endswith("?") for one in line.split(",")}
    return out


def wrong_values(kind, allowed):
    if kind.startswith("list<"):
        return ["甲", [None], *[[value] for value in wrong_values(kind[5:-1], allowed)]]
    wrong = {"number": ["x", True], "integer": ["x", True, Decimal("1.5")], "boolean": ["是", Decimal(1)],
             "string": [Decimal(12), True], "date": ["2023-02-29", "昨天", Decimal(20240101), "20240101"],
             "date and time": ["2023-02-29T10:00:00", "昨天", Decimal(1)], "context": ["x"]}[kind]
    if kind == "string" and "/" in allowed:
        wrong.append("不在其中的词")
    if least := re.match(r"(?:>= )?(-?[\d.]+)", allowed):
        wrong.append(Decimal(least[1]) - Decimal("0.01" if kind == "number" else "1"))
    if most := re.match(r"-?[\d.]+ to (-?[\d.]+)", allowed):
        wrong.append(Decimal(most[1]) + Decimal("0.01" if kind == "number" else "1"))
    return wrong


def questions(name, inputs, table, given):
    """(input, must it be refused, the question); what may be absent comes beside the question without it."""
    for one, optional in inputs.items():
        without = {other: value for other, value in given.items() if other != one}
        yield one, None if optional else True, without
        yield one, None if optional else True, {**given, one: None}
        kind, allowed = table[one]
        for value in wrong_values(kind, "" if one in AMENDED else allowed):
            yield one, True, {**given, one: value}
    yield "没有这个输入", True, {**given, "没有这个输入": Decimal(1)}


def main():
    contract, worked = SPEC / "decisions-people.md", SPEC / "cases.jsonl"
    if not contract.exists() or not worked.exists():
        print("skipped: no", contract)
        return 77
    text = contract.read_text("utf-8")
    table, decisions, first = input_table(text), decisions_of(text), {}
    for case in map(exact, filter(str.strip, worked.read_text("utf-8").splitlines())):
        if "expect" in case:
            first.setdefault(f"{case['pack']}/{case['decision']}", case["input"])
    asked = []
    for name, inputs in decisions.items():
        asked += [(name, *question) for question in questions(name, inputs, table, first[name])]
    lines = [written(dict(zip(("pack", "decision"), name.split("/", 1)), input=given)) for name, _, _, given in asked]
    policies = sys.argv[2] if len(sys.argv) > 2 else str(ROOT / "policies")
    done = subprocess.run([sys.argv[1], "decide", "--batch", "--policies", policies],
                          input="\n".join(lines) + "\n", capture_output=True, text=True, check=True)
    answers = [exact(line) for line in done.stdout.splitlines()]
    wrong = Counter()
    for at, ((name, one, refused, given), answer) in enumerate(zip(asked, answers, strict=True)):
        error = answer.get("error", {})
        blamed = error.get("code", "").startswith(("decide.input.", "decide.refused")) and error["where"].startswith(one)
        # Absent and null are the same, whatever they lead to: an answer, or another input that is now missing.
        last_of_two = refused is None and given.get(one, 0) is None
        good = blamed if refused else not last_of_two or {**answer, "cites": 0} == {**answers[at - 1], "cites": 0}
        if not good:
            wrong[name] += 1
            if wrong[name] == 1:
                print(f"{name}, {one}: {written(given)}\n  {answer}")
    print(f"{len(asked)} inputs of {len(decisions)} decisions; {sum(wrong.values())} answers differ")
    return 1 if wrong or not asked else 0


if __name__ == "__main__":
    sys.exit(main())
