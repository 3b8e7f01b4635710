#!/usr/bin/env python3
"""The coverage table against a small repository of its own, with ids that exist there and ids that do not."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

# Ids of the small repository only: put together here, so that the scan of the real one does not meet them.
A, B, C, D = ("QQ" + f"Q-00{n}" for n in range(1, 5))
BOGUS = "QQ" + "Q-999"

PACK = f"""# 第一条
Prose on {D}.

```decision grade
rules = ["{A}"]
```
```judgement
rules = ["{B}"]
```
```case
decision = "grade"
```
"""


class Coverage(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.root = Path(self.folder.name)
        self.put("docs/rules.tsv", "id\tkind\n" + "".join(f"{i}\tformula\n" for i in (A, B, C, D)))
        for top in ("src", "policies", "tests"):
            (self.root / top).mkdir()

    def put(self, path, text):
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text)

    def run_coverage(self, *arguments):
        out = subprocess.run([sys.executable, Path(__file__).parent / "coverage.py", "--root", self.root, *arguments],
                             capture_output=True, text=True)
        return out.returncode, out.stdout

    def test_refuses_an_id_that_does_not_exist(self):
        for path in ("src/a/a.cc", "src/a/a_test.cc", "policies/p/one.md", "tests/x/x.toml"):
            with self.subTest(path=path):
                self.run_coverage("--write")
                self.put(path, f"x\n// {BOGUS}\n")
                status, out = self.run_coverage("--quiet")
                self.assertEqual(status, 1)
                self.assertIn(f"{path}:2: rule {BOGUS} does not exist", out)
                (self.root / path).unlink()

    def test_refuses_an_old_table(self):
        status, out = self.run_coverage()
        self.assertEqual(status, 1)
        self.assertIn("docs/coverage.md:1: not up to date", out)
        self.assertEqual(self.run_coverage("--write")[0], 0)
        self.assertEqual(self.run_coverage("--quiet"), (0, ""))
        self.put("src/a/a.cc", f"// {A}\n")
        self.assertEqual(self.run_coverage()[0], 1)

    def test_examples_of_what_is_refused(self):
        self.put("tests/policies/bad/rules.txt", f"{BOGUS} {A}\n")
        self.assertEqual(self.run_coverage("--write")[0], 0)
        self.assertIn("| **all** | 4 | 0 | 0 | 0 | 0 | 4 |", (self.root / "docs/coverage.md").read_text())

    def test_what_is_no_id(self):
        self.put("src/a/a.cc", f"// SHA-256 AES-128 X{BOGUS} {BOGUS}1 a-{BOGUS} {BOGUS.lower()}\n")
        self.assertEqual(self.run_coverage("--write")[0], 0)

    def test_counts(self):
        self.put("policies/p/one.md", PACK)
        self.put("src/a/a.cc", f"// {C}\n")
        self.put("src/a/a_test.cc", f"// {C}\n")
        status, out = self.run_coverage("--write")
        self.assertEqual(status, 0)
        # 4 rules; A obeyed in the pack and tested by its case, B left, C in code and tested, D only in prose
        self.assertIn("| **all** | 4 | 1 | 1 | 1 | 2 | 1 |", out)
        self.assertIn("| **all** | 4 | 1 | 1 | 1 | 2 | 1 |", (self.root / "docs/coverage.md").read_text())

    def test_every_prefix_has_one_module_that_will_have_it(self):
        sys.path.insert(0, str(Path(__file__).parent))
        import coverage
        named = [p for prefixes in coverage.MODULES.values() for p in prefixes.split()]
        self.assertEqual(sorted(named), sorted(coverage.PREFIXES))

    def test_lists_what_waits_by_module(self):
        self.put("docs/rules.tsv", "id\tkind\n" + "".join(f"PL{i}\tduty\n" for i in ("M-001", "M-002", "M-003")))
        self.put("policies/p/one.md", '```decision d\nrules = ["PLM' + '-002"]\n```\n')
        self.run_coverage("--write")
        self.assertIn("| `postloan` | 2 | PLM" + "-001 003 |", (self.root / "docs/coverage.md").read_text())


if __name__ == "__main__":
    unittest.main()
