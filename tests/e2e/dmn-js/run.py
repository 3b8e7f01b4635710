#!/usr/bin/env python3
"""A pack goes to dmn-js and comes back: exported, opened in Chromium, edited there, imported.

    run.py GUANHU FOLDER

Status 77 (skipped) with the reason as last line when Node, Chromium or dmn-js is not here.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "support"))
from web_tests import ROOT, SKIPPED, WEB, chromium, leave, node  # noqa: E402


def install():
    if (HERE / "node_modules/dmn-js/package.json").exists():
        return
    if not shutil.which("npm"):
        leave(SKIPPED, "no npm here; ./dev test installs it")
    log = subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=HERE, capture_output=True, text=True, check=False)
    if log.returncode:
        leave(SKIPPED, f"dmn-js could not be fetched: {(log.stderr.strip() or 'npm ci failed').splitlines()[-1]}")


def expect(what, ok, seen):
    if not ok:
        leave(1, f"{what}: {json.dumps(seen, ensure_ascii=False, indent=1)}")


def guanhu(program, *words, status=0):
    done = subprocess.run([program, "policy", *words], capture_output=True, text=True, check=False)
    expect(f"guanhu policy {words[0]} ends with {status}", done.returncode == status, done.stdout + done.stderr)
    return done.stdout


def main():
    program, folder = sys.argv[1], Path(sys.argv[2])
    if not (WEB / "node_modules/playwright-core").exists():
        leave(SKIPPED, "no web/node_modules/playwright-core; ./dev test makes it")
    browser, script = chromium(), node()
    install()
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(HERE / "policies", folder / "policies")
    model, edited = folder / "demo.dmn", folder / "edited.dmn"
    packs = ["--policies", str(folder / "policies")]
    guanhu(program, "export", "--dmn", "demo", "--version", "1.3", "-o", str(model), *packs)
    with tempfile.TemporaryDirectory(prefix="guanhu-home-", ignore_cleanup_errors=True) as home:
        environment = {**os.environ, "HOME": home, "XDG_CONFIG_HOME": f"{home}/.config", "CHROMIUM": browser}
        done = subprocess.run([script, str(HERE / "open.mjs"), str(model), str(edited)], cwd=ROOT, env=environment,
                              capture_output=True, text=True, check=False)
    expect("the model opens in dmn-js", done.returncode == 0, done.stdout + done.stderr)
    seen = json.loads(done.stdout)
    expect("no warnings on import", seen["warnings"] == [] and seen["complaints"] == [], seen)
    kinds = {(v["type"], v["name"]) for v in seen["views"]}
    wanted = {("decisionTable", "支付方式"), ("boxedExpression", "折算"), ("literalExpression", "自主上限")}
    expect("table, function and parameter have their views", wanted <= kinds, seen)
    expect("the diagram is drawn", seen["shapes"] >= 10 and seen["connections"] >= 10, seen)
    cells = [cell for row in seen["rows"] for cell in row]
    expect("the table is listed", seen["table"] == "支付方式" and {"<= 自主上限", '"受托支付"', "说不清"} <= set(cells), seen)
    before = (HERE / "policies/demo/支付.md").read_text(encoding="utf-8")
    guanhu(program, "import", "--dmn", str(edited), "demo", *packs)
    after = (folder / "policies/demo/支付.md").read_text(encoding="utf-8")
    changed = [(a.split(), b.split()) for a, b in zip(before.splitlines(), after.splitlines()) if a.split() != b.split()]
    words = guanhu(program, "diff", str(HERE / "policies/demo"), str(folder / "policies/demo"), status=1)
    expect("only what was edited is different", "2 处不同" in words and "“金额”由 <= 自主上限 改为 <= 自主上限 / 2" in words
           and "“说明”由 说不清 改为 改小了" in words, words)
    expect("only that row says something else", len(before.splitlines()) == len(after.splitlines()), changed)
    print("a table went to dmn-js and came back")


if __name__ == "__main__":
    main()
