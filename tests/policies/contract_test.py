#!/usr/bin/env python3
"""The packs against the contract's own expressions, on inputs that nobody wrote down.

    contract_test.py GUANHU [POLICIES [SEED]]

The credit half of the shared contract says each answer as an expression. From the worked cases thousands of other
inputs are made (each input missing, null, mistyped, at and around every number and day that occurs, several at once);
what the expression gives, or refuses, the pack must give, or refuse because of that input.
Exit status 77: the specification is not at hand.
"""
import datetime
import json
import random
import subprocess
import sys
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from contract_expressions import Refused, exact, half_up, month_end, months_later, quarter_end, read_contract

ROOT = Path(__file__).resolve().parent.parent.parent
SPEC = ROOT.parent / "shared" / "spec"
TOGETHER = 40  # inputs of each decision with several changes


def written(value):
    """As JSON, numbers exact."""
    if isinstance(value, Fraction):
        return format(Decimal(value.numerator) / Decimal(value.denominator), "f")
    if isinstance(value, list):
        return "[" + ",".join(map(written, value)) + "]"
    if isinstance(value, dict):
        return "{" + ",".join(written(name) + ":" + written(part) for name, part in value.items()) + "}"
    return json.dumps(value, ensure_ascii=False)


def plain(value):
    """Comparable: numbers at 10 decimals, days as text, a truth is no number."""
    if isinstance(value, bool) or value is None:
        return repr(value)
    if isinstance(value, Fraction):
        return half_up(value, Fraction(1, 10**10))
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {name: plain(part) for name, part in value.items()}
    return value


def days_around(text):
    day = datetime.date.fromisoformat(text)
    marks = [day, month_end(day), quarter_end(day), day.replace(month=12, day=31), datetime.date(2024, 2, 29)]
    marks += [months_later(day, months) for months in (-12, -6, -1, 1, 3, 6, 12, 36, -780)]
    marks += [day + datetime.timedelta(days=days) for days in (-90, -30, -20, -10, 3, 10, 15, 30, 60, 90)]
    return [(mark + datetime.timedelta(days=step)).isoformat() for mark in marks for step in (-1, 0, 1)]


def values_around(one, decision, cases, draw):
    """What an input may be changed to: values on both sides of every limit in sight, and wrong ones."""
    seen = [value for case in cases for value in case.values()]
    if one.of_list:
        lists = [case[one.name] for case in cases if isinstance(case.get(one.name), list)]
        pool = one.words or [item for values in lists for item in values if not isinstance(item, dict)]
        if one.item == "date":
            pool = [day for item in pool + seen if valid_day(item) for day in days_around(item)]
        out = [[], [None], "x", *lists, *[values[::-1] for values in lists], *[values + values[:1] for values in lists]]
        return out + [draw.choices(pool, k=draw.randint(0, len(pool) and 5)) for _ in range(12)]
    if one.item == "number":
        numbers = {value for value in [*seen, *decision.parameters.values()] if isinstance(value, Fraction)}
        numbers |= {a + b for a in list(numbers)[:6] for b in list(numbers)[:6]}
        step = Fraction(1) if one.integer else Fraction(1, 100)
        return [number + k * step for number in sorted(numbers) for k in (-1, 0, 1)] + [Fraction(0), Fraction(3, 2), "1", True]
    if one.item == "boolean":
        return [True, False, Fraction(1), "true"]
    if one.item == "date":
        return [day for value in seen if valid_day(value) for day in days_around(value)] + ["2023-02-29", "x", ""]
    if one.item == "date and time":
        times = [datetime.datetime.fromisoformat(value) for value in seen if isinstance(value, str) and "T" in value]
        return [(time + datetime.timedelta(seconds=s)).isoformat() for time in times for s in (-3600, -1, 0, 1, 3600)] + ["x"]
    return (one.words or [value for value in seen if isinstance(value, str)]) + ["别的", "", Fraction(5)]


def valid_day(value):
    try:
        return isinstance(value, str) and len(value) == 10 and bool(datetime.date.fromisoformat(value))
    except ValueError:
        return False


def inputs_of(decision, cases, draw):
    first = cases[0]
    around = {name: values_around(one, decision, cases, draw) for name, one in decision.inputs.items()}
    for name, values in around.items():
        yield {other: value for other, value in first.items() if other != name}
        yield {**first, name: None}
        for given in cases[:4]:
            for value in draw.sample(values, min(len(values), 25)):
                yield {**given, name: value}
    yield {**first, "没有这个输入": Fraction(1)}
    for _ in range(TOGETHER):
        given = dict(draw.choice(cases))
        for name in draw.sample(list(around), draw.randint(1, len(around))):
            given[name] = draw.choice(around[name])
            if decision.inputs[name].optional and draw.random() < 0.3:
                del given[name]
        yield given


def expected(decision, given):
    try:
        return plain(decision.answer(given)), None
    except Refused as refused:
        return None, str(refused)


def main():
    contract, worked = SPEC / "decisions-credit.md", SPEC / "cases.jsonl"
    if not contract.exists() or not worked.exists():
        print("skipped: no", contract)
        return 77
    policies = sys.argv[2] if len(sys.argv) > 2 else str(ROOT / "policies")
    draw = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    decisions = read_contract(contract.read_text("utf-8"))
    cases = {}
    for case in map(exact, filter(str.strip, worked.read_text("utf-8").splitlines())):
        if "expect" in case:
            cases.setdefault(f"{case['pack']}/{case['decision']}", []).append(case["input"])
    asked = [(decision, given) for name, decision in decisions.items() for given in inputs_of(decision, cases[name], draw)]
    lines = [written(dict(zip(("pack", "decision"), decision.name.split("/")), input=given)) for decision, given in asked]
    done = subprocess.run([sys.argv[1], "decide", "--batch", "--policies", policies], input="\n".join(lines) + "\n",
                          capture_output=True, text=True, check=True)
    wrong, refused = Counter(), 0
    for (decision, given), line in zip(asked, done.stdout.splitlines(), strict=True):
        answer = exact(line)
        value, blamed = expected(decision, given)
        error = answer.get("error", {})
        refused += bool(blamed)
        good = error.get("code", "").startswith("decide.input.") if blamed else "error" not in answer and plain(answer["result"]) == value
        if not good:
            wrong[decision.name] += 1
            if wrong[decision.name] == 1:
                print(f"{decision.name}: {written(given)}\n  the contract: {blamed and 'refuses ' + blamed or value}\n  the pack:     {line}")
    print(f"{len(asked)} inputs of {len(decisions)} decisions, {refused} to be refused; {sum(wrong.values())} answers differ")
    return 1 if wrong or not asked else 0


if __name__ == "__main__":
    sys.exit(main())
