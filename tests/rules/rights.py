#!/usr/bin/env python3
"""docs/rights.md: who may do what, and how far, from the table that every gate reads (src/people/access.cc).

Words for people come from the client (web/src/i18n). Exit 1 when the document is not what the table says, when a
permission has no words, or when no endpoint and no page of the client asks for it.
"""

import argparse
import re
import sys
from pathlib import Path

GRANT = re.compile(r'Grant\{Permission::(\w+), "([a-z_.]+)", "([-otbB]+)"\}')
ROLE = re.compile(r'RoleText\{Role::(\w+), "(\w+)", "([^"]+)"\}')
WORD = re.compile(r"'permission\.([a-z_.]+)': '([^']+)'")
NOTE = re.compile(r"^\s*(\w+),?\s*// (.+)$")
SCOPES = {"-": "", "o": "own", "t": "team", "b": "branch", "B": "bank"}

PAGE = """# Who may do what

Made by `tests/rules/rights.py --write` (`./dev rebase`) from the table in `src/people/access.cc`, which every gate, list
and export reads. A letter says how far a right reaches: **own** what is one's own (or of whom one stands in for), **branch**
one's branch with everything below it, **bank** everything. Composed roles, delegations and what an organisation may not
do come on top: [people.md](people.md). What may not be held together, and which rights need a second person, is data: the
pack `policies/house-people`. What each post is for and where it does its work, in words: the page 岗位职责 (`/duties`), from the
pack `policies/house-posts`.

{roles}

| right | what it lets one do | {heads} |
| --- | --- | {lines} |
{rows}
"""


def read(path):
    return path.read_text(encoding="utf-8")


def notes(root):
    """What access.h says of each permission, in English."""
    text = read(root / "src/people/access.h")
    body = text[text.index("enum class Permission"):]
    return {m[1]: m[2] for m in map(NOTE.match, body[:body.index("};")].replace("enum class Permission {\n", "").splitlines()) if m}


def asked_for(root):
    """Permissions that something in the program asks for."""
    found = set()
    for path in (root / "src/api").glob("*.cc"):
        found |= set(re.findall(r"Permission::(\w+)", read(path)))
    return found


def page(root):
    table = read(root / "src/people/access.cc")
    grants, roles = GRANT.findall(table), ROLE.findall(table)
    words, said = dict(WORD.findall(read(root / "web/src/i18n/zh-terms.ts") + read(root / "web/src/i18n/zh.ts"))), notes(root)
    problems = [f"src/people/access.h: {name} says nothing of itself" for name, _, _ in grants if name not in said]
    problems += [f"web/src/i18n/zh-terms.ts: no words for {right}" for _, right, _ in grants if right not in words]
    used = asked_for(root)
    problems += [f"src/people/access.cc: nothing asks for {right}" for name, right, _ in grants if name not in used]
    rows = [f"| `{right}` {words.get(right, '')} | {said.get(name, '')} | " + " | ".join(SCOPES[c] for c in letters) + " |"
            for name, right, letters in grants]
    listed = "\n".join(f"- `{name}` {title}: {sum(g[2][n] != '-' for g in grants)} rights" for n, (_, name, title) in enumerate(roles))
    return PAGE.format(roles=listed, heads=" | ".join(title for _, _, title in roles), lines=" | ".join("---" for _ in roles),
                       rows="\n".join(rows)), problems


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=Path, default=Path(__file__).resolve().parents[2])
    parser.add_argument("--write", action="store_true", help="write docs/rights.md anew")
    a = parser.parse_args()
    text, problems = page(a.root)
    file = a.root / "docs/rights.md"
    if a.write:
        file.write_text(text, encoding="utf-8")
    elif not file.exists() or read(file) != text:
        problems.append("docs/rights.md:1: not what src/people/access.cc says\n    why: people are told what they may do from here\n"
                        "    mend: ./dev rebase, or python3 tests/rules/rights.py --write")
    print("\n".join(problems), end="\n" if problems else "")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
