#!/usr/bin/env python3
"""Makes a small sample bank, serves it on a free port, runs a command against it, stops the server.

    served_bank.py GUANHU DIR -- COMMAND...

COMMAND finds the server in GUANHU_URL, a login for every role in GUANHU_LOGINS (JSON: role to [login, password];
the passwords need no change), the feed in GUANHU_FEED and the program in GUANHU_BINARY. DIR is made anew. The bank has
whole quarters behind it, a date with a control total that does not hold, a date that was refused, and dates that wait
to be imported; what sample_games.py plants and sample_lived.py does. Ends with COMMAND's status.
"""

import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import urllib.request
from datetime import datetime, timezone
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import sample_lived  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "Sample-pass-2025"
FIRST, LAST = "2025-01-01", "2026-03-20"  # enough dates wait for the progress of their import to be seen
IMPORTED_TO = "2026-01-03"
LISTED = "2025-11-30"
OPEN = "2025-12-31"  # imported in spite of a ledger total that does not hold
REFUSED = "2026-01-04"


def guanhu(program, *words, expect=0):
    done = subprocess.run([program, *words], capture_output=True, text=True, timeout=600, check=False,
                          env={**os.environ, "GUANHU_POLICIES": str(ROOT / "policies")})
    if done.returncode != expect:
        sys.exit(f"served_bank: guanhu {' '.join(words[:3])} ended with {done.returncode}:\n{done.stdout[-2000:]}{done.stderr}")
    return done.stdout


def rewrite(date_folder, name, change):
    """Changes a file of a date, and its digest in the manifest: what is wrong then is the rows, not the transfer."""
    file, manifest = date_folder / name, date_folder / "manifest.json"
    rows = file.read_text(encoding="utf-8").split("\n")
    rows[1] = change(rows[1])
    file.write_text("\n".join(rows), encoding="utf-8")
    about = json.loads(manifest.read_text(encoding="utf-8"))
    about["files"][name]["sha256"] = hashlib.sha256(file.read_bytes()).hexdigest()
    manifest.write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")


def lowered(row):
    """A ledger total, 100 yuan too low."""
    *key, amount = row.split(",")
    yuan, fen = amount.split(".")
    return ",".join([*key, f"{int(yuan) - 100}.{fen}"])


def make_bank(program, folder):
    feed, bank = folder / "feed", folder / "bank"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    guanhu(program, "sample", "--out", str(feed), "--customers", "1000", "--managers", "24", "--from", FIRST, "--to", LAST,
           "--seed", "7")
    subprocess.run([sys.executable, "-B", ROOT / "tests/support/sample_games.py", feed], stdout=subprocess.DEVNULL, check=True)
    guanhu(program, "init", "--data", str(bank))
    dates = sorted(p for p in feed.iterdir() if p.is_dir() and p.name <= IMPORTED_TO and p.name != OPEN)
    # The list of to-dos begins a month before the end, so that some are late by then.
    guanhu(program, "import", "--data", str(bank), *[str(d) for d in dates if d.name <= LISTED])
    guanhu(program, "todo", "packs", "--data", str(bank), "--add", "daily-duties")
    guanhu(program, "todo", "run", "--data", str(bank))
    guanhu(program, "import", "--data", str(bank), *[str(d) for d in dates if d.name > LISTED])
    before = datetime.now(timezone.utc).isoformat(timespec="microseconds").replace("+00:00", "Z")
    rewrite(feed / OPEN, "ledger_totals.csv", lowered)
    guanhu(program, "import", "--data", str(bank), str(feed / OPEN), "--allow-rejects", "5")
    # One balance stands under a day that does not exist.
    rewrite(feed / REFUSED, "balances.csv", lambda row: row.replace("2026-01-", "2026-13-", 1))
    guanhu(program, "import", "--data", str(bank), str(feed / REFUSED), expect=1)
    return feed, bank, before


class Session:
    """One login over HTTP, as a browser would do it."""

    def __init__(self, url):
        self.url, self.head = url + "/api/v1", {"content-type": "application/json"}

    def send(self, path, body):
        request = urllib.request.Request(self.url + path, method="POST", headers=self.head, data=json.dumps(body).encode())
        with urllib.request.urlopen(request, timeout=60) as answer:
            if cookie := answer.headers.get("set-cookie"):
                self.head["cookie"] = cookie.split(";")[0]
            return json.loads(answer.read() or b"null")


def make_logins(program, feed, bank, url):
    """{role: [login, password]}: the one-time passwords are changed as a newcomer would."""
    listed = subprocess.run([ROOT / "tests/support/sample_logins", program, bank, feed, bank.parent / "logins.txt"],
                            capture_output=True, text=True, timeout=300, check=True).stdout
    logins = {}
    for role, login, once in re.findall(r"^(\w+): login (\S+)  one-time password (\S+)$", listed, re.M):
        session = Session(url)
        session.head["x-csrf-token"] = session.send("/session", {"login": login, "password": once})["csrf"]
        session.send("/session/password", {"old_password": once, "new_password": PASSWORD})
        logins[role] = [login, PASSWORD]
    return logins


def main():
    if len(sys.argv) < 5 or sys.argv[3] != "--":
        sys.exit(__doc__)
    program, folder, command = os.path.abspath(sys.argv[1]), Path(sys.argv[2]).resolve(), sys.argv[4:]
    print(f"making a sample bank in {folder}", flush=True)
    feed, bank, before = make_bank(program, folder)
    server = subprocess.Popen(
        [program, "serve", "--data", bank, "--listen", "127.0.0.1:0", "--feed", feed, "--web", os.environ.get("GUANHU_DIST", ROOT / "web/dist"),
         "--policies", ROOT / "policies", "--log", folder / "access.log"], stdout=subprocess.PIPE, text=True)
    try:
        url = server.stdout.readline().strip()
        if not url:
            sys.exit(f"served_bank: the server ended with {server.wait()} before it listened")
        logins = make_logins(program, feed, bank, url)
        sample_lived.lived(program, bank, url, logins, before)
        print(f"serving it on {url} to {len(logins)} roles", flush=True)
        status = subprocess.run(command, check=False,
                                env={**os.environ, "GUANHU_URL": url, "GUANHU_LOGINS": json.dumps(logins),
                                     "GUANHU_FEED": str(feed), "GUANHU_BINARY": program}).returncode
    finally:
        server.send_signal(signal.SIGTERM)
        ended = server.wait(timeout=60)
    if ended != 0:
        print(f"served_bank: the server ended with {ended}; its log is {folder}/access.log")
    sys.exit(status or ended)


if __name__ == "__main__":
    main()
