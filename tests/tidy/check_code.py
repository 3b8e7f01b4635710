"""Rules of docs/style.md on what stands in the code."""

import ast
import re

import cpp
from repo import Finding

WHY_MONEY = "binary fractions cannot hold fen: 1.005 times 100 would be 100"
WHY_CLOCK = "time is passed in, so that a run can be repeated and a test can choose its day"
WHY_TEST = "a test that cannot fail proves nothing"

FLOATING = re.compile(r"\b(?:double|float|stod|stof|strtod|strtof|atof)\b")
CLOCKS = re.compile(r"\b(?:system_clock|high_resolution_clock)\b|\b(?:gettimeofday|clock_gettime|timespec_get)\s*\("
                    r"|(?<![\w.>:])(?:std::|::)?time\s*\(\s*(?:nullptr|NULL|0|&)")
SQL_CLOCKS = re.compile(r"\bCURRENT_(?:TIMESTAMP|DATE|TIME)\b|\b(?:clock_timestamp|statement_timestamp)\s*\("
                        r"|\bdatetime\s*\(\s*'now'", re.I)
SLEEPS = re.compile(r"\b(?:sleep_for|sleep_until|usleep|nanosleep)\s*\(|(?<![\w.>])(?:std::|::)?sleep\s*\(")
# A test asserts by gtest's macros or through a helper of its own that says so in its name.
ASSERTS = re.compile(r"EXPECT|ASSERT|FAIL\s*\(|ADD_FAILURE|(?i:expect|assert|check|verify|refus|same|equal)")
EMPTY_ASSERTS = re.compile(r"\b(?:EXPECT|ASSERT)_(?:TRUE\s*\(\s*(?:true|1)\s*\)|FALSE\s*\(\s*(?:false|0)\s*\))|\bSUCCEED\s*\(")


def _each_line(repo, path):
    """(line number, code without comments and strings, the line as written)."""
    raw = repo.lines(path)
    for n, code in enumerate(cpp.strip(repo.text(path)).split("\n"), 1):
        yield n, code, raw[n - 1]


def floating(repo):
    for path in repo.cpp("src/"):
        for n, code, raw in _each_line(repo, path):
            if (m := FLOATING.search(code)) and not re.search(r"// double: \S", raw):
                yield Finding(path, n, f"{m.group(0)} in the code", WHY_MONEY,
                              "use base::Fen or base::Decimal; if it is no money, say why: // double: a clock's seconds")


TYPES = re.compile(r"(?P<space>namespace(?:\s+(?P<name>[\w:]+))?\s*\{)|\b(?:struct|class|enum\s+class|enum|union)\s+"
                   r"(?P<type>\w+)(?:\s+final)?(?:\s*:(?!:)[^{;()]*)?\s*\{|(?P<open>\{)|(?P<close>\})")


def _types(code):
    """(offset, namespace, name) of each type that is defined in a named namespace, none inside an anonymous one."""
    around = []  # a namespace's name, "" for an anonymous one, None for any other brace
    for m in TYPES.finditer(code):
        if m["close"]:
            if around:
                around.pop()
        elif m["space"]:
            around.append(m["name"] or "")
        else:
            if m["type"] and around and all(around):
                yield m.start(), "::".join(around), m["type"]
            around.append(None)


def types(repo):
    """One name, one type: two of them in one namespace share their constructors and destructors when linked."""
    seen = {}
    for path in repo.cpp("src/"):
        code = cpp.without_directives(cpp.strip(repo.text(path)))
        for at, space, name in _types(code):
            n = code.count("\n", 0, at) + 1
            first, line = seen.setdefault((space, name), (path, n))
            if first != path:
                yield Finding(path, n, f"{space}::{name} is also defined in {first}:{line}",
                              "the linker keeps one destructor of two, and the other type's memory is lost or spoiled",
                              "give one of them a name of its own, or an anonymous namespace")


def clocks(repo):
    for path in repo.cpp("src/"):
        if path == "src/base/clock.cc":
            continue
        for n, code, _ in _each_line(repo, path):
            if m := CLOCKS.search(code):
                yield Finding(path, n, f"{m.group(0).strip()} reads the machine's clock", WHY_CLOCK,
                              "take a base::Clock& (steady_clock may measure how long something took)")
        for n, literal in cpp.strings(repo.text(path)):
            if m := SQL_CLOCKS.search(literal):
                yield Finding(path, n, f"{m.group(0)} reads the database's clock", WHY_CLOCK,
                              "bind the moment as a parameter, from base::Clock")


def tests(repo):
    for path in repo.cpp("src/", "tests/"):
        if not path.endswith("_test.cc"):
            continue
        text = repo.text(path)
        for f in cpp.functions(text):
            if not cpp.is_test(f):
                continue
            body = cpp.strip(text)[f.begin:f.end]
            if not ASSERTS.search(body):
                yield Finding(path, f.first, f"test {f.name} asserts nothing", WHY_TEST, "say what must come out")
            if "DISABLED_" in f.name:
                yield Finding(path, f.first, f"test {f.name} is switched off", "what is not run rots",
                              "mend it, or remove it with the reason in the commit")
        for n, code, _ in _each_line(repo, path):
            if m := EMPTY_ASSERTS.search(code):
                yield Finding(path, n, f"{m.group(0)} holds always", WHY_TEST, "compare with what must come out")
            if m := SLEEPS.search(code):
                yield Finding(path, n, f"{m.group(0)} in a test", "it is slow on a good day and wrong on a bad one",
                              "wait for the event itself, or pass a clock in")


def python_tests(repo):
    for path in repo.under("", "_test.py"):
        for node in ast.walk(ast.parse(repo.text(path))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test") and not ASSERTS.search(
                    ast.get_source_segment(repo.text(path), node).split("\n", 1)[-1]):
                yield Finding(path, node.lineno, f"test {node.name} asserts nothing", WHY_TEST, "say what must come out")


def headers(repo):
    for path in repo.under("src/", ".h"):
        if not re.search(r"^#pragma once$", repo.text(path), re.M):
            yield Finding(path, 1, "no #pragma once", "a header included twice would be defined twice",
                          "put #pragma once after the opening comment")
        if not repo.text(path).startswith("//"):
            yield Finding(path, 1, "no comment at the top", "a public header says what it is for",
                          "say in two or three lines what a reader finds here, units and errors included")
