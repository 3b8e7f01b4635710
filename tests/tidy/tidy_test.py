#!/usr/bin/env python3
"""Each check of the tidy test against a small bad tree it must refuse and a good one it must pass."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import cpp
import tidy

MODULES = "# level module: allowed\n0 base:\n1 store: base\n1 http: base\n2 feed: base store\n"


class Tree(unittest.TestCase):
    def check(self, name, files):
        """What the check called `name` finds in a tree with these files: [(path, line, what)]."""
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder) / "repo"
            for path, text in files.items():
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                (root / path).write_bytes(text if isinstance(text, bytes) else text.encode())
            self.root = root
            _, findings = tidy.run(root, [name])
            for _, f in findings:
                self.assertTrue(f.why and f.mend, f"{f} does not say why, or how to mend it")
            return [(f.path, f.line, f.what) for _, f in findings]

    def expect_lines(self, name, files, wanted):
        self.assertEqual([(p, n) for p, n, _ in self.check(name, files)], wanted)


class Sizes(Tree):
    def test_file(self):
        self.expect_lines("file-size", {"src/a.cc": "x\n" * 501}, [("src/a.cc", 501)])
        self.expect_lines("file-size", {"src/a.cc": "x\n" * 500, "docs/rules.tsv": "x\n" * 900,
                                        "web/src/api/made.d.ts": "x\n" * 900}, [])
        self.expect_lines("file-size", {"policies/bank/rules.md": "x\n" * 501}, [("policies/bank/rules.md", 501)])

    def test_function(self):
        def body(n):
            return "int f(int a,\n      int b) {\n" + "  a++;\n" * (n - 3) + "}\n"
        self.expect_lines("function-size", {"src/base/a.cc": "\n" + body(61)}, [("src/base/a.cc", 2)])
        self.expect_lines("function-size", {"src/base/a.cc": body(60) + body(60)}, [])

    def test_function_of_python_and_shell(self):
        python = "def f():\n" + "    x = 1\n" * 60
        shell = "#!/usr/bin/env bash\nf() {\n" + "  true\n" * 59 + "}\n"
        self.expect_lines("function-size", {"tests/a.py": python}, [("tests/a.py", 1)])
        self.expect_lines("function-size", {"go": shell}, [("go", 2)])
        self.expect_lines("function-size", {"go": shell.replace("  true\n", "", 1)}, [])

    def test_readme(self):
        self.expect_lines("readme-size", {"src/base/README.md": "x\n" * 61}, [("src/base/README.md", 61)])
        self.expect_lines("readme-size", {"src/base/README.md": "x\n" * 60}, [])


class Functions(unittest.TestCase):
    def names(self, text):
        return [(f.name, f.first, f.last) for f in cpp.functions(text)]

    def test_found(self):
        text = """namespace a {
struct S {
  int x = 0;
  S(int v) : x{v}, y(v) {
    x++;
  }
  bool operator==(const S& o) const { return x == o.x; }
};
const int kTable[] = {f(1), 2};
template <class T, class U = decltype(f())>
auto g(T t) -> U {
  if (t) { return {}; }
  auto l = [&](int i) { return i; };
  return l(1);
}
enum class E { kA, kB };
}  // namespace a
"""
        self.assertEqual(self.names(text), [("S", 4, 6), ("operator==", 7, 7), ("g", 10, 15)])

    def test_braces_that_do_not_count(self):
        text = 'void f() {\n  s = "}";\n  // }\n  c = \'}\';\n  r = R"x(}})x";\n#define B }\n}\nint g() { return 1\'000; }\n'
        self.assertEqual(self.names(text), [("f", 1, 7), ("g", 8, 8)])


class Includes(Tree):
    def found(self, path, include):
        files = {"src/modules.txt": MODULES, path: f"// x\n{include}\n"}
        return [n for _, n, _ in self.check("includes", files)]

    def test_refused(self):
        for path, include in [
                ("src/base/a.cc", '#include "store/store.h"'),          # a higher level
                ("src/store/a.cc", '#include "http/server.h"'),         # its own level
                ("src/feed/a.cc", '#include "http/server.h"'),          # lower, but not named
                ("src/feed/a.cc", '  # include "store/detail/x.h"'),    # another's detail/
                ("src/feed/a.cc", '#include "../store/store.h"'),
                ("src/feed/a.cc", '#include "feed.h"'),
                ("src/feed/a.cc", "#include <boost/beast/http.hpp>"),
                ("src/store/a.cc", "#include <boost/asio.hpp>"),
                ("src/feed/a.cc", "#include <sqlite3.h>"),
                ("src/feed/a.cc", "#include <libpq-fe.h>"),
                ("src/store/a.cc", '#include "duckdb.h"')]:
            with self.subTest(include=include):
                self.assertIn(2, self.found(path, include))

    def test_allowed(self):
        for path, include in [
                ("src/feed/a.cc", '#include "store/store.h"'), ("src/feed/a.cc", '#include "feed/detail/x.h"'),
                ("src/store/a.cc", "#include <sqlite3.h>"), ("src/http/a.cc", "#include <boost/beast/http.hpp>"),
                ("src/feed/a.cc", '// #include "http/server.h"'), ("src/base/a.cc", "#include <vector>")]:
            with self.subTest(include=include):
                self.assertEqual(self.found(path, include), [])

    def test_the_list_itself(self):
        for bad in ["1 people: store\n", "2 people: nobody\n", "x people\n"]:
            with self.subTest(bad=bad):
                self.expect_lines("includes", {"src/modules.txt": MODULES + bad}, [("src/modules.txt", 6)])

    def test_a_folder_that_is_no_module(self):
        self.expect_lines("includes", {"src/modules.txt": MODULES, "src/misc/a.cc": "int x;\n"}, [("src/misc/a.cc", 1)])


class Code(Tree):
    def test_floating(self):
        bad = "// x\ndouble a;\nfloat b;  // a ratio\nauto c = std::stod(s);\n"
        self.expect_lines("floating", {"src/base/a.cc": bad}, [("src/base/a.cc", n) for n in (2, 3, 4)])
        good = 'double a;  // double: seconds of a stopwatch\n// a double is no money\nauto s = "double";\nint doubled;\n'
        self.expect_lines("floating", {"src/base/a.cc": good}, [])

    def test_clocks(self):
        bad = ('auto a = std::chrono::system_clock::now();\nauto b = std::time(nullptr);\nauto c = time(0);\n'
               'exec("INSERT INTO t VALUES (CURRENT_TIMESTAMP)");\n')
        self.expect_lines("clocks", {"src/feed/a.cc": bad}, [("src/feed/a.cc", n) for n in (1, 2, 3, 4)])
        self.expect_lines("clocks", {"src/base/clock.cc": bad}, [])
        self.expect_lines("clocks", {"src/feed/a.cc": "clock.now();\nrun_time(0);\nstd::chrono::steady_clock::now();\n"}, [])

    def test_tests(self):
        bad = ("TEST(A, Nothing) {\n  run();\n}\nTEST(A, DISABLED_Off) { EXPECT_EQ(f(), 1); }\n"
               "TEST_F(A, True) {\n  EXPECT_TRUE(true);\n  std::this_thread::sleep_for(1s);\n}\n")
        self.assertEqual(sorted(n for _, n, _ in self.check("tests", {"src/base/a_test.cc": bad})), [1, 4, 6, 7])
        good = "TEST(A, B) {\n  EXPECT_EQ(f(), 1);\n}\nTEST(A, C) { expect_refused(\"x\"); }\n"
        self.expect_lines("tests", {"src/base/a_test.cc": good}, [])

    def test_python_tests(self):
        bad = "class T:\n    def test_x(self):\n        run()\n    def test_y(self):\n        self.assertEqual(1, f())\n"
        self.expect_lines("python-tests", {"tests/a_test.py": bad}, [("tests/a_test.py", 2)])

    def test_types(self):
        one = "namespace bank::a {\nstruct Paper {\n  int n = f(1);\n  struct Line { int m; };\n};\n}\n"
        hidden = "namespace bank::a {\nnamespace {\nstruct Paper { char c; };\n}\nvoid f() { struct Paper { int n; }; }\n}\n"
        other = "namespace bank::b {\nenum class Paper { a };\nstruct Line { int n; };\n}\nstruct bank::a::Paper;\n"
        self.expect_lines("types", {"src/x/one.h": one, "src/x/two.cc": hidden, "src/y/three.h": other}, [])
        self.expect_lines("types", {"src/x/one.h": one, "src/x/two.h": "\nnamespace bank::a {\nclass Paper final : public Q {\n};\n}\n"},
                          [("src/x/two.h", 3)])

    def test_headers(self):
        self.assertEqual(len(self.check("headers", {"src/base/a.h": "int x;\n"})), 2)
        self.expect_lines("headers", {"src/base/a.h": "// What.\n#pragma once\n"}, [])


class Text(Tree):
    def test_marks(self):
        mark = "TO" + "DO"
        self.expect_lines("marks", {"src/a.cc": f"x\n// {mark}: later\n"}, [("src/a.cc", 2)])
        self.expect_lines("marks", {"src/a.cc": f"{mark}S {mark.lower()}\n"}, [])

    def test_blanks(self):
        for bad, line in [("a\nb \n", 2), ("\ta\n", 1), ("a\r\n", 1), ("a", 1), ("a\n\n", 3)]:
            with self.subTest(bad=bad):
                self.assertIn(("a.md", line), [(p, n) for p, n, _ in self.check("blanks", {"a.md": bad})])
        self.expect_lines("blanks", {"a.md": "a\n\nb\n", "b.tsv": "a\tb\n", "c.md": ""}, [])

    def test_encoding(self):
        self.expect_lines("encoding", {"a.md": b"ok\n\xb9\xdc\n"}, [("a.md", 2)])
        self.expect_lines("encoding", {"a.md": "管户\n", "a.png": b"\xb9\xdc"}, [])

    def test_machine(self):
        slash = "/"
        for bad in [f"{slash}home/you/x", f"see {slash}tmp/x", f"https://registry.npm{'js'}.org/x"]:
            with self.subTest(bad=bad):
                self.assertEqual([n for _, n, _ in self.check("machine", {"a.md": "x\n" + bad + "\n"})], [2])
        self.expect_lines("machine", {"a.md": "usr/lib/postgresql data/work/x ${TMPDIR:-tmp}\n"}, [])

    def test_names(self):
        self.expect_lines("names", {"src/base/LoanFile.cc": ""}, [("src/base/LoanFile.cc", 1)])
        self.expect_lines("names", {"src/base/loan_file.cc": ""}, [])


class Docs(Tree):
    def test_links(self):
        bad = "# A b\n[x](gone.md)\n`src/gone.cc`\n[y](b.md#nothing)\n[z](#a-b)\n```\n[x](gone.md)\n```\n"
        self.expect_lines("links", {"docs/a.md": bad, "docs/b.md": "# 管户 (b)\n"}, [("docs/a.md", n) for n in (2, 3, 4)])
        good = "[x](b.md) [h](https://example.org) [k](b.md#管户-b) `src/base/a.h` `src/<module>/x` `src/NAME/`\n"
        self.expect_lines("links", {"docs/a.md": good, "docs/b.md": "# 管户 (b)\n", "src/base/a.h": ""}, [])

    def test_readmes(self):
        files = {"src/modules.txt": "0 base:\n", "src/base/a.cc": "", "src/README.md": "| `gone` | x |\n"}
        self.assertEqual(sorted(p for p, _, _ in self.check("readmes", files)),
                         ["src/README.md", "src/README.md", "src/modules.txt"])
        good = {"src/modules.txt": "0 base:\n", "src/base/a.cc": "", "src/base/README.md": "x\n",
                "src/README.md": "| 0 | `base` | x |\n"}
        self.expect_lines("readmes", good, [])

    def test_packages(self):
        dev = "packages=(\n  cmake g++\n)\npackages_x=(npm)\n"
        table = "| `cmake` | x |\n| `g++`, `npm` | x |\n"
        self.expect_lines("packages", {"dev": dev, "docs/dependencies.md": table}, [])
        more = self.check("packages", {"dev": dev + "packages_y=(new)\n", "docs/dependencies.md": table + "| `old` | x |\n"})
        self.assertEqual([(p, n) for p, n, _ in more], [("dev", 5), ("docs/dependencies.md", 3)])

    def test_packages_of_npm(self):
        files = {"dev": "packages=(g++)\n", "docs/dependencies.md": "| `g++` | x |\n",
                 "third_party/x/package.json": '{"dependencies": {"@a/b": "1.0.0"}}\n'}
        self.assertIn("@a/b", self.check("packages", files)[0][2])
        files = {"dev": "packages=(g++)\nnpm install --prefix x --silent some-node@1.2.3 >log\n", "docs/dependencies.md": "| `g++` | x |\n",
                 "web/package.json": '{"name": "w",\n"dependencies": {"vue": "1"},\n"devDependencies": {\n"vite": "2"}}\n'}
        self.assertEqual([(p, n) for p, n, _ in self.check("packages", files)],
                         [("dev", 2), ("web/package.json", 2), ("web/package.json", 4)])


class Pasted(Tree):
    def test_sentences_of_the_sources(self):
        sentence = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地玄黄"
        seeds = {"../shared/seeds/a.txt": f"前言,{sentence}。\n"}
        self.expect_lines("pasted", {**seeds, "docs/a.md": "x\n" + sentence[:14] + ",\n" + sentence[14:]}, [("docs/a.md", 2)])
        self.expect_lines("pasted", {**seeds, "docs/a.md": sentence[:23] + "\n"}, [])
        self.expect_lines("pasted", {"docs/a.md": sentence}, [])


class Layout(Tree):
    def test_clang_format(self):
        style = "BasedOnStyle: Google\n"
        self.expect_lines("layout", {".clang-format": style, "src/base/a.cc": "int   x;\nint  y;\n"}, [("src/base/a.cc", 1)])
        self.expect_lines("layout", {".clang-format": style, "src/base/a.cc": "int x;\n"}, [])


class CommandLine(Tree):
    def run_tidy(self, files):
        with tempfile.TemporaryDirectory() as folder:
            for path, text in files.items():
                (Path(folder) / path).write_text(text)
            return subprocess.run([sys.executable, Path(__file__).parent / "tidy.py", "--root", folder],
                                  capture_output=True, text=True)

    def test_status_and_text(self):
        bad = self.run_tidy({"a.md": "x \n"})
        self.assertEqual(bad.returncode, 1)
        self.assertRegex(bad.stdout, r"a\.md:1: blank at the end of the line\n    why: .+\n    mend: .+ \[blanks\]\n")
        good = self.run_tidy({"a.md": "x\n"})
        self.assertEqual((good.returncode, good.stdout), (0, f"tidy: 1 files, {len(tidy.CHECKS)} checks, 0 findings\n"))


if __name__ == "__main__":
    unittest.main()
