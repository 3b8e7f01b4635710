#!/usr/bin/env python3
"""The worked cases of the shared specification, asked of the packs of policies/.

    shared_cases_test.py GUANHU [POLICIES]

Every case whose decision is in a pack is asked through `guanhu decide --batch`; results are compared as the
specification says: numbers after rounding half up to 10 decimals, contexts by name; a case that expects an
error must be refused by a check of its inputs. A decision that no pack has fails.
Exit status 77: the specification is not at hand.
"""
import json
import re
import subprocess
import sys
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
CASES = ROOT.parent / "shared" / "spec" / "cases.jsonl"
DECISION = re.compile(r"^```decision\s+(\S+)", re.MULTILINE)


def read(text):
    return json.loads(text, parse_float=Decimal, parse_int=Decimal)


def rounded(value):
    if isinstance(value, Decimal):
        return value.quantize(Decimal("1e-10"), ROUND_HALF_UP)
    if isinstance(value, list):
        return [rounded(item) for item in value]
    if isinstance(value, dict):
        return {name: rounded(part) for name, part in value.items()}
    return value


def decisions(policies):
    """(pack, decision) of every decision block below the folder."""
    return {(path.relative_to(policies).parts[0], name)
            for path in policies.glob("*/**/*.md") for name in DECISION.findall(path.read_text("utf-8"))}


def same(case, answer):
    if case.get("expect_error"):
        code = answer.get("error", {}).get("code", "")
        return code.startswith("decide.input.") or code == "decide.refused"
    # A bool is no number: 1 == True in Python, not here.
    return "result" in answer and repr(rounded(answer["result"])) == repr(rounded(order(case["expect"], answer["result"])))


def order(expected, got):
    """The expected value with the parts of its contexts in the order of the answer's."""
    if isinstance(expected, dict) and isinstance(got, dict) and expected.keys() == got.keys():
        return {name: order(expected[name], got[name]) for name in got}
    if isinstance(expected, list) and isinstance(got, list) and len(expected) == len(got):
        return [order(one, other) for one, other in zip(expected, got)]
    return expected


def main():
    if not CASES.exists():
        print("skipped: no", CASES)
        return 77
    guanhu = sys.argv[1]
    policies = Path(sys.argv[2]) if len(sys.argv) > 2 else ROOT / "policies"
    lines = [line for line in CASES.read_text("utf-8").splitlines() if line.strip()]
    cases = [read(line) for line in lines]
    there = decisions(policies)
    asked = [(case, line) for case, line in zip(cases, lines) if (case["pack"], case["decision"]) in there]
    done = subprocess.run([guanhu, "decide", "--batch", "--policies", str(policies)],
                          input="".join(line + "\n" for _, line in asked), capture_output=True, text=True, check=True)
    answers = [read(line) for line in done.stdout.splitlines()]
    wrong = Counter()
    for (case, _), answer in zip(asked, answers, strict=True):
        assert answer["id"] == case["id"], f"the answer to {case['id']} is {answer}"
        if same(case, answer):
            continue
        wrong[f"{case['pack']}/{case['decision']}"] += 1
        expected = "a refused input" if case.get("expect_error") else json.dumps(case["expect"], ensure_ascii=False, default=str)
        got = answer.get("result", answer.get("error"))
        print(f"{case['id']}\n  expected {expected}\n  got      {json.dumps(got, ensure_ascii=False, default=str)}")
    specified = {(case["pack"], case["decision"]) for case in cases}
    for pack, decision in sorted(specified - there):
        print(f"{pack}/{decision}: no pack has this decision")
    print(f"{len(asked) - wrong.total()} of {len(asked)} cases right; {len(specified & there)} of {len(specified)} "
          f"decisions are there, with {len(asked)} of {len(cases)} cases")
    return 1 if wrong or specified - there else 0


if __name__ == "__main__":
    sys.exit(main())
