"""guanhu backup, restore and key rotate: of a bank that a server holds, and of one that nobody does."""

import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import unittest

GUANHU, POLICIES = map(os.path.abspath, sys.argv[1:3])
SCHEME = ["--scheme", "sample/经营业绩", "--period", "2025-12", "--policies", POLICIES, "--json"]


def guanhu(*words, **more):
    done = subprocess.run([GUANHU, *words], capture_output=True, text=True, timeout=120, **more)
    return done.returncode, done.stdout, done.stderr


class Copies(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.root = cls.folder.name
        cls.feed, cls.bank = cls.path("feed"), cls.path("bank")
        for words in (["sample", "--out", cls.feed, "--customers", "120", "--managers", "6", "--from", "2025-12-25",
                       "--to", "2025-12-31"], ["init", "--data", cls.bank],
                      ["import", "--data", cls.bank, *[os.path.join(cls.feed, f"2025-12-{d}") for d in range(25, 31)]],
                      ["user", "add", "--data", cls.bank, "--staff", "S00001", "--role", "executive"]):
            status, out, err = guanhu(*words)
            assert status == 0, (words, out, err)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    @classmethod
    def path(cls, name):
        return os.path.join(cls.root, name)

    def appraised(self, bank):
        status, out, err = guanhu("appraise", "--data", bank, *SCHEME)
        self.assertEqual(status, 0, err)
        return json.loads(out)["run_hash"]

    def test_1_wrong_use_is_told_and_writes_nothing(self):
        for words in (["backup", "--data", self.bank], ["backup", "--to", self.path("x")], ["restore", "--data", "x"],
                      ["backup", "--data", self.path("none"), "--to", self.path("x")], ["key", "rotate"],
                      ["backup", "--data", self.bank, "--to", self.path("no/such/folder")],
                      ["restore", "--from", self.path("none"), "--data", self.path("new")]):
            status, out, err = guanhu(*words)
            self.assertEqual((status, out), (2, ""), words)
            self.assertTrue(err.startswith("guanhu"), err)
        self.assertEqual(sorted(os.listdir(self.root)), ["bank", "feed"])

    def test_2_a_backup_comes_back_whole(self):
        before = self.appraised(self.bank)
        status, out, err = guanhu("backup", "--data", self.bank, "--to", self.path("one.tar"), "--json")
        self.assertEqual((status, err), (0, ""))
        self.assertGreater(json.loads(out)["members"], 20)
        self.assertEqual(os.stat(self.path("one.tar")).st_mode & 0o077, 0)
        listed = subprocess.run(["tar", "tf", self.path("one.tar")], capture_output=True, text=True, check=True).stdout
        self.assertIn("guanhu.db.zst\n", listed)
        status, out, err = guanhu("restore", "--from", self.path("one.tar"), "--data", self.path("back"), "--json")
        self.assertEqual((status, err), (0, ""))
        self.assertTrue(json.loads(out)["audit_whole"])
        self.assertEqual(self.appraised(self.path("back")), before)
        status, out, _ = guanhu("user", "list", "--data", self.path("back"), "--json")
        self.assertEqual([l["login"] for l in json.loads(out)["logins"]], ["S00001"])
        # What comes back goes on: the next date is imported as if nothing had been.
        for bank in (self.bank, self.path("back")):
            self.assertEqual(guanhu("import", "--data", bank, os.path.join(self.feed, "2025-12-31"))[0], 0)
        self.assertEqual(self.appraised(self.bank), self.appraised(self.path("back")))

    def test_3_what_is_cut_changed_or_in_the_way_is_refused(self):
        with open(self.path("one.tar"), "rb") as file:
            whole = file.read()
        # In the middle of a file: what fills up a block of the archive belongs to none.
        with tarfile.open(self.path("one.tar")) as archive:
            member = archive.getmember("guanhu.db.zst")
        at = member.offset_data + member.size // 2
        for name, content in (("cut.tar", whole[:len(whole) // 2]),
                              ("changed.tar", whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1:])):
            with open(self.path(name), "wb") as file:
                file.write(content)
            status, _, err = guanhu("restore", "--from", self.path(name), "--data", self.path("new"))
            self.assertEqual(status, 2, name)
            self.assertIn("no whole backup", err)
            self.assertFalse(os.path.exists(self.path("new")))
            self.assertFalse(os.path.exists(self.path("new.part")))
        self.assertIn("not empty", guanhu("restore", "--from", self.path("one.tar"), "--data", self.bank)[2])

    def test_4_without_its_key_a_backup_is_worth_nothing(self):
        status, out, _ = guanhu("backup", "--data", self.bank, "--to", self.path("bare.tar"), "--without-key")
        self.assertEqual(status, 0)
        self.assertIn("keep that one elsewhere", out)
        with open(self.path("bare.tar"), "rb") as file:
            self.assertFalse(b"personal.key\0" in file.read())
        status, _, err = guanhu("restore", "--from", self.path("bare.tar"), "--data", self.path("bare"))
        self.assertEqual(status, 2)
        self.assertIn("GUANHU_KEY_FILE", err)
        shutil.copy(os.path.join(self.bank, "personal.key"), self.path("kept.key"))
        kept = {**os.environ, "GUANHU_KEY_FILE": self.path("kept.key")}
        self.assertEqual(guanhu("restore", "--from", self.path("bare.tar"), "--data", self.path("bare"), env=kept)[0], 0)
        status, out, err = guanhu("import", "--data", self.path("bare"), "--status", env=kept)
        self.assertEqual(status, 0, err)
        other = {**os.environ, "GUANHU_KEY_FILE": self.path("other.key")}
        self.assertEqual(guanhu("import", "--data", self.path("bare"), "--status", env=other)[0], 2)

    def test_5_while_a_server_runs(self):
        with open(self.path("log"), "w", encoding="utf-8") as log:
            server = subprocess.Popen([GUANHU, "serve", "--data", self.bank, "--listen", "127.0.0.1:0", "--policies",
                                       POLICIES], stdout=subprocess.PIPE, stderr=log, text=True)
        try:
            server.stdout.readline()
            before = self.appraised(self.bank)
            status, out, err = guanhu("backup", "--data", "bank", "--to", "live.tar", cwd=self.root)
            self.assertEqual((status, err), (0, ""))
            self.assertIn("live.tar", out)
            status, _, err = guanhu("key", "rotate", "--data", self.bank)
            self.assertEqual(status, 2)
        finally:
            server.terminate()
            server.wait(timeout=60)
            server.stdout.close()
        self.assertEqual(guanhu("restore", "--from", self.path("live.tar"), "--data", self.path("live"))[0], 0)
        self.assertEqual(self.appraised(self.path("live")), before)

    def test_6_a_new_key_seals_everything_anew(self):
        before = self.appraised(self.bank)
        with open(os.path.join(self.bank, "personal.key"), encoding="utf-8") as file:
            old = json.load(file)["keys"][-1]["id"]
        status, out, err = guanhu("key", "rotate", "--data", self.bank, "--json")
        self.assertEqual((status, err), (0, ""))
        self.assertGreater(json.loads(out)["files"], 20)
        with open(os.path.join(self.bank, "personal.key"), encoding="utf-8") as file:
            keys = json.load(file)["keys"]
        self.assertEqual(len(keys), 1)
        self.assertNotEqual(keys[0]["id"], old)
        for folder, _, files in os.walk(self.bank):
            for name in files:
                with open(os.path.join(folder, name), "rb") as file:
                    self.assertFalse(f"enc:{old}:".encode() in file.read(), name)
        self.assertEqual(self.appraised(self.bank), before)
        self.assertEqual(guanhu("audit", "verify", "--data", self.bank)[0], 0)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
