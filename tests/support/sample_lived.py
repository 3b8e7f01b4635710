#!/usr/bin/env python3
"""A sample bank in which people have worked: runs published and disputed, forms, grades, pay, simulations, to-dos.

    sample_lived.py GUANHU BANK LIST [OPTION...]   serves BANK with the OPTIONs meanwhile; LIST: sample_logins' list

Each role's login that was never used does its part; its one-time password is made anew when it is done. What is there
already is not done twice. served_bank.py calls lived() on the bank that it serves.
"""

import json
import re
import secrets
import signal
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import sample_assess  # noqa: E402
import sample_staff  # noqa: E402
import sample_house  # noqa: E402
import sample_register  # noqa: E402
import sample_intake  # noqa: E402
import sample_assignment  # noqa: E402
import sample_plan  # noqa: E402
import sample_visit  # noqa: E402
import sample_lead  # noqa: E402
import sample_mail  # noqa: E402
import sample_training  # noqa: E402
import sample_advice  # noqa: E402
import sample_query  # noqa: E402
import sample_signals  # noqa: E402
import sample_life  # noqa: E402
import sample_pay  # noqa: E402
import sample_simulate  # noqa: E402
import sample_todo  # noqa: E402

LINE = re.compile(r"(\w+): login (\S+)  one-time password (\S+)$")


def lived(program, bank, url, logins, known_before=None):
    """`known_before`: a moment before a date that came late."""
    sample_life.fill(bank, url, logins, known_before)
    sample_assess.fill(program, bank, url, logins)
    sample_pay.fill(url, logins)
    sample_simulate.fill(url, logins)
    sample_staff.fill(program, bank, url, logins)
    sample_house.fill(program, bank, url, logins)
    sample_register.fill(program, bank, url, logins)
    sample_intake.fill(program, bank, url, logins)
    sample_assignment.fill(program, bank, url, logins)
    sample_plan.fill(program, bank, url, logins)
    sample_visit.fill(program, bank, url, logins)
    sample_lead.fill(program, bank, url, logins)
    sample_mail.fill(program, bank, url, logins)
    sample_training.fill(program, bank, url, logins)
    sample_advice.fill(program, bank, url, logins)
    sample_query.fill(program, bank, url, logins)
    sample_signals.fill(program, bank, url, logins)
    sample_todo.fill(url, logins)


def user(program, bank, *words):
    said = subprocess.run([program, "user", *words, "--data", bank, "--json"], capture_output=True, text=True, check=True)
    return json.loads(said.stdout)


def with_list(program, bank, url, path):
    """Logins that somebody uses are left alone: then nothing is done."""
    fresh = {one["login"] for one in user(program, bank, "list")["logins"] if one["must_change"]}
    lines, logins = path.read_text(encoding="utf-8").splitlines(), {}
    found = [m for m in map(LINE.match, lines) if m]
    if any(m[2] not in fresh for m in found):
        print("somebody uses these logins: nothing is added to the bank")
        return
    for _, role, login, once in ((m, *m.groups()) for m in found):
        password = secrets.token_urlsafe(18) + "-1a"
        sample_life.Session(url, login, once).post("/session/password", {"old_password": once, "new_password": password})
        logins[role] = [login, password]
    try:
        lived(program, bank, url, logins)
    finally:
        for role, (login, _) in logins.items():
            once = user(program, bank, "reset", "--login", login)["one_time_password"]
            lines = [f"{role}: login {login}  one-time password {once}" if line.startswith(f"{role}: ") else line for line in lines]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main():
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    program, bank, path, *options = sys.argv[1:]
    server = subprocess.Popen([program, "serve", "--data", bank, "--listen", "127.0.0.1:0", "--log", "/dev/null", *options],
                              stdout=subprocess.PIPE, text=True)
    try:
        url = server.stdout.readline().strip()
        if not url:
            sys.exit(f"sample_lived: the server ended with {server.wait()} before it listened")
        begun = time.monotonic()
        with_list(program, bank, url, Path(path))
        print(f"the bank's people worked for {time.monotonic() - begun:.0f} s")
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=60)


if __name__ == "__main__":
    main()
