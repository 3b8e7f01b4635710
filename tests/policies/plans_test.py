#!/usr/bin/env python3
"""Pay, grade and deposit plans of all packs: what they name is there, and fits.

    plans_test.py GUANHU [POLICIES]

`guanhu policy check` knows no plans: they are answers of decisions (docs/pay-and-grades.md). Each plan is asked; the
decisions it names are in its pack, its words are those the program knows, every grade of the scale is let in by the
decision that proposes and by the one that says what a grade may lend, and another one is not.
"""
import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PLANS = ("pay-plan", "grade-plan", "deposit-plan")
KINDS, WAYS = {"应发", "扣款", "保证金", "列示"}, {"本人", "按日", "合办", "分池"}
BLOCK = re.compile(r"^```decision\s+(\S+)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def decisions_of(pack):
    """name: text of every decision block of the folder."""
    return {name: text for path in pack.glob("**/*.md") for name, text in BLOCK.findall(path.read_text("utf-8"))}


def role_titles():
    text = (ROOT / "src/people/access.cc").read_text("utf-8")
    return set(re.findall(r'RoleText\{Role::\w+, "\w+", "([^"]+)"\}', text))


class Packs:
    def __init__(self, guanhu, policies):
        self.guanhu, self.policies, self.faults = guanhu, policies, []

    def ask(self, pack, decision, given):
        done = subprocess.run([self.guanhu, "decide", f"{pack}/{decision}", "--policies", str(self.policies)],
                              input=json.dumps(given, ensure_ascii=False), capture_output=True, text=True, check=False)
        return json.loads(done.stdout)

    def expect(self, holds, fault):
        if not holds:
            self.faults.append(fault)

    def pay(self, pack, plan, decisions):
        names = [line["行"] for line in plan]
        self.expect(len(set(names)) == len(names) > 0, f"{pack}: lines are empty or named twice: {names}")
        for line in plan:
            where = f"{pack}, line {line['行']}"
            self.expect(line["种类"] in KINDS and line["方式"] in WAYS, f"{where}: {line['种类']}, {line['方式']}")
            self.expect(line["决定"] in decisions, f"{where}: there is no decision {line['决定']}")
            pool = line.get("池", "")
            self.expect((line["方式"] == "分池") == bool(pool), f"{where}: a pool and its way go together")
            self.expect(not pool or pool in decisions, f"{where}: there is no decision {pool}")

    def grades(self, pack, plan, decisions):
        known = [*plan["职级"], *plan["见习"], plan["无"]]
        self.expect(len(set(known)) == len(known), f"{pack}: a grade stands twice: {known}")
        for member in ("建议", "申诉", "权限"):
            self.expect(not plan[member] or plan[member] in decisions, f"{pack}: there is no decision {plan[member]} ({member})")
        for body in plan["决定权"]:
            self.expect(set(body["角色"]) <= role_titles(), f"{pack}, {body['机关']}: {body['角色']} are not roles")
            self.expect(set(body["职级"]) <= set(known), f"{pack}, {body['机关']}: {body['职级']} are not grades")
        last = plan["决定权"][-1]
        self.expect(not last["变动"] and not last["职级"], f"{pack}: the last body does not decide whatever is left")
        self.let_in(pack, plan["建议"], "职级", known)
        if plan["权限"]:
            self.let_in(pack, plan["权限"], plan["权限职级"], known)
            self.expect(plan["权限金额"] in decisions[plan["权限"]], f"{pack}: {plan['权限']} does not ask for {plan['权限金额']}")

    def let_in(self, pack, decision, grade_input, known):
        """What else is missing is another matter: the grade itself is not refused."""
        for grade in [*known, "没有这个等级"]:
            error = self.ask(pack, decision, {grade_input: grade}).get("error", {})
            refused = error.get("where") == grade_input
            self.expect(refused == (grade not in known), f"{pack}/{decision}: {grade_input} {grade}: {error}")

    def deposits(self, pack, plan, decisions):
        for member in ("释放", "利息", "分担", "退还"):
            name = plan.get(member, "")
            self.expect(not name or name in decisions, f"{pack}: there is no decision {name} ({member})")


def main():
    policies = Path(sys.argv[2]) if len(sys.argv) > 2 else ROOT / "policies"
    packs, seen = Packs(sys.argv[1], policies), 0
    for folder in sorted(path for path in policies.iterdir() if (path / "pack.toml").exists()):
        decisions = decisions_of(folder)
        for name, check in zip(PLANS, (packs.pay, packs.grades, packs.deposits)):
            if name not in decisions:
                continue
            answer = packs.ask(folder.name, name, {})
            packs.expect("result" in answer, f"{folder.name}/{name}: {answer}")
            if "result" in answer:
                check(folder.name, answer["result"], decisions)
            seen += 1
    print(f"{seen} plans, {len(packs.faults)} faults", *packs.faults, sep="\n")
    return 1 if packs.faults or not seen else 0


if __name__ == "__main__":
    sys.exit(main())
