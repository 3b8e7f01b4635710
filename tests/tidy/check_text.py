"""What holds for every text file: encoding, blanks, left-over marks, traces of one machine."""

import os
import re

from repo import Finding

# Files whose blanks mean something, or that others wrote.
RAW = re.compile(r"(\.tsv|\.csv|\.golden|\.diff|\.patch|package-lock\.json)$|(^|/)(LICENSE|Makefile)$|/fixtures/|/golden/")
# Put together from pieces, so that this file is not its own finding.
MARKS = re.compile(r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "X" + "XX", "HA" + "CK"]) + r")\b")
MACHINE = re.compile(r"(?<![\w.}$*-])/(?:work|farm|home|root|tmp|Users|mnt|var/tmp)/(?!guanhu-)|\.libr" + "ary/")
HOSTS = re.compile(r"\b(?:registry|deb|security|snapshot|pypi|files)\.(?:npmjs|debian|pythonhosted|python|org)\b", re.I)


def bytes_(repo):
    for path in repo.paths:
        if (n := repo.not_utf8(path)) is not None and not RAW.search(path):
            yield Finding(path, n, "no UTF-8", "one encoding for all text", "convert it: iconv -f GB18030 -t UTF-8")


def blanks(repo):
    for path in repo.paths:
        text = repo.text(path)
        if not text or RAW.search(path):
            continue
        for n, line in enumerate(text.split("\n"), 1):
            if "\r" in line:
                yield Finding(path, n, "carriage return", "lines end with one byte", "save it with Unix line ends")
                break
        for n, line in enumerate(text.split("\n"), 1):
            if line != line.rstrip(" \t\r"):
                yield Finding(path, n, "blank at the end of the line", "noise in every later difference", "remove it")
            if "\t" in line.lstrip("\t") or line.startswith("\t"):
                yield Finding(path, n, "tab", "it looks different in every editor", "indent with spaces; in a string write \\t")
        if not text.endswith("\n") or text.endswith("\n\n"):
            yield Finding(path, text.count("\n") + 1, "file does not end with exactly one line end",
                          "noise in every later difference", "end it with one line end")


def marks(repo):
    for path in repo.paths:
        for n, line in enumerate(repo.lines(path), 1):
            if path != "LICENSE" and (m := MARKS.search(line)):
                yield Finding(path, n, f"left-over mark {m.group(1)}", "a note to oneself is seen by nobody else",
                              "do it now, or write an issue that says what is missing")


def machine(repo):
    for path in repo.paths:
        for n, line in enumerate(repo.lines(path), 1):
            if m := MACHINE.search(line):
                yield Finding(path, n, f"path of one machine: {m.group(0)}", "it is not there elsewhere",
                              "name it relative to the repository, or ask the system for its temporary folder")
            if m := HOSTS.search(line):
                yield Finding(path, n, f"name of a registry's host: {m.group(0)}",
                              "where packages come from is set up on the machine", "name the package, not the host")


def names(repo):
    for path in repo.paths:
        base = os.path.basename(path)
        if path.startswith("src/") and re.search(r"\.(cc|h)$", base) and not re.fullmatch(r"[a-z0-9_]+\.(cc|h)", base):
            yield Finding(path, 1, "file name is not snake_case", "one way to name things finds them", "rename it")
