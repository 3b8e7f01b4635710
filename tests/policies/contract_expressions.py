"""The credit half of the shared contract as something to ask: its decisions with inputs, parameters and expressions.

The contract writes every answer as an expression ("A if C else B", `addm(d,n)`, `null`), so that it can be worked out
here without any pack: exactly, in fractions.
"""
import calendar
import datetime
import json
import math
import re
from fractions import Fraction


class Refused(Exception):
    """The input must be refused; the argument names it."""


def month_end(day):
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def months_later(day, months):
    year, month = divmod(day.year * 12 + day.month - 1 + int(months), 12)
    return day.replace(year=year, month=month + 1, day=min(day.day, calendar.monthrange(year, month + 1)[1]))


def quarter_end(day):
    return month_end(day.replace(day=1, month=(day.month + 2) // 3 * 3))


def half_up(value, step):
    steps = math.floor(abs(value) / step + Fraction(1, 2))
    return (steps if value >= 0 else -steps) * step


def seen_again(values):
    again = []
    for at, value in enumerate(values):
        if value in values[:at] and value not in again:
            again.append(value)
    return again


def full_years(born, day):
    return Fraction(day.year - born.year - ((day.month, day.day) < (born.month, born.day)))


def chain(end, receipts, months):
    for receipt in receipts:
        if receipt > end:
            break
        end = months_later(receipt, months)
    return end


def index(values, value):
    return Fraction(values.index(value) + 1) if value in values else None


FUNCTIONS = {
    "F": Fraction, "null": None, "true": True, "false": False, "min": min, "max": max, "sorted": sorted, "any": any,
    "all": all, "chain": chain, "index": index, "age": full_years, "dups": seen_again, "eom": month_end,
    "eoq": quarter_end, "addm": months_later,
    "sum": lambda values: sum(values, Fraction(0)),
    "len": lambda values: Fraction(len(values)),
    "base": lambda grade: grade.rstrip("+-"),
    "letter": lambda grade: grade[0],
    "when": lambda *pairs: [text for holds, text in pairs if holds],
    "distinct": lambda values: list(dict.fromkeys(values)),
    "addd": lambda day, days: day + datetime.timedelta(days=int(days)),
    "days": lambda a, b: Fraction((b - a).days),
    "bom": lambda day: day.replace(day=1),
    "boq": lambda day: day.replace(day=1, month=(day.month - 1) // 3 * 3 + 1),
    "r2": lambda value: half_up(value, Fraction(1, 100)),
    "pairs": lambda values: list(zip(values, values[1:])),
    "last": lambda values, count: values[-int(count):],
}


def compiled(expression):
    """Of the contract's notation: = compares, numbers are exact. Texts stand as they are."""
    parts = re.split(r'("[^"]*")', expression)
    for at in range(0, len(parts), 2):
        parts[at] = re.sub(r"(?<![<>!=])=(?!=)", "==", parts[at])
        parts[at] = re.sub(r"(?<![\w.])(\d+(?:\.\d+)?)", r'F("\1")', parts[at])
    return compile("".join(parts), expression, "eval")


def exact(text):
    return json.loads(text, parse_int=Fraction, parse_float=Fraction)


class Input:
    def __init__(self, name, text):
        kind, _, flag = text.rpartition("; ")
        self.name, self.optional = name, flag.startswith("optional")
        self.otherwise = exact(flag.split("=", 1)[1]) if self.optional else None
        self.type, _, rest = kind.partition(", ")
        self.of_list = self.type.startswith("list<")
        self.item = self.type[5:-1] if self.of_list else self.type
        self.words = rest.split("one of: ")[1].split(", ") if "one of: " in rest else None
        self.integer, self.positive = "integer" in rest, ">= 0" in rest

    def read(self, value):
        if value is None:
            if not self.optional:
                raise Refused(self.name)
            return self.otherwise
        if not self.of_list:
            return self.one(value)
        if not isinstance(value, list):
            raise Refused(self.name)
        return [self.one(item) for item in value]

    def one(self, value):
        good = {"number": isinstance(value, Fraction), "boolean": isinstance(value, bool),
                "context": isinstance(value, dict)}.get(self.item, isinstance(value, str))
        if not good or (self.words and value not in self.words):
            raise Refused(self.name)
        if self.item == "number" and ((self.integer and value.denominator != 1) or (self.positive and value < 0)):
            raise Refused(self.name)
        try:
            if self.item == "date":
                return datetime.date.fromisoformat(value)
            if self.item == "date and time":
                return datetime.datetime.fromisoformat(value)
        except ValueError:
            raise Refused(self.name) from None
        return value


class Decision:
    def __init__(self, name, text, grades):
        self.name, self.grades = name, grades
        head, _, out = text.partition("\nOutput")
        self.inputs = {one[0]: Input(*one) for one in re.findall(r"^- `(\S+?)`: (.*)$", head, re.MULTILINE)}
        line = re.search(r"^Parameters: (.*)$", head, re.MULTILINE)
        pairs = re.findall(r'`([^`]+)` = (\[.*?\]|"[^"]*"|true|false|-?[\d.]+)', line[1]) if line else []
        self.parameters = {parameter: exact(value) for parameter, value in pairs}
        out = re.split(r"^(?:Boundaries:|> )", out, flags=re.MULTILINE)[0]
        self.steps = [(step, compiled(e)) for step, e in re.findall(r"^- `(\S+?)` = `(.*)`$", out, re.MULTILINE)]
        self.rows = [(None if c == "-" else compiled(c), compiled(result.strip("`")))
                     for c, result in re.findall(r"^\| `(.*?)` \| (.*?) \|$", out, re.MULTILINE)]
        self.reasons = [(reason, compiled(c))
                        for reason, c in re.findall(r'^\d+\. "(.*?)" if `(.*)`$', out, re.MULTILINE)]

    def answer(self, given):
        for name in given:
            if name not in self.inputs:
                raise Refused(name)
        known = {**FUNCTIONS, "GRADES": self.grades, **self.parameters}
        known.update((name, one.read(given.get(name))) for name, one in self.inputs.items())
        for name, step in self.steps:
            known[name] = eval(step, known)  # the contract's own expression
        if self.rows:
            return next(eval(result, known) for holds, result in self.rows if holds is None or eval(holds, known))
        if self.reasons:
            reasons = [reason for reason, holds in self.reasons if eval(holds, known)]
            return {"结论": "不通过" if reasons else "通过", "原因": reasons}
        if "result" in known:
            return known["result"]
        return {name: known[name] for name, _ in self.steps if not name.startswith("_")}


def read_contract(text):
    grades = re.search(r"^\| 信用等级 \| string \| one of: (.*?) \|", text, re.MULTILINE)[1].split(", ")
    found = re.findall(r"^### (\S+?/\S+)\n(.*?)(?=^### |^## |^# |\Z)", text, re.MULTILINE | re.DOTALL)
    return {name: Decision(name, body, grades) for name, body in found}
