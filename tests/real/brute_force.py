#!/usr/bin/env python3
"""The scheme sample/经营业绩 by another way: every account walked day by day, with exact fractions.

    brute_force.py FEED_DIR PERIOD...

Prints one JSON document: {PERIOD: {staff_id: {figure: text or null, ...}}}. It shares nothing with the
engine: it reads the feed's CSV files itself, knows nothing of moments, cells or packs, and its
thresholds are typed in from the regulation's restatement in policies/sample. Slow on purpose.
"""
import csv
import datetime as dt
import json
import os
import sys
from collections import defaultdict
from decimal import Decimal, localcontext
from fractions import Fraction

KEYS = {
    "staff": ["staff_id"], "orgs": ["org_id"], "accounts": ["account_id"], "loans": ["loan_id"],
    "balances": ["account_id", "date"], "loan_states": ["loan_id", "date"],
    "assignments": ["subject_kind", "subject_id", "staff_id", "valid_from"], "repayments": ["repayment_id"],
    "sales": ["sale_id"], "targets": ["holder_kind", "holder_id", "indicator", "period"],
}


def read_feed(folder):
    """table -> key -> row; a later business date replaces an earlier one."""
    tables = {name: {} for name in KEYS}
    for date in sorted(os.listdir(folder)):
        manifest = os.path.join(folder, date, "manifest.json")
        if not os.path.exists(manifest):
            continue
        with open(manifest, encoding="utf-8") as f:
            meta = json.load(f)
        for file in meta["files"]:
            name = file[:-4]
            if name not in KEYS:
                continue
            with open(os.path.join(folder, date, file), encoding=meta["encoding"], newline="") as f:
                for row in csv.DictReader(f, delimiter=meta["delimiter"]):
                    tables[name][tuple(row[k] for k in KEYS[name])] = row
    return tables


def day_of(text):
    return dt.date.fromisoformat(text) if text else None


def bounds(period):
    year = int(period[:4])
    if len(period) == 4:
        first, months = 1, 12
    elif period[4] == "H":
        first, months = (int(period[5]) - 1) * 6 + 1, 6
    elif period[4] == "Q":
        first, months = (int(period[5]) - 1) * 3 + 1, 3
    else:
        first, months = int(period[5:]), 1
    after = first + months
    end = dt.date(year + (after - 1) // 12, (after - 1) % 12 + 1, 1) - dt.timedelta(1)
    return dt.date(year, first, 1), end


class Bank:
    def __init__(self, folder):
        self.t = read_feed(folder)
        self.by_subject = defaultdict(list)
        for row in self.t["assignments"].values():
            self.by_subject[(row["subject_kind"], row["subject_id"])].append(
                (day_of(row["valid_from"]), day_of(row["valid_to"]), row["staff_id"], row["role"], Fraction(row["share"])))
        self.customer_of = {a["account_id"]: a["customer_id"] for a in self.t["accounts"].values()}
        self.loan_customer = {l["loan_id"]: l["customer_id"] for l in self.t["loans"].values()}
        self.balances = defaultdict(dict)
        for row in self.t["balances"].values():
            self.balances[row["account_id"]][day_of(row["date"])] = Fraction(row["balance"])
        self.loan_balances = defaultdict(dict)
        for row in self.t["loan_states"].values():
            on = Fraction(row["balance"]) if row.get("off_balance") != "true" else Fraction(0)
            self.loan_balances[row["loan_id"]][day_of(row["date"])] = on

    def shares(self, kind, subject, customer, day):
        """staff -> fraction on that day: the subject's own assignments, else its customer's."""
        for key in ((kind, subject), ("customer", customer)):
            found = [(s, share) for frm, to, s, _, share in self.by_subject.get(key, ())
                     if frm <= day and (to is None or day <= to)]
            if found:
                total = defaultdict(Fraction)
                for s, share in found:
                    total[s] += share
                return total
        return {}

    def walk(self, first, last):
        """(sum over days, balance the day before, balance at the end) by staff, deposits."""
        days, start, end = defaultdict(Fraction), defaultdict(Fraction), defaultdict(Fraction)
        before = first - dt.timedelta(1)
        for account, changes in self.balances.items():
            balance = Fraction(0)
            day = min(min(changes), before)
            while day <= last:
                balance = changes.get(day, balance)
                if balance and day >= before:
                    for staff, share in self.shares("account", account, self.customer_of.get(account), day).items():
                        part = balance * share
                        if day == before:
                            start[staff] += part
                        else:
                            days[staff] += part
                        if day == last:
                            end[staff] += part
                day += dt.timedelta(1)
        return days, start, end

    def loans_at(self, last):
        out = defaultdict(Fraction)
        for loan, changes in self.loan_balances.items():
            known = [d for d in changes if d <= last]
            if known:
                balance = changes[max(known)]
                for staff, share in self.shares("loan", loan, self.loan_customer.get(loan), last).items():
                    out[staff] += balance * share
        return out

    def repaid(self, first, last, column):
        out = defaultdict(Fraction)
        for row in self.t["repayments"].values():
            day = day_of(row["date"])
            if first <= day <= last:
                loan = row["loan_id"]
                for staff, share in self.shares("loan", loan, self.loan_customer.get(loan), day).items():
                    out[staff] += Fraction(row[column] or "0") * share
        return out

    def customers(self, last):
        out = defaultdict(set)
        for a in self.t["accounts"].values():
            opened, closed = day_of(a["opened_on"]), day_of(a["closed_on"])
            if opened <= last and (closed is None or closed > last):
                for staff, share in self.shares("account", a["account_id"], a["customer_id"], last).items():
                    if share > 0:
                        out[staff].add(a["customer_id"])
        return out

    def gold_cards(self, first, last):
        out = defaultdict(Fraction)
        for row in self.t["sales"].values():
            if row["product"] == "gold_card" and first <= day_of(row["date"]) <= last:
                out[row["staff_id"]] += Fraction(row["quantity"])
        return out

    def target(self, staff, indicator, period):
        row = self.t["targets"].get(("staff", staff, indicator, period))
        return Fraction(row["value"]) if row else None


def cut(value, places):
    """Half up, away from zero, as text; None stays None."""
    if value is None:
        return None
    with localcontext() as c:
        c.prec = 80
        whole, rest = divmod(abs(value.numerator) * 10**places, value.denominator)
        if rest * 2 >= value.denominator:
            whole += 1
        text = Decimal(whole).scaleb(-places)
        return str(-text if value < 0 and whole else text)


def clamp(value, low, high):
    return max(low, min(high, value))


def scores(f, average):
    net, plan, daily = f["存款净增"], f["净增计划"], f["存款日均余额"]
    out = {"组织资金得分": None, "收息得分": None}
    if plan is not None:
        base = clamp(10 * net / plan, Fraction(0), Fraction(10)) if plan > 0 else Fraction(10 if net >= plan else 0)
        bonus = clamp(Fraction((daily - plan) // 50000) / 10, Fraction(0), Fraction(5))
        out["组织资金得分"] = base + bonus
    out["管护户数得分"] = clamp(10 * f["管户数"] / average, Fraction(5), Fraction(15)) if average else Fraction(10)
    if f["利息计划"] is not None and f["利息计划"] > 0:
        out["收息得分"] = clamp(20 * f["收回利息"] / f["利息计划"], Fraction(0), Fraction(20))
    return out


def rounded(value, places=2):
    """What the engine's figures are before scores use them: money is rounded once, to the fen."""
    return None if value is None else Fraction(cut(value, places))


def appraise(bank, period):
    first, last = bounds(period)
    n = (last - first).days + 1
    days, start, end = bank.walk(first, last)
    loans, customers, gold = bank.loans_at(last), bank.customers(last), bank.gold_cards(first, last)
    principal, interest = bank.repaid(first, last, "principal"), bank.repaid(first, last, "interest")
    managers = sorted(s["staff_id"] for s in bank.t["staff"].values()
                      if s["position"] == "manager" and (not s["left_on"] or day_of(s["left_on"]) > last))
    figures = {}
    for m in managers:
        f = {"存款日均余额": rounded(days[m] / n), "存款时点余额": rounded(end[m]),
             "存款净增": rounded(end[m] - start[m]), "净增计划": bank.target(m, "存款净增", period),
             "管户数": Fraction(len(customers[m])), "贷款余额": rounded(loans[m]), "收回本金": rounded(principal[m]),
             "收回利息": rounded(interest[m]), "金卡销售数": gold[m], "利息计划": bank.target(m, "收回利息", period)}
        f["净增完成率"] = f["存款净增"] / f["净增计划"] if f["净增计划"] else None
        figures[m] = f
    average = sum(f["管户数"] for f in figures.values()) / len(figures) if figures else None
    for f in figures.values():
        f.update(scores(f, average))
    return {m: {k: cut(v, 10) for k, v in f.items()} for m, f in figures.items()}


def main():
    bank = Bank(sys.argv[1])
    json.dump({p: appraise(bank, p) for p in sys.argv[2:]}, sys.stdout, ensure_ascii=False, indent=1)


if __name__ == "__main__":
    main()
