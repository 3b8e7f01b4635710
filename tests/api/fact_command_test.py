"""guanhu fact: who may record what, what is refused, what stays of it; and guanhu report, what is printed of it all."""

import csv
import io
import json
import os
import subprocess
import sys
import tempfile
import unittest

GUANHU, POLICIES = map(os.path.abspath, sys.argv[1:3])
PACK = "county-rcc-rules"
SCHEME = "sample/经营业绩"


def guanhu(*words):
    done = subprocess.run([GUANHU, *words], capture_output=True, text=True, timeout=120)
    return done.returncode, done.stdout, done.stderr


class Bank(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.root, cls.bank = cls.folder.name, os.path.join(cls.folder.name, "bank")
        feed = cls.path("feed")
        for words in (["sample", "--out", feed, "--customers", "120", "--managers", "6", "--from", "2025-12-30", "--to",
                       "2025-12-31"], ["init", "--data", cls.bank], ["import", "--data", cls.bank, feed]):
            status, out, err = guanhu(*words)
            assert status == 0, (words, out, err)
        with open(os.path.join(feed, "2025-12-30", "staff.csv"), encoding="utf-8", newline="") as file:
            cls.managers = sorted(row["staff_id"] for row in csv.DictReader(file) if row["position"] == "manager")
        for role in ("hr", "business", "auditor"):
            status, out, err = guanhu("user", "add", "--data", cls.bank, "--staff", "S00001", "--role", role,
                                      "--login", role)
            assert status == 0, (role, out, err)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    @classmethod
    def path(cls, name):
        return os.path.join(cls.root, name)

    def add(self, *more, name="年终绩效", value="20000", by="hr"):
        words = ["fact", "add", "--data", self.bank, "--pack", PACK, "--policies", POLICIES, "--name", name, "--value",
                 value, "--staff", self.managers[0], "--period", "2025", "--document", "人事表12", *more]
        return guanhu(*(words + ["--by", by] if by else words))

    def listed(self, *more):
        status, out, err = guanhu("fact", "list", "--data", self.bank, "--json", *more)
        self.assertEqual((status, err), (0, ""))
        return json.loads(out)["facts"]


class Facts(Bank):
    def test_1_wrong_use_writes_nothing(self):
        for words in (["fact"], ["fact", "drop"], ["fact", "add", "--data", self.bank], ["fact", "list"],
                      ["fact", "import", "--data", self.bank, "--pack", PACK, "--policies", POLICIES],
                      ["fact", "list", "--data", self.bank, "--staff", "a", "--org", "b"]):
            status, out, err = guanhu(*words)
            self.assertEqual((status, out), (2, ""), words)
            self.assertTrue(err.startswith("guanhu fact"), err)
        self.assertEqual(self.listed(), [])

    def test_2_only_the_roles_of_the_pack_record(self):
        for by, code in (("", "fact.by"), ("auditor", "fact.by"), ("business", "fact.by"), ("nobody", "nobody")):
            status, out, err = self.add(by=by)
            self.assertNotEqual(status, 0, by)
            self.assertEqual(out, "")
            if code == "fact.by":
                self.assertIn("人力资源", err, "who may is said")
                self.assertEqual(status, 1)
            else:
                self.assertIn(code, err)
        self.assertEqual(self.listed(), [])

    def test_3_what_does_not_fit_is_refused(self):
        for change, word in (({"value": "much"}, "年终绩效"), ({"value": "-1"}, "年终绩效"), ({"name": "年终奖"}, "年终奖")):
            status, out, err = self.add(**change)
            self.assertEqual((status, out), (1, ""), change)
            self.assertIn(word, err, "what is known or asked is said")
        status, _, err = self.add("--note", "x", by="hr", value="1", name="年终绩效")[0:3]
        self.assertEqual((status, err), (0, ""))

    def test_4_what_is_recorded_again_replaces_and_stays_in_the_history(self):
        self.assertEqual(self.add(value="20000", by="auditor,hr")[0], 0, "the first login who may records it")
        self.assertIn("unchanged", self.add(value="20000")[1])
        self.assertIn("changed", self.add(value="21000")[1])
        now = self.listed("--name", "年终绩效", "--staff", self.managers[0])
        self.assertEqual([(row["value"], row["by"], row["document"]) for row in now], [(21000, "hr", "人事表12")])
        values = [row["value"] for row in self.listed("--name", "年终绩效", "--history")]
        self.assertEqual(values[-2:], [20000, 21000])
        self.assertIn("changed", self.add(value="null")[1], "taken back")
        self.assertEqual(self.listed("--name", "年终绩效"), [])
        self.assertEqual(guanhu("audit", "verify", "--data", self.bank)[0], 0)

    def test_5_a_table_is_recorded_whole_or_not_at_all(self):
        table = self.path("facts.csv")

        def write(rows):
            text = io.StringIO()
            csv.writer(text).writerows([["name", "subject_id", "period", "value", "document"], *rows])
            with open(table, "w", encoding="utf-8") as file:
                file.write(text.getvalue())

        def send(*more, by="hr"):
            return guanhu("fact", "import", "--data", self.bank, "--pack", PACK, "--policies", POLICIES, table,
                          "--json", "--by", by, *more)

        good = [["年终绩效", who, "2025", "10000", "表1"] for who in self.managers]
        write(good + [["年终绩效", "S99999", "2025", "10000", "表1"]])
        status, out, _ = send()
        report = json.loads(out)
        self.assertEqual((status, report["refused"], report["recorded"]), (1, 1, False))
        self.assertEqual(report["results"][-1]["line"], len(good) + 2)
        self.assertEqual(self.listed("--name", "年终绩效"), [])
        write(good)
        status, out, _ = send(by="auditor")
        report = json.loads(out)
        self.assertEqual((status, report["refused"]), (1, len(good)), "none of the rows is an auditor's to record")
        self.assertEqual(report["results"][0]["error"]["code"], "fact.by")
        self.assertFalse(json.loads(send("--dry-run")[1])["recorded"])
        self.assertEqual(self.listed("--name", "年终绩效"), [])
        status, out, _ = send(by="auditor,hr")
        self.assertEqual((status, json.loads(out)["recorded"]), (0, True))
        self.assertEqual(len(self.listed("--name", "年终绩效")), len(good))


class Reports(Bank):
    def report(self, *words, out="x.html"):
        return guanhu("report", *words, "--data", self.bank, "--policies", POLICIES, "--out", self.path(out))

    def test_1_wrong_use_is_told_and_writes_nothing(self):
        before = sorted(os.listdir(self.root))
        for words, said in ((["all"], "score, ranking"), (["score"], "--run"), (["score", "--run", "99"], "99"),
                            (["pay", "--pay-run", "99"], "发放"), (["assessment", "--plan", "99"], "99"),
                            (["grade", "--pack", "sample"], "职级")):
            status, out, err = self.report(*words)
            self.assertEqual((status, out), (2, ""), words)
            self.assertIn(said, err, words)
        self.assertIn(".xlsx", self.report("score", "--run", "1", out="x.pdf")[2])
        self.assertEqual(sorted(os.listdir(self.root)), before)

    def test_2_a_run_is_printed_person_by_person_and_as_a_ranking(self):
        status, out, err = guanhu("appraise", "--data", self.bank, "--scheme", SCHEME, "--period", "2025-12",
                                  "--policies", POLICIES, "--json")
        self.assertEqual(status, 0, err)
        run = json.loads(out)
        for words, file, pages in ((["score", "--run", "1"], "all.html", len(run["holders"])),
                                   (["score", "--run", "1", "--holder", run["holders"][0]["id"]], "one.html", 1),
                                   (["ranking", "--run", "1"], "ranking.html", 1)):
            status, out, err = self.report(*words, out=file)
            self.assertEqual((status, err), (0, ""))
            with open(self.path(file), encoding="utf-8") as page:
                text = page.read()
            self.assertEqual(text.count("<section"), pages, file)
            self.assertIn(run["run_hash"], text)
            self.assertEqual(os.stat(self.path(file)).st_mode & 0o077, 0, "nobody else reads it")
        self.assertEqual(self.report("ranking", "--run", "1", "--by-group", "branch", out="r.xlsx")[0], 0)
        with open(self.path("r.xlsx"), "rb") as file:
            self.assertEqual(file.read(2), b"PK")
        self.assertEqual(self.report("score", "--run", "1", "--holder", "S99999")[0], 2)
        self.assertEqual(guanhu("audit", "verify", "--data", self.bank)[0], 0)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
