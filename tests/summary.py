#!/usr/bin/env python3
"""Adds up a test run: GoogleTest's XML files, the Python tests' and ctest's own, in one closing line.

A folder of results holds ctest.junit (one entry a program) and *.xml (one file a program, its cases).
A program that left no cases of its own counts as one. Prints why tests were skipped, which failed.
"""

import sys
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path


def cases_of(path):
    """[(name, outcome, message)] of a GoogleTest or unittest XML file."""
    found = []
    for case in ET.parse(path).getroot().iter("testcase"):
        name = f"{case.get('classname')}.{case.get('name')}"
        failure, skipped = case.find("failure"), case.find("skipped")
        if failure is not None:
            found.append((name, "failed", failure.get("message") or ""))
        elif skipped is not None or case.get("result") == "skipped":
            message = skipped.get("message") or skipped.text or "" if skipped is not None else ""
            found.append((name, "skipped", message))
        elif case.get("status") != "notrun":
            found.append((name, "passed", ""))
    return found


def outcome_of(program):
    """(outcome, message) of ctest's entry for one program."""
    said = (program.findtext("system-out") or "").strip().splitlines()
    skipped = program.find("skipped")
    why = skipped.get("message", "") if skipped is not None else ""
    if program.get("status") == "run":
        return "passed", ""
    if program.get("status") == "disabled" or why.startswith("SKIP_"):
        return "skipped", said[-1] if said else "switched off"
    return "failed", why or "the program failed"


def gather(folder):
    cases = {}
    for path in sorted(folder.glob("*.xml")):
        try:
            cases[path.stem] = cases_of(path)
        except ET.ParseError:
            pass  # the program died while writing it: ctest's entry counts
    result = [c for found in cases.values() for c in found]
    failed_cases = {stem for stem, found in cases.items() if any(c[1] == "failed" for c in found)}
    for program in ET.parse(folder / "ctest.junit").getroot().iter("testcase"):
        name = program.get("name")
        outcome, message = outcome_of(program)
        own = next((stem for stem in (name, f"{name}_test") if stem in cases), None)
        if own is None or outcome == "failed" and own not in failed_cases:
            result.append((name, outcome, message))
    return result


def first_line(text):
    """What a person needs of a message: its first line that is not a place in a file."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    spoken = [line for line in lines if not line.startswith("/") and ".cc:" not in line]
    return (spoken or lines or ["no reason given"])[0]


def main():
    folder = Path(sys.argv[1])
    if not (folder / "ctest.junit").exists():
        print("summary: ctest left no results", file=sys.stderr)
        return 1
    cases = gather(folder)
    reasons = Counter(first_line(m) for _, outcome, m in cases if outcome == "skipped")
    for reason, n in reasons.most_common():
        print(f"skipped {n}: {reason}")
    for name, outcome, message in cases:
        if outcome == "failed":
            print(f"failed: {name}: {first_line(message)}")
    count = Counter(outcome for _, outcome, _ in cases)
    print(f"{count['passed']} passed, {count['failed']} failed, {count['skipped']} skipped")
    return 1 if count["failed"] or not count["passed"] else 0


if __name__ == "__main__":
    sys.exit(main())
