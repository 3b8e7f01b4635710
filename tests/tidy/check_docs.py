"""Documents must be true where a machine can tell: links, paths, the map of the modules, dependencies."""

import os
import re

from check_includes import MODULES, modules
from repo import Finding

WHY_LINK = "a map that names what is gone leads astray"
WHY_README = "a newcomer opens the folder and must see what belongs there"
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)")
# A path of this repository in backquotes: `src/base/date.h`, `docs/style.md`.
QUOTED = re.compile(r"`((?:src|docs|tests|cmake|policies|bench|third_party|web|\.ci)/[\w./-]*)`")
DEPENDENCIES = "docs/dependencies.md"


def _prose(repo, path):
    """Lines outside fenced blocks."""
    fence = False
    for n, line in enumerate(repo.lines(path), 1):
        if line.lstrip().startswith("```"):
            fence = not fence
        elif not fence:
            yield n, line


def links(repo):
    for path in repo.under("", ".md"):
        here = os.path.dirname(path)
        for n, line in _prose(repo, path):
            for target in LINK.findall(line):
                yield from _link(repo, path, here, n, target)
            for target in QUOTED.findall(line):
                if re.search(r"/[A-Z]+(?:/|$)", target):
                    continue  # `policies/ID/`: a name to be put in
                if not repo.exists(target) and not repo.exists(os.path.join(here, target)):
                    yield Finding(path, n, f"`{target}` does not exist", WHY_LINK, "name what is there, or drop it")


def _link(repo, path, here, n, target):
    if re.match(r"[a-z]+:", target):
        return
    name, _, anchor = target.partition("#")
    file = os.path.normpath(os.path.join(here, name)) if name else path
    if not repo.exists(file):
        yield Finding(path, n, f"link to {target}: no such file", WHY_LINK, "mend the link, or drop it")
    elif anchor and file.endswith(".md") and anchor not in _anchors(repo, file):
        yield Finding(path, n, f"link to {target}: no such heading", WHY_LINK, "mend the link, or drop it")


def _anchors(repo, path):
    """Headings as they become anchors: lower case, punctuation out, blanks to dashes."""
    found = set()
    for _, line in _prose(repo, path):
        if m := re.match(r"#+\s+(.*)", line):
            found.add(re.sub(r"[^\w\- ]", "", m.group(1).strip().lower()).replace(" ", "-"))
    return found


def readmes(repo):
    if not repo.exists(MODULES):
        return
    table, _ = modules(repo)
    index = repo.text("src/README.md") if repo.exists("src/README.md") else ""
    for name, (_, _, line) in table.items():
        if repo.under(f"src/{name}/", ".cc", ".h") and not repo.exists(f"src/{name}/README.md"):
            yield Finding(MODULES, line, f"module {name} has no README.md", WHY_README,
                          f"write src/{name}/README.md: what belongs here, what does not, where to start, how to test")
        if not re.search(rf"\b{name}/?`", index):
            yield Finding("src/README.md", 1, f"module {name} has no line here", WHY_README, "add one line for it")
    for n, line in enumerate(index.split("\n"), 1):
        for name in re.findall(r"^\|[^|]*`(\w+)/?`", line):
            if name not in table:
                yield Finding("src/README.md", n, f"{name} is no module", WHY_LINK, f"{MODULES} lists the modules")


def packages(repo):
    """The arrays packages…=( … ) of `dev` and the first column of docs/dependencies.md name the same."""
    if not repo.exists("dev") or not repo.exists(DEPENDENCIES):
        return
    used = {}
    for m in re.finditer(r"^packages\w*=\(([^)]*)\)", repo.text("dev"), re.M):
        for p in m.group(1).split():
            used[p] = repo.text("dev").count("\n", 0, m.start()) + 1
    for p, n, _ in npm_packages(repo):
        used[p] = n
    where = {p: path for p, _, path in npm_packages(repo)}
    named = {}
    for n, line in enumerate(repo.lines(DEPENDENCIES), 1):
        for p in re.findall(r"`([^`]+)`", line.split("|")[1]) if line.startswith("| `") else []:
            named[p] = n
    for p in sorted(used.keys() - named.keys()):
        yield Finding(where.get(p, "dev"), used[p], f"package {p} is not in {DEPENDENCIES}",
                      "each package is a debt: it says what for and what would replace it", "add a row for it")
    for p in sorted(named.keys() - used.keys()):
        yield Finding(DEPENDENCIES, named[p], f"package {p} is not installed by ./dev setup",
                      "a list that names what is not used is not believed", "drop the row, or install it")


def npm_packages(repo):
    """(name, line, file) of the packages named in package.json files, of those whose tarball a setup.sh opens, and of
    those that `dev` installs in a folder of its own."""
    for path in [p for folder in ("third_party/", "bench/", "tests/", "web/") for p in repo.under(folder, "package.json")]:
        for kind in re.finditer(r'"(?:dev)?[dD]ependencies"\s*:\s*\{([^}]*)\}', repo.text(path)):
            for m in re.finditer(r'"([^"]+)"\s*:', kind.group(1)):
                yield m.group(1), _line(repo, path, kind.start(1) + m.start()), path
    for path in [*repo.under("third_party/", "setup.sh"), *(["dev"] if repo.exists("dev") else [])]:
        for m in re.finditer(r"npm (?:pack|install) [^\n]*?\"?(?<![\w/@])(@?[a-z][\w/-]*)@", repo.text(path)):
            yield m.group(1), _line(repo, path, m.start()), path


def _line(repo, path, at):
    return repo.text(path).count("\n", 0, at) + 1
