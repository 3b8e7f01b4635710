"""The order of the modules (src/modules.txt) and where foreign libraries may be included."""

import re

from repo import Finding

MODULES = "src/modules.txt"
WHY_ORDER = "an order nobody checks rots: modules that include each other can only be changed together"
WHY_FOREIGN = "a library wrapped in one place can be replaced, and is compiled once"
# What stands in the angle brackets (or quotes) -> modules that may include it.
FOREIGN = [
    (re.compile(r"^boost/(beast|asio)"), ("http",)),
    (re.compile(r"^sqlite3"), ("store", "warehouse")),
    (re.compile(r"^(libpq-fe|libpq/|postgresql/|pg_config)"), ("store", "warehouse")),
    (re.compile(r"^duckdb"), ("warehouse",)),
    (re.compile(r"^cmark"), ("policy",)),
]
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]')


def modules(repo):
    """{module: (level, allowed, line)} and what is wrong with the list itself."""
    table, findings = {}, []
    for n, line in enumerate(repo.lines(MODULES), 1):
        if not line.strip() or line.startswith("#"):
            continue
        m = re.fullmatch(r"(\d+) ([a-z]+):((?: [a-z]+)*)", line)
        if not m:
            findings.append(Finding(MODULES, n, f"not understood: {line}", "CMake and this test read it",
                                    "write: LEVEL NAME: MODULE MODULE"))
            continue
        level, name, allowed = int(m.group(1)), m.group(2), m.group(3).split()
        for other in allowed:
            if other not in table or table[other][0] >= level:
                findings.append(Finding(MODULES, n, f"{name} may not include {other}", WHY_ORDER,
                                        "a module includes only modules of a lower level, listed above it"))
        table[name] = (level, allowed, n)
    return table, findings


def includes(repo):
    if not repo.exists(MODULES):
        return
    table, findings = modules(repo)
    yield from findings
    yield from _folders(repo, table)
    for path in repo.cpp("src/"):
        module = path.split("/")[1]
        for n, line in enumerate(repo.lines(path), 1):
            if m := INCLUDE.match(line):
                yield from _include(path, n, module, m.group(1), m.group(2), table)


def _folders(repo, table):
    for path in repo.under("src/", ".cc", ".h"):
        module = path.split("/")[1]
        if module not in table:
            yield Finding(path, 1, f"folder src/{module} is no module of {MODULES}",
                          "what is not listed is neither built nor checked", f"add {module} to {MODULES}")


def _include(path, n, module, mark, target, table):
    for pattern, allowed in FOREIGN:
        if pattern.match(target) and module not in allowed:
            yield Finding(path, n, f"{target} is included in {module}", WHY_FOREIGN,
                          f"use what {' or '.join(allowed)} offers")
    if mark != '"':
        return
    if target.startswith(".") or "/" not in target:
        yield Finding(path, n, f'"{target}" is not named from src/', "one way to name a header finds all its users",
                      f'write "{module}/{target.lstrip("./")}"')
        return
    other = target.split("/")[0]
    if other == module or other not in table or module not in table:
        return
    if other not in table[module][1]:
        yield Finding(path, n, f"{module} may not include {target}", WHY_ORDER,
                      f"move what is needed down, or allow {other} for {module} in {MODULES} if its level is lower")
    elif target.split("/")[1] == "detail":
        yield Finding(path, n, f"{target} is private to {other}", "detail/ may change without notice",
                      f"ask for a public header in src/{other}")
