#!/usr/bin/env python3
"""Walks docs/how-to/first-decision.md: writes the files it shows, runs every command, as its reader would.

usage: newcomer_test.py GUANHU
"""

import datetime
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

DOC = Path(__file__).resolve().parents[2] / "docs/how-to/first-decision.md"
BLOCK = re.compile(r"^(`{3,})(\w+)[ ]?(\w*)\n(.*?)^\1$", re.M | re.S)
NOBODY = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]


def bank_day():
    """The day in the bank, eight hours ahead of Greenwich."""
    return (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=8)).date().isoformat()


def blocks(text):
    """(language, mark, content) of the fenced blocks, in order."""
    return [(m.group(2), m.group(3), m.group(4)) for m in BLOCK.finditer(text)]


def fail(what):
    print(f"newcomer: {what}")
    sys.exit(1)


class Reader:
    def __init__(self, guanhu):
        self.home = Path(tempfile.mkdtemp(prefix="guanhu-newcomer-"))
        (self.home / "bin").mkdir()
        (self.home / "bin/guanhu").symlink_to(guanhu)
        self.environment = dict(os.environ, PATH=f"{self.home}/bin:{os.environ['PATH']}", HOME=str(self.home))

    def write(self, name, text):
        (self.home / name).parent.mkdir(parents=True, exist_ok=True)
        (self.home / name).write_text(text)

    def run(self, line, before=()):
        out = subprocess.run([*before, "sh", "-c", line], cwd=self.home, env=self.environment, capture_output=True,
                             text=True)
        return out.returncode, out.stdout + out.stderr

    def must(self, line, before=()):
        status, out = self.run(line, before)
        if status != 0:
            fail(f"'{line}' ended with {status}:\n{out}")
        return out

    def colleague(self):
        """How to run as somebody else; nothing where that cannot be."""
        if os.getuid() != 0 or not shutil.which("setpriv"):
            return None
        self.must("chmod -R a+rwX .")
        return NOBODY if self.run("guanhu --help", NOBODY)[0] == 0 else None


def walk(reader, text):
    card, document, *rest = blocks(text)
    reader.write("policies/my-bank/pack.toml", card[2])
    reader.write("policies/my-bank/消费贷款.md", document[2])
    answers = {}
    for language, mark, content in rest:
        if language != "sh":
            continue
        for line in content.strip().splitlines():
            line = line.replace("TODAY", bank_day())
            before = ()
            if mark == "colleague":
                status, said = reader.run(line)
                if status == 0:
                    fail(f"'{line}' was done by whoever drafted it")
                before = reader.colleague()
                if before is None:
                    print("newcomer: nobody else to approve here (root and setpriv are needed): the last steps are left out")
                    return answers
            answers[line.split(" --")[0]] = reader.must(line, before)
    return answers


def refusals(reader):
    """What the page says about mistakes."""
    path = "policies/my-bank/消费贷款.md"
    text = (reader.home / path).read_text()
    reader.write(path, text.replace("> 双人审批线 ", "> 双人审批 "))
    status, said = reader.run("guanhu policy check policies/my-bank")
    if status != 1 or "消费贷款.md:34:" not in said or "双人审批" not in said:
        fail(f"a wrong name is not shown at its place:\n{said}")
    reader.write(path, text)
    status, said = reader.run("echo '{\"贷款金额\": 1}' | guanhu decide my-bank/consumer-loan-approval --policies policies")
    if status != 2 or "年龄" not in said:
        fail(f"a missing input is not named:\n{said}")


def next_year(reader, text):
    """The second value of the limit: the day before and the day itself."""
    two = blocks(text)[-1][2]
    path = "policies/my-bank/消费贷款.md"
    old = (reader.home / path).read_text()
    reader.write(path, re.sub(r'\["消费贷款上限"\]\nvalue = 200000\nunit  = "元"\n', lambda _: two, old))
    for day, answer in (("2027-06-30", "不办理"), ("2027-07-01", "双人")):
        out = reader.must("echo '{\"贷款金额\": 300000, \"年龄\": 30}' | guanhu decide my-bank/consumer-loan-approval "
                          f"--policies policies --on {day}")
        if f'"{answer}"' not in out:
            fail(f"on {day} the answer is not {answer}: {out}")


def main():
    reader = Reader(Path(sys.argv[1]).resolve())
    text = DOC.read_text()
    try:
        answers = walk(reader, text)
        asked = next(out for line, out in answers.items() if "guanhu decide" in line)
        if '"双人"' not in asked:
            fail(f"the answer is not the one the page tells: {asked}")
        refusals(reader)
        next_year(reader, text)
    finally:
        shutil.rmtree(reader.home)
    print("newcomer: the page is true")


if __name__ == "__main__":
    main()
