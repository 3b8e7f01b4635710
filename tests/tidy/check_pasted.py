"""No sentence of a regulation is pasted: it is restated, with its locator.

Compares runs of Chinese characters with the source documents in ../shared/seeds, where those are at hand.
"""

import re

from repo import Finding

RUN = 24  # characters in a row: longer than any title or name of a form
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def _shingles(text):
    chars = CHINESE.findall(text)
    return {"".join(chars[i:i + RUN]) for i in range(len(chars) - RUN + 1)}


def pasted(repo):
    folder = repo.root.parent / "shared" / "seeds"
    seeds = sorted(folder.glob("*.txt")) if folder.is_dir() else []
    known = set().union(*(_shingles(p.read_text(errors="replace")) for p in seeds)) if seeds else set()
    for path in repo.paths if known else []:
        if path.endswith((".tsv", "LICENSE")):
            continue
        yield from _file(repo, path, known)


def _file(repo, path, known):
    text = repo.text(path)
    places = [m.start() for m in CHINESE.finditer(text)]
    chars = "".join(text[i] for i in places)
    at = 0
    while at + RUN <= len(chars):
        if chars[at:at + RUN] in known:
            yield Finding(path, text.count("\n", 0, places[at]) + 1, f"taken over word for word: {chars[at:at + RUN]}…",
                          "the regulation's words belong to its author and change without us",
                          "say it in your own words, shorter, and keep the locator")
            at += RUN
        else:
            at += 1
