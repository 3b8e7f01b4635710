#!/usr/bin/env python3
"""The closing line of a test run, from results made by hand."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

GTEST = """<testsuites><testsuite name="A">
<testcase name="X" status="run" result="completed" classname="A"/>
<testcase name="Y" status="run" result="completed" classname="A">%s</testcase>
</testsuite></testsuites>"""
SKIPPED = '<skipped message="a_test.cc:3&#10;no material"/>'
FAILED = '<failure message="a_test.cc:3&#10;Expected: 1"/>'


class Summary(unittest.TestCase):
    def summary(self, programs, files):
        """Runs it on ctest's entries [(name, status)] and GoogleTest's files {name: text}."""
        with tempfile.TemporaryDirectory() as folder:
            entries = "".join(f'<testcase name="{n}" status="{s}"/>' for n, s in programs)
            Path(folder, "ctest.junit").write_text(f"<testsuite>{entries}</testsuite>")
            for name, text in files.items():
                Path(folder, name).write_text(text)
            out = subprocess.run([sys.executable, Path(__file__).parent / "summary.py", folder],
                                 capture_output=True, text=True)
        return out.returncode, out.stdout.splitlines()

    def test_failures(self):
        status, lines = self.summary([("a", "fail"), ("tidy", "fail")], {"a_test.xml": GTEST % FAILED})
        self.assertEqual(status, 1)
        self.assertEqual(lines, ["failed: A.Y: Expected: 1", "failed: tidy: the program failed",
                                 "1 passed, 2 failed, 0 skipped"])

    def test_a_program_that_died(self):
        for files in ({}, {"a_test.xml": "<testsuites><tests"}):
            with self.subTest(files=files):
                status, lines = self.summary([("a", "fail"), ("b", "run")], files)
                self.assertEqual((status, lines[-1]), (1, "1 passed, 1 failed, 0 skipped"))

    def test_a_program_that_died_after_its_cases(self):
        status, lines = self.summary([("a", "fail")], {"a_test.xml": GTEST % ""})
        self.assertEqual((status, lines[-1]), (1, "2 passed, 1 failed, 0 skipped"))

    def test_programs_that_ctest_did_not_run(self):
        skipped = '<skipped message="SKIP_RETURN_CODE=77"/><system-out>made ready&#10;no material here&#10;</system-out>'
        missing = '<skipped message="Unable to find executable"/>'
        status, lines = self.summary([("a", f'notrun">{skipped}</testcase><testcase name="b" status="run')], {})
        self.assertEqual((status, lines), (0, ["skipped 1: no material here", "1 passed, 0 failed, 1 skipped"]))
        status, lines = self.summary([("a", f'notrun">{missing}</testcase><testcase name="b" status="run')], {})
        self.assertEqual((status, lines[-1]), (1, "1 passed, 1 failed, 0 skipped"))

    def test_nothing_ran(self):
        self.assertEqual(self.summary([], {})[0], 1)

    def test_passed_and_skipped(self):
        status, lines = self.summary([("a", "run"), ("tidy", "run")], {"a_test.xml": GTEST % SKIPPED})
        self.assertEqual(status, 0)
        self.assertEqual(lines, ["skipped 1: no material", "2 passed, 0 failed, 1 skipped"])


if __name__ == "__main__":
    unittest.main()
