#!/usr/bin/env python3
"""Plants into a sample feed what people do for the figure only, so that a search finds real work.

    sample_games.py FEED

In each quarter: money that goes round three customers and comes back, loans that return to their borrower days after
they were paid out, one sale made into three; on the first day, customers who were opened twice under two numbers. (Window dressing is in the sample already.) Every planted transfer comes back
to where it was within days and within a month: balances, control totals and the ledger still agree. The same feed gives
the same bytes.
"""

import bisect
import csv
import hashlib
import io
import json
import sys
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

AMOUNT = Decimal("68000.00")
SALES = {"insurance", "fund", "wealth", "bond", "payroll", "pos", "credit_card", "gold_card"}


class Feed:
    def __init__(self, folder):
        self.folder = folder
        self.days = sorted(p.name for p in folder.iterdir() if p.name[:1].isdigit())
        self.balances, self.owner, self.demand, self.managed = {}, {}, {}, set()
        self.loans, self.sales, self.payouts = [], [], {}
        for day in self.days:
            for row in self.rows(day, "balances.csv"):
                self.balances.setdefault(row["account_id"], []).append((row["date"], Decimal(row["balance"])))
            for row in self.rows(day, "accounts.csv"):
                self.owner[row["account_id"]] = row["customer_id"]
                if row["kind"] in ("demand", "basic") and not row["closed_on"]:
                    self.demand.setdefault(row["customer_id"], row["account_id"])
            for row in self.rows(day, "assignments.csv"):
                if not row["valid_to"]:
                    self.managed.add((row["subject_kind"], row["subject_id"]))
            self.loans += [row for row in self.rows(day, "loans.csv") if row["issued_on"] == day]
            self.sales += self.rows(day, "sales.csv")
            for row in self.rows(day, "transactions.csv"):
                if row["kind"] == "loan_disbursement":
                    self.payouts[(day, self.owner.get(row["account_id"]), Decimal(row["amount"]))] = row["account_id"]

    def rows(self, day, name):
        file = self.folder / day / name
        if not file.exists():
            return []
        with open(file, encoding="utf-8", newline="") as f:
            return list(csv.DictReader(f))

    def on(self, account, day):
        """The balance at the end of the day; nothing when there is none."""
        known = self.balances.get(account, [])
        at = bisect.bisect_right(known, (day, Decimal("Infinity")))
        return known[at - 1][1] if at else None

    def rests(self, account, first, last):
        """Whether nothing moves on the account from the first to the last of the days."""
        return not any(first <= day <= last for day, _ in self.balances.get(account, []))

    def add(self, day, name, rows):
        """Adds rows to a file of a date, and says so in its manifest."""
        file, manifest = self.folder / day / name, self.folder / day / "manifest.json"
        kept = self.rows(day, name)
        head = list(kept[0]) if kept else self.columns(name)
        text = io.StringIO()
        writer = csv.DictWriter(text, head, lineterminator="\n", restval="")
        writer.writeheader()
        writer.writerows(kept + rows)
        file.write_text(text.getvalue(), encoding="utf-8", newline="")
        about = json.loads(manifest.read_text(encoding="utf-8"))
        entry = about["files"].setdefault(name, {})
        entry["rows"] = len(kept) + len(rows)
        entry["sha256"] = hashlib.sha256(file.read_bytes()).hexdigest()
        for column in entry.get("totals", {}):
            entry["totals"][column] = str(sum((Decimal(r[column] or 0) for r in kept + rows), Decimal("0.00")))
        manifest.write_text(json.dumps(about, ensure_ascii=False, indent=1), encoding="utf-8")

    def columns(self, name):
        return next(list(rows[0]) for day in self.days if (rows := self.rows(day, name)))

    def play(self, moves):
        """Moves of (day, clock, account, amount, counter, name, memo) that in the end leave every balance as it was."""
        last = max(m[0] for m in moves)
        for day in sorted({m[0] for m in moves}):
            rows = []
            for at, clock, account, amount, counter, name, memo in (m for m in moves if m[0] == day):
                now = self.on(account, at) + sum(m[3] for m in moves if m[2] == account and (m[0], m[1]) <= (at, clock))
                rows.append({"txn_id": f"T{at.replace('-', '')}9{len(rows):02}{account[-4:]}", "account_id": account,
                             "booked_at": f"{at}T{clock}", "amount": f"{amount:.2f}", "balance_after": f"{now:.2f}",
                             "counter_account": counter, "counter_name": name, "kind": "transfer", "memo": memo})
            self.add(day, "transactions.csv", rows)
            changed = sorted({m[2] for m in moves if m[0] == day})
            stands = {a: self.on(a, day) + sum(m[3] for m in moves if m[2] == a and m[0] <= day) for a in changed}
            self.add(day, "balances.csv", [{"account_id": a, "date": day, "balance": f"{stands[a]:.2f}"} for a in changed])
        for account in {m[2] for m in moves}:
            assert sum(m[3] for m in moves if m[2] == account) == 0, f"{account} does not come back by {last}"


def later(day, days):
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def circle(feed, first, taken):
    """Three customers who pass a sum on, a day each, until it is back."""
    last, ring = later(first, 2), []
    for customer, account in sorted(feed.demand.items()):
        balance = feed.on(account, first)
        if customer in taken or balance is None or ("customer", customer) not in feed.managed:
            continue
        if not feed.rests(account, later(first, -1), later(last, 1)) or (not ring and balance < AMOUNT + 2000):
            continue
        ring.append(account)
        taken.add(customer)
        if len(ring) == 3:
            break
    if len(ring) < 3:
        return 0
    moves = []
    for at, account in enumerate(ring):
        to, day = ring[(at + 1) % 3], later(first, at)
        clock = ["09:12:41", "14:35:07", "16:20:55"][at]
        moves += [(day, clock, account, -AMOUNT, to, "往来户(样本)", "往来款"),
                  (day, clock, to, AMOUNT, account, "往来户(样本)", "往来款")]
    feed.play(moves)
    return 1


def loan_return(feed, month, taken):
    """Of the month's loans the first whose borrower has nearly all of it back on the account for three days."""
    for loan in feed.loans:
        principal, paid = Decimal(loan["principal"]), loan["issued_on"]
        account = feed.payouts.get((paid, loan["customer_id"], principal))
        if not account or paid[:7] != month or principal < 50000 or loan["customer_id"] in taken or int(paid[8:]) > 22:
            continue
        first = next((later(paid, n) for n in (1, 2, 3, 4) if feed.rests(account, later(paid, n), later(paid, n + 3))), None)
        if not first:
            continue
        back = (principal * Decimal("0.96")).quantize(Decimal("0.01"))
        taken.add(loan["customer_id"])
        other = "9999660011" + loan["loan_id"][-6:]
        feed.play([(first, "10:02:11", account, back, other, "货商(样本)", "退款"),
                   (later(first, 3), "15:41:30", account, -back, other.replace("0011", "0022"), "货商(样本)", "付货款")])
        return 1
    return 0


def split_sale(feed, month):
    """A sale made again on the two days after it."""
    for sale in feed.sales:
        if sale["date"][:7] == month and sale["product"] in SALES and int(sale["date"][8:]) < 24 and sale["staff_id"]:
            for n in (1, 2):
                day = later(sale["date"], n)
                feed.add(day, "sales.csv", [{**sale, "sale_id": f"X{day.replace('-', '')}9{n:06}", "date": day, "fee_income": "0.00"}])
            return 1
    return 0


def twice(feed):
    """In each branch three customers with accounts stand under a second number: with the same identity number, with the
    same telephone, with the identity number as it was before 1999. The second numbers have no accounts."""
    first, again, seen = feed.days[0], [], {}
    for row in feed.rows(first, "customers.csv"):
        at = seen.setdefault(row["org_id"], 0)
        if row["kind"] != "person" or at == 3 or ("customer", row["customer_id"]) not in feed.managed or len(row["id_no"]) != 18:
            continue
        number = (row["id_no"], "", row["id_no"][:6] + row["id_no"][8:17])[at]
        again.append({**row, "customer_id": "C9" + row["customer_id"][2:], "id_no": number, "is_farmer": "false",
                      "phone": row["phone"] if at == 1 else "", "address": row["address"].replace("号", "号附")})
        seen[row["org_id"]] = at + 1
    feed.add(first, "customers.csv", again)
    return len(again)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    feed, planted = Feed(Path(sys.argv[1])), 0
    taken = set()
    for month in sorted({d[:7] for d in feed.days}):
        whole = f"{month}-01" in feed.days and f"{month}-25" in feed.days
        if whole:
            planted += loan_return(feed, month, taken)
        if whole and int(month[5:]) % 3 == 2:
            planted += circle(feed, f"{month}-11", taken) + split_sale(feed, month)
        elif whole and int(month[5:]) % 3 == 0:
            planted += circle(feed, f"{month}-16", taken)
    print(f"{planted} games planted, {twice(feed)} customers opened twice")


if __name__ == "__main__":
    main()
