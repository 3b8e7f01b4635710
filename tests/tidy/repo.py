"""The files of the repository and what a check says about them."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

# Not read: pictures and the like, and what others wrote.
BINARY = {".png", ".jpg", ".webp", ".ico", ".gz", ".zst", ".woff2", ".pdf", ".xlsx", ".gb18030", ".bin"}
SKIPPED_FOLDERS = {".git", "build", "node_modules", ".cache", "__pycache__"}
MADE = {"data", "web/dist", "third_party/duckdb/include"}  # as in .gitignore, for where there is no git


@dataclass(frozen=True, order=True)
class Finding:
    path: str
    line: int
    what: str  # what is wrong, one sentence
    why: str   # the reason for the rule
    mend: str  # how to get rid of the finding

    def text(self):
        return f"{self.path}:{self.line}: {self.what}\n    why: {self.why}\n    mend: {self.mend}"


class Repo:
    """Tracked files and new ones that git does not ignore; read once, as UTF-8."""

    def __init__(self, root):
        self.root = Path(root)
        self._texts = {}
        self._bad = {}
        self.paths = sorted(p for p in self._list() if (self.root / p).is_file())

    def _list(self):
        """Git's list; the whole folder where there is no git (a tarball, another user's clone)."""
        command = ["git", "-C", str(self.root), "ls-files", "-z", "-co", "--exclude-standard"]
        try:
            top = subprocess.run(["git", "-C", str(self.root), "rev-parse", "--show-toplevel"],
                                 capture_output=True, text=True)
            if top.returncode == 0 and Path(top.stdout.strip()) == self.root.resolve():
                out = subprocess.run(command, capture_output=True, check=True).stdout
                return [p for p in out.decode().split("\0") if p]
        except (OSError, subprocess.CalledProcessError):
            pass
        return list(self._walk())

    def _walk(self):
        for folder, folders, files in os.walk(self.root):
            folders[:] = [f for f in folders if f not in SKIPPED_FOLDERS and
                          os.path.relpath(os.path.join(folder, f), self.root) not in MADE]
            for name in files:
                yield os.path.relpath(os.path.join(folder, name), self.root)

    def exists(self, path):
        return (self.root / path).exists()

    def text(self, path):
        """The file's text; "" for a binary one. Bytes that are no UTF-8 become U+FFFD, see not_utf8()."""
        if path not in self._texts:
            data = b"" if os.path.splitext(path)[1] in BINARY else (self.root / path).read_bytes()
            try:
                self._texts[path] = data.decode()
            except UnicodeDecodeError as e:
                self._bad[path] = data[:e.start].count(b"\n") + 1
                self._texts[path] = data.decode(errors="replace")
        return self._texts[path]

    def not_utf8(self, path):
        """The first line that is no UTF-8, or None."""
        self.text(path)
        return self._bad.get(path)

    def lines(self, path):
        return self.text(path).split("\n")

    def under(self, folder, *endings):
        return [p for p in self.paths if p.startswith(folder) and (not endings or p.endswith(endings))]

    def cpp(self, *folders):
        return [p for f in folders for p in self.under(f, ".cc", ".h")]
