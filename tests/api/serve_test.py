"""guanhu serve as a process: commands through the server, health, metrics, stopping."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import unittest
import urllib.error
import urllib.request

GUANHU, POLICIES = map(os.path.abspath, sys.argv[1:3])
SCHEME = ["--scheme", "sample/经营业绩", "--period", "2025-12"]


def guanhu(*words, cwd=None):
    done = subprocess.run([GUANHU, *words], capture_output=True, text=True, timeout=120, cwd=cwd)
    return done.returncode, done.stdout, done.stderr


class Serve(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        root = cls.folder.name
        cls.feed, cls.bank = os.path.join(root, "feed"), os.path.join(root, "bank")
        for words in (["sample", "--out", cls.feed, "--customers", "200", "--managers", "8", "--from", "2025-12-20",
                       "--to", "2025-12-31"], ["init", "--data", cls.bank],
                      ["import", "--data", cls.bank, *[os.path.join(cls.feed, f"2025-12-{d}") for d in range(20, 31)]]):
            status, out, err = guanhu(*words)
            assert status == 0, (words, out, err)
        cls.appraised = guanhu("appraise", "--data", cls.bank, *SCHEME, "--policies", POLICIES, "--json")
        cls.start()

    @classmethod
    def start(cls):
        cls.server = subprocess.Popen([GUANHU, "serve", "--data", cls.bank, "--listen", "127.0.0.1:0", "--policies", POLICIES,
                                       "--log", os.path.join(cls.folder.name, "log")], stdout=subprocess.PIPE, text=True)
        cls.url = cls.server.stdout.readline().split()[0]

    @classmethod
    def stop(cls):
        cls.server.send_signal(signal.SIGTERM)
        status = cls.server.wait(timeout=60)
        cls.server.stdout.close()
        return status

    @classmethod
    def tearDownClass(cls):
        if cls.server.poll() is None:
            cls.stop()
        cls.folder.cleanup()

    def get(self, path):
        with urllib.request.urlopen(self.url + path, timeout=60) as answer:
            return answer.read().decode()

    def test_1_health_and_metrics(self):
        self.assertEqual(json.loads(self.get("/health"))["status"], "ok")
        self.assertIn("guanhu", self.get("/metrics"))
        self.assertEqual(json.loads(self.get("/api/v1/openapi.json"))["openapi"], "3.1.0")

    def test_2_commands_go_through_it_with_the_same_output(self):
        self.assertEqual(guanhu("appraise", "--data", self.bank, *SCHEME, "--policies", POLICIES, "--json"), self.appraised)
        relative = guanhu("appraise", "--data", "bank", *SCHEME, "--policies", os.path.relpath(POLICIES, self.folder.name),
                          "--json", cwd=self.folder.name)
        self.assertEqual(relative, self.appraised)
        status, out, err = guanhu("import", "--data", "bank", "feed/2025-12-31", "--json", cwd=self.folder.name)
        self.assertEqual((status, err), (0, ""))
        self.assertEqual(json.loads(out)["applied"], 1)
        status, out, _ = guanhu("user", "add", "--data", self.bank, "--staff", "S00001", "--role", "executive", "--json")
        self.assertEqual(status, 0)
        login = json.loads(out)
        request = urllib.request.Request(self.url + "/api/v1/session", method="POST",
                                         headers={"content-type": "application/json"},
                                         data=json.dumps({"login": "S00001", "password": login["one_time_password"]}).encode())
        with urllib.request.urlopen(request, timeout=60) as answer:
            self.assertTrue(json.loads(answer.read())["must_change"])
        status, out, _ = guanhu("audit", "verify", "--data", self.bank, "--json")
        self.assertEqual(status, 0)
        self.assertTrue(json.loads(out)["whole"])

    def test_3_refusals_go_through_it_too(self):
        status, out, err = guanhu("user", "add", "--data", self.bank, "--staff", "nobody", "--role", "hr")
        self.assertEqual((status, out), (2, ""))
        self.assertIn("no member of staff", err)
        self.assertEqual(guanhu("import", "--data", self.bank, "--rebuild")[0], 2)
        self.assertEqual(guanhu("import", "--data", self.bank, "nowhere", cwd=self.folder.name)[0], 2)

    def test_4_the_door_for_commands_is_closed_to_others(self):
        with open(os.path.join(self.bank, "server.json"), encoding="utf-8") as file:
            door = json.load(file)
        self.assertEqual(os.stat(os.path.join(self.bank, "server.json")).st_mode & 0o077, 0)
        self.assertEqual(os.stat(door["socket"]).st_mode & 0o077, 0)
        request = urllib.request.Request(self.url + "/internal/command", method="POST", data=b"{}",
                                         headers={"x-guanhu-token": door["token"], "content-type": "application/json"})
        with self.assertRaises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(request, timeout=60)
        self.assertEqual(refused.exception.code, 404)
        refused.exception.close()

    def test_5_stops_when_told_and_leaves_the_folder_free(self):
        self.assertEqual(self.stop(), 0)
        self.assertFalse(os.path.exists(os.path.join(self.bank, "server.json")))
        status, out, _ = guanhu("user", "list", "--data", self.bank, "--json")
        self.assertEqual(status, 0)
        self.assertEqual([l["login"] for l in json.loads(out)["logins"]], ["S00001"])

    def test_6_a_killed_server_does_not_lock_anybody_out(self):
        self.start()
        self.server.kill()
        self.server.wait(timeout=60)
        self.server.stdout.close()
        self.assertEqual(guanhu("audit", "verify", "--data", self.bank)[0], 0)
        self.start()
        self.assertEqual(json.loads(self.get("/health"))["status"], "ok")


class Wrong(unittest.TestCase):
    def test_use_is_told(self):
        for words in (["serve"], ["serve", "--data", "/nowhere"], ["serve", "--data", "x", "--listen", "80"],
                      ["serve", "--data", "x", "--listen", "a:99999"], ["user"], ["user", "add", "--data", "x"],
                      ["user", "drop", "--data", "x"], ["user", "add", "--data", "x", "--staff", "S1", "--role", "king"],
                      ["audit", "verify"], ["audit", "verify", "--data", "x", "--head", "abc"], ["openapi", "more"]):
            status, out, err = guanhu(*words)
            self.assertEqual((status, out), (2, ""), words)
            self.assertTrue(err.startswith("guanhu"), words)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
