#!/usr/bin/env python3
"""docs/platform-functions.md says truly where each of the 36 functions of the platform (004 篇2) is.

Every function that docs/rules.tsv has of the institution platform-2012 stands in it; a page it names is a route of the
client, a command one of the program, a story one that is walked in Chromium. A function without page and story says
"not yet": these are counted and named.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOC = ROOT / "docs/platform-functions.md"
ROW = re.compile(r"^\| ([A-Z]{3}-\d{3}) \| ([^|]+?) \| ([^|]+?) \| ([^|]+?) \|$")
FUNCTIONS = 36


def stories(root):
    found = set()
    for file in sorted((root / "tests/e2e").glob("flows*.mjs")):
        found |= set(re.findall(r"^  '?([\w-]+)'?: \{ roles:", file.read_text(encoding="utf-8"), re.M))
    return found


def routes(root):
    text = (root / "web/src/router.ts").read_text(encoding="utf-8")
    return {re.sub(r"\([^)]*\)|\?", "", path) for path in re.findall(r"path: '(/[^']*)'", text)}


def commands(root):
    text = (root / "src/cli/dispatch.cc").read_text(encoding="utf-8")
    return {word for words in re.findall(r'"([a-z]+(?: [a-z]+)*)"', text) for word in (words, words.split()[0])}


def wanted(root):
    """Functions by rule, and every rule of the platform with its title."""
    functions, titles = set(), {}
    for line in (root / "docs/rules.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        rule, kind, institution, title, _ = line.split("\t")
        if institution == "platform-2012":
            titles[rule] = title
            if kind == "function":
                functions.add(rule)
    return functions, titles


def faults_of(rows, root):
    functions, titles = wanted(root)
    walked, pages, said = stories(root), routes(root), commands(root)
    seen, waiting, out = set(), [], []
    for number, (rule, _, where, story) in rows:
        at = f"docs/platform-functions.md:{number}: {rule}"
        if rule in seen:
            out.append(f"{at} stands there twice")
        seen.add(rule)
        if rule not in titles:
            out.append(f"{at} is no rule of platform-2012 in docs/rules.tsv")
        if where == "not yet":
            waiting.append(rule)
            continue
        for name in re.findall(r"`([^`]+)`", where):
            known = name in pages or (name.startswith("guanhu ") and name[7:] in said)
            if not known:
                out.append(f"{at}: neither a route of web/src/router.ts nor a command: {name}")
        names = re.findall(r"`([^`]+)`", story)
        out += [f"{at}: no story of tests/e2e/flows*.mjs: {name}" for name in names if name not in walked]
        if not names or "`" not in where:
            out.append(f"{at} names no page or no story: mend it, or say \"not yet\"")
    out += [f"docs/platform-functions.md has no row for {rule} {titles[rule]}" for rule in sorted(functions - seen)]
    return out, waiting


def rows_of(text):
    found = [(n, ROW.match(line)) for n, line in enumerate(text.splitlines(), 1)]
    return [(n, m.groups()) for n, m in found if m]


def main():
    text = DOC.read_text(encoding="utf-8")
    rows = rows_of(text)
    faults, waiting = faults_of(rows, ROOT)
    first = text.split("\n## ")[1]
    if len(rows_of(first)) != FUNCTIONS:
        faults.append(f"the first table has {len(rows_of(first))} functions, the source {FUNCTIONS}")
    for fault in faults:
        print(fault)
    print(f"platform: {len(rows)} rows, {len(rows) - len(waiting)} with page and story, not yet: {', '.join(waiting) or 'none'}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
