"""Files and functions stay small enough to be read in one go."""

import ast
import re

import cpp
from repo import Finding

FILE_LIMIT, FUNCTION_LIMIT, README_LIMIT = 500, 60, 60
# Data, generated or taken over whole.
EXEMPT = re.compile(r"(package-lock\.json|\.svg|\.tsv|\.csv|\.golden|\.xsd|\.dmn|\.jsonl|\.d\.ts)$|(^|/)LICENSE$|/fixtures/|/golden/")

WHY_FILE = "a file is read as a whole; beyond this size nobody does"
WHY_FUNCTION = "a function does one thing and is read top-down"


def files(repo):
    for path in repo.paths:
        if EXEMPT.search(path):
            continue
        n = repo.text(path).count("\n")
        if n > FILE_LIMIT:
            yield Finding(path, FILE_LIMIT + 1, f"{n} lines (limit {FILE_LIMIT})", WHY_FILE,
                          "split it by what changes together, each part with a name of its own")


def functions(repo):
    found = [(p, f.first, f.name, f.lines) for p in repo.cpp("src/", "tests/", "bench/")
             for f in cpp.functions(repo.text(p))]
    found += [(p, *f) for p in repo.under("", ".py") for f in _python(repo.text(p))]
    found += [(p, *f) for p in repo.paths if _is_shell(repo, p) for f in _shell(repo.text(p))]
    for path, line, name, n in found:
        if n > FUNCTION_LIMIT:
            yield Finding(path, line, f"function {name} has {n} lines (limit {FUNCTION_LIMIT})", WHY_FUNCTION,
                          "give the steps inside it names: functions above it in the same file")


def readmes(repo):
    for path in repo.under("src/", "README.md"):
        n = repo.text(path).count("\n")
        if path.count("/") == 2 and n > README_LIMIT:
            yield Finding(path, README_LIMIT + 1, f"{n} lines (limit {README_LIMIT})",
                          "a module's README is one screen: what belongs here, what does not, where to start",
                          "keep the map, move the detail into the headers")


def _python(text):
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return  # the interpreter says it better
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node.lineno, node.name, node.end_lineno - node.lineno + 1


def _is_shell(repo, path):
    return path.endswith(".sh") or re.match(r"#!.*\b(bash|sh)$", repo.lines(path)[0]) is not None


def _shell(text):
    for m in re.finditer(r"^(\w+)\(\) \{\n(.*?)^\}", text, re.S | re.M):
        yield text.count("\n", 0, m.start()) + 1, m.group(1), m.group(2).count("\n") + 2
