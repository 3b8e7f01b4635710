#!/usr/bin/env python3
"""`guanhu user` keeps duties apart as the pages do: by the pack house-people, in both the making and the changing of a
login (ORG-641).

    user_command_test.py GUANHU POLICIES
"""
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

GUANHU, POLICIES = map(os.path.abspath, sys.argv[1:3])


class Apart(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.work = tempfile.mkdtemp(prefix="guanhu-user-")
        cls.packs, cls.bank = os.path.join(cls.work, "packs"), os.path.join(cls.work, "bank")
        shutil.copytree(POLICIES, cls.packs)
        document = os.path.join(cls.packs, "house-people", "人员.md")
        with open(document, encoding="utf-8") as file:
            text = file.read()
        with open(document, "w", encoding="utf-8") as file:
            file.write(text.replace("value = [\n", 'value = [\n  "run.publish × pay.make：公布结果的人不发工资",\n', 1))
        cls.guanhu("init", "--data", cls.bank)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.work)

    @classmethod
    def guanhu(cls, *words, packs=None):
        done = subprocess.run([GUANHU, *words], capture_output=True, text=True, timeout=60, cwd=cls.work,
                              env={**os.environ, "GUANHU_POLICIES": packs or cls.packs})
        return done.returncode, done.stdout, done.stderr

    def roles(self, *roles, **more):
        return self.guanhu("user", "roles", "--data", self.bank, "--login", "S1", "--role", *roles, **more)

    def test_roles_that_a_pack_keeps_apart_are_refused(self):
        status, _, told = self.guanhu("user", "add", "--data", self.bank, "--staff", "S2", "--role", "business", "hr")
        self.assertEqual(status, 2, told)
        self.assertIn("公布结果的人不发工资", told)
        self.assertNotIn("S2", self.guanhu("user", "list", "--data", self.bank)[1])
        self.assertEqual(self.guanhu("user", "add", "--data", self.bank, "--staff", "S1", "--role", "business")[0], 0)
        status, _, told = self.roles("business", "hr")
        self.assertEqual(status, 2, told)
        self.assertIn("公布结果的人不发工资", told)
        self.assertIn("--role", told)
        self.assertIn("S1  S1  business  ", self.guanhu("user", "list", "--data", self.bank)[1])
        # One after the other, and in a bank without that pack, they are given.
        self.assertEqual(self.roles("hr")[0], 0)
        none = os.path.join(self.work, "none")
        shutil.copytree(os.path.join(POLICIES, "common"), os.path.join(none, "common"))
        self.assertEqual(self.roles("business", "hr", packs=none)[0], 0)

    def test_a_second_login_of_a_person_is_made_and_said(self):
        add = ["user", "add", "--data", self.bank, "--staff", "S4", "--role", "manager"]
        status, _, told = self.guanhu(*add, "--login", "four")
        self.assertEqual((status, "note:" in told), (0, False), told)
        status, _, told = self.guanhu(*add, "--login", "four-again")
        self.assertEqual(status, 0, told)
        self.assertIn("S4 has the login 'four' already", told)
        self.assertIn("four-again", self.guanhu("user", "list", "--data", self.bank)[1])

    def test_a_broken_pack_is_said_and_gives_nothing(self):
        self.guanhu("user", "add", "--data", self.bank, "--staff", "S3", "--role", "hr")
        broken = os.path.join(self.work, "broken")
        shutil.copytree(POLICIES, broken)
        with open(os.path.join(broken, "house-people", "人员.md"), "a", encoding="utf-8") as file:
            file.write("\n```parameter\n[\"坏\"]\nvalue = (\n```\n")
        status, _, told = self.guanhu("user", "roles", "--data", self.bank, "--login", "S3", "--role", "manager", packs=broken)
        self.assertEqual(status, 2, told)
        self.assertIn("人员.md", told)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
