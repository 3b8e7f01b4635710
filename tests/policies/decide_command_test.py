#!/usr/bin/env python3
"""`guanhu decide` as a process: exit statuses, the form of answers and errors, batches.

    decide_command_test.py GUANHU
"""
import json
import subprocess
import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
GUANHU = sys.argv.pop(1)
RATING = "hubei-rcc-guide/credit-rating-method"
INPUT = {"拟融资总量": 1000000, "评级证书出具方": "无"}


def decide(*arguments, text=""):
    return subprocess.run([GUANHU, "decide", *arguments], input=text, capture_output=True, text=True, cwd=ROOT,
                          check=False)


def one(decision, given, *arguments):
    done = decide(decision, *arguments, text=json.dumps(given, ensure_ascii=False))
    return done.returncode, json.loads(done.stdout)


class Refusals(unittest.TestCase):
    def refused(self, decision, given, code, where, *arguments):
        status, answer = one(decision, given, *arguments)
        self.assertEqual(status, 2)
        self.assertEqual((answer["error"]["code"], answer["error"]["where"]), (code, where))
        self.assertTrue(answer["error"]["message"])

    def test_every_wrong_input_is_refused_by_name(self):
        for change, code, where in [
                ({"拟融资总量": None}, "decide.input.null", "拟融资总量"),
                ({"拟融资总量": "1000000"}, "decide.input.type", "拟融资总量"),
                ({"拟融资总量": True}, "decide.input.type", "拟融资总量"),
                ({"拟融资总量": -0.01}, "decide.input.range", "拟融资总量"),
                ({"评级证书出具方": "邻居"}, "decide.input.allowed", "评级证书出具方"),
                ({"评级证书": "无"}, "decide.input.unknown", "评级证书")]:
            self.refused(RATING, INPUT | change, code, where)
        self.refused(RATING, {"拟融资总量": 1}, "decide.input.missing", "评级证书出具方")
        self.refused(RATING, [1], "decide.input.object", "")
        first = {"发放日期": "2024-03-01", "业务日期": "2024-02-30"}
        self.refused("hubei-rcc-guide/first-check-status", first, "decide.input.date", "业务日期")
        self.refused("hubei-rcc-guide/basic-account-coverage", {"企业清单": [{"贷款余额": 1}]}, "decide.input.missing",
                     "企业清单[1].自身用信总额")

    def test_unknown_decision_pack_and_day(self):
        self.refused("hubei-rcc-guide/credit-rating", INPUT, "decide.unknown", "hubei-rcc-guide")
        status, answer = one("hubei/credit-rating-method", INPUT)
        self.assertEqual((status, answer["error"]["code"]), (2, "policy.unknown"))
        self.refused(RATING, INPUT, "decide.on", "--on", "--on", "2024-02-30")
        self.refused(RATING, INPUT, "decide.parameter", answer_where(), "--on", "1999-12-31")

    def test_a_pack_alone_is_answered_with_a_decision_of_it(self):
        for text in ("hubei-rcc-guide", "hubei-rcc-guide/"):
            error = json.loads(decide(text, text="{}").stdout)["error"]
            self.assertEqual(error["code"], "cli.decision")
            example = error["hint"].removeprefix("for example ")
            self.assertTrue(example.startswith("hubei-rcc-guide/"), example)
            status, answer = one(example, {})
            self.assertNotEqual(answer.get("error", {}).get("code"), "decide.unknown", example)

    def test_an_unknown_pack_is_answered_with_the_nearest(self):
        for text in ("hubei-rcc-gude", "hubei-rcc-gude/credit-rating-method"):
            status, answer = one(text, INPUT)
            self.assertEqual((status, answer["error"]["code"]), (2, "policy.unknown"))
            self.assertEqual(answer["error"]["hint"], "是不是 hubei-rcc-guide？")
        status, answer = one("什么都不像/x", INPUT)
        self.assertLess(len(answer["error"]["hint"]), 200, "sixty names are no help")

    def test_no_json(self):
        done = decide(RATING, text="{")
        self.assertEqual((done.returncode, json.loads(done.stdout)["error"]["code"]), (2, "decide.json"))
        self.assertEqual(decide(text="{}").returncode, 2)


def answer_where():
    """Where the parameter that has no value on an early day stands."""
    path = ROOT / "policies" / "hubei-rcc-guide" / "第一章评级授信.md"
    line = path.read_text("utf-8").splitlines().index('["内部评级融资总量上限"]') + 1
    return f"policies/hubei-rcc-guide/第一章评级授信.md:{line}"


class Answers(unittest.TestCase):
    def test_answer_cites_the_row(self):
        status, answer = one(RATING, INPUT, "--on", "2024-03-01")
        self.assertEqual((status, answer["result"], answer["on"]), (0, "内部评级", "2024-03-01"))
        self.assertEqual(len(answer["pack_hash"]), 64)
        self.assertIn({"rule_id": "RAT-009", "article": "第一章一(二)", "table": "credit-rating-method", "row": 2},
                      answer["cites"])

    def test_trace_shows_every_step(self):
        status, answer = one("hubei-rcc-guide/deposit-retention-rate",
                             {"客户日均存款": 100000, "关联人员日均存款": 50000, "全额银行承兑": 100000, "融资总额": 1000000}, "--trace")
        self.assertEqual(status, 0)
        self.assertEqual([step["name"] for step in answer["trace"]], ["日均存款余额", "资金沉淀率", "达标"])
        first = answer["trace"][0]
        self.assertEqual((first["value"], first["formula"]), (200000, "客户日均存款 + 关联人员日均存款 + 全额银行承兑 * 承兑折算比例"))
        self.assertIn({"text": "全额银行承兑 * 承兑折算比例", "value": 50000}, [
            {"text": part["text"], "value": part["value"]} for part in first["parts"]])


class Batches(unittest.TestCase):
    def test_errors_stay_on_their_line(self):
        pack, decision = RATING.split("/")
        good = {"id": "a", "pack": pack, "decision": decision, "input": INPUT}
        lines = [good, good | {"id": 2, "input": {}}, good | {"id": "c", "pack": "nowhere"}, good | {"id": "d", "on": "1999-01-01"},
                 {"id": "e"}, good | {"id": "f", "on": 3}]
        text = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines) + "\n\nnot json\n[]\n"
        done = decide("--batch", text=text)
        self.assertEqual(done.returncode, 0)
        answers = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertEqual([answer["id"] for answer in answers], ["a", 2, "c", "d", "e", "f", None, None])
        self.assertEqual((answers[0]["result"], list(answers[0])), ("内部评级", ["id", "result", "cites"]))
        self.assertEqual([answer["error"]["code"] for answer in answers[1:]],
                         ["decide.input.missing", "policy.unknown", "decide.parameter", "decide.line", "decide.on",
                          "decide.line", "decide.line"])
        self.assertTrue(answers[6]["error"]["where"].startswith("line 8"))

    def test_answers_come_while_more_is_awaited(self):
        with subprocess.Popen([GUANHU, "decide", "--batch"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                              cwd=ROOT) as running:
            for number in range(3):
                pack, decision = RATING.split("/")
                line = {"id": number, "pack": pack, "decision": decision, "input": INPUT}
                running.stdin.write(json.dumps(line, ensure_ascii=False) + "\n")
                running.stdin.flush()
                self.assertEqual(json.loads(running.stdout.readline())["id"], number)
            running.stdin.close()
            self.assertEqual(running.wait(), 0)


if __name__ == "__main__":
    unittest.main()
