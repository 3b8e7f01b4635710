#!/usr/bin/env python3
"""The rules of docs/style.md that a machine can check. Prints file:line: what, why, how to mend; exit 1 on any."""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import check_code
import check_docs
import check_format
import check_includes
import check_pasted
import check_sizes
import check_text
from repo import Repo

CHECKS = {
    "file-size": check_sizes.files,
    "function-size": check_sizes.functions,
    "readme-size": check_sizes.readmes,
    "includes": check_includes.includes,
    "floating": check_code.floating,
    "clocks": check_code.clocks,
    "types": check_code.types,
    "tests": check_code.tests,
    "python-tests": check_code.python_tests,
    "headers": check_code.headers,
    "encoding": check_text.bytes_,
    "blanks": check_text.blanks,
    "marks": check_text.marks,
    "machine": check_text.machine,
    "names": check_text.names,
    "links": check_docs.links,
    "readmes": check_docs.readmes,
    "packages": check_docs.packages,
    "pasted": check_pasted.pasted,
    "layout": check_format.layout,
}


def run(root, checks=CHECKS):
    repo = Repo(root)
    return repo, [(name, f) for name in checks for f in sorted(CHECKS[name](repo))]


def main():
    here = Path(__file__).resolve().parents[2]
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", default=here, help="the repository (default: this one)")
    parser.add_argument("--only", action="append", choices=CHECKS, help="run only this check (repeatable)")
    parser.add_argument("paths", nargs="*", help="show only findings in files that start with one of these")
    a = parser.parse_args()
    repo, findings = run(a.root, a.only or CHECKS)
    if a.paths:
        findings = [(n, f) for n, f in findings if f.path.startswith(tuple(a.paths))]
    for name, f in findings:
        print(f"{f.text()} [{name}]")
    print(f"tidy: {len(repo.paths)} files, {len(a.only or CHECKS)} checks, {len(findings)} findings")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
