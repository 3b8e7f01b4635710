// Decision tables: gaps, overlaps and rows in vain, each beside a table that is sound.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "policy/load.h"

namespace guanhu::policy {
namespace {

namespace fs = std::filesystem;

class TableTest : public ::testing::Test {
 protected:
  void SetUp() override {
    root_ = fs::temp_directory_path() / ("guanhu-check-table-" + std::to_string(getpid()));
    fs::create_directories(root_ / "demo");
    std::ofstream(root_ / "demo" / "pack.toml")
        << "id = \"demo\"\ntitle = \"甲\"\nversion = \"1\"\nfrom = 2024-01-01\n"
           "[[sources]]\ndocument = \"a.txt\"\ntitle = \"乙\"\n";
  }
  void TearDown() override { fs::remove_all(root_); }

  // "code: message", one on each line, of what is wrong.
  std::string said(const std::string& document) {
    std::ofstream(root_ / "demo" / "a.md") << "# 第一条 甲\n来源: a.txt\n\n话。\n\n" << document;
    std::string out;
    for (const base::Error& error : load_pack(root_ / "demo").problems.errors)
      out += error.code.substr(7) + ": " + error.message + "\n";
    return out;
  }
  // A decision with these inputs, a table and what else it has.
  std::string table(const std::string& inputs, const std::string& rows, const std::string& output = "甲 | 乙 | 丙",
                    const std::string& more = "") {
    return said("```decision d\ntitle = \"甲\"\nrules = [\"DIS-006\"]\ninputs = \"\"\"\n" + inputs +
                "\n\"\"\"\noutput = \"" + output + "\"\n" + more + "table = \"\"\"\n" + rows + "\n\"\"\"\n```\n");
  }
  fs::path root_;
};

TEST_F(TableTest, GapsAtTheEdgesOfIntervals) {
  EXPECT_EQ(table("金额: 元 >= 0", "unique | 金额 || r\n | < 300000 || 甲\n | > 300000 || 乙"),
            "table.gap: 金额 = 300000 时没有一行适用\n");
  EXPECT_EQ(table("金额: 元 >= 0", "unique | 金额 || r\n | <= 300000 || 甲\n | > 300000 || 乙"), "");
  EXPECT_EQ(table("金额: 元 >= 0", "first | 金额 || r\n | [100..200] || 甲\n | > 200 || 乙"),
            "table.gap: 金额 = 0 时没有一行适用\n");
  // Fen: nothing lies between 300000 and 300000.01.
  EXPECT_EQ(table("金额: 元 >= 0", "unique | 金额 || r\n | <= 300000 || 甲\n | >= 300000.01 || 乙"), "");
  EXPECT_EQ(table("率: number", "unique | 率 || r\n | <= 0.3 || 甲\n | >= 0.31 || 乙"),
            "table.gap: 率 = 0.305 时没有一行适用\n");
  EXPECT_EQ(table("户数: integer >= 0", "unique | 户数 || r\n | <= 5 || 甲\n | >= 6 || 乙"), "");
  EXPECT_EQ(table("户数: integer >= 0", "unique | 户数 || r\n | <= 5 || 甲\n | >= 7 || 乙"),
            "table.gap: 户数 = 6 时没有一行适用\n");
  EXPECT_EQ(table("率: number [0..1]", "unique | 率 || r\n | < 0.5 || 甲\n | [0.5..1] || 乙"), "");
}

TEST_F(TableTest, GapsOfDatesWordsAndBooleans) {
  EXPECT_EQ(table("日: date", "unique | 日 || r\n | <= 2024-12-31 || 甲\n | >= 2025-01-01 || 乙"), "");
  EXPECT_EQ(table("日: date", "unique | 日 || r\n | < 2024-12-31 || 甲\n | >= 2025-01-01 || 乙"),
            "table.gap: 日 = 2024-12-31 时没有一行适用\n");
  EXPECT_EQ(table("级: AA | A | BBB", "unique | 级 || r\n | AA, A || 甲\n | BBB || 乙"), "");
  EXPECT_EQ(table("级: AA | A | BBB", "unique | 级 || r\n | AA || 甲\n | BBB || 乙"),
            "table.gap: 级 = A 时没有一行适用\n");
  EXPECT_EQ(table("级: AA | A | BBB", "unique | 级 || r\n | AA || 甲\n | not(AA) || 乙"), "");
  EXPECT_EQ(table("名: string", "unique | 名 || r\n | \"a\" || 甲\n | \"b\" || 乙"),
            "table.gap: 名 = 其他 时没有一行适用\n");
  EXPECT_EQ(table("名: string", "unique | 名 || r\n | \"a\" || 甲\n | not(\"a\") || 乙"), "");
  EXPECT_EQ(table("子: boolean\n丑: boolean", "first | 子 | 丑 || r\n | true | - || 甲\n | - | true || 乙"),
            "table.gap: 子 = false、丑 = false 时没有一行适用\n");
  EXPECT_EQ(table("子: boolean\n丑: boolean",
                  "first | 子 | 丑 || r\n | true | - || 甲\n | - | true || 乙\n | false | false || 丙"),
            "");
}

TEST_F(TableTest, WhatMayBeMissing) {
  EXPECT_EQ(table("日?: date", "first | 日 || r\n | <= 2024-12-31 || 甲\n | > 2024-12-31 || 乙"),
            "table.gap: 日 = null 时没有一行适用\n");
  EXPECT_EQ(table("日?: date", "unique | 日 || r\n | <= 2024-12-31 || 甲\n | > 2024-12-31 || 乙\n | null || 丙"),
            "");
  EXPECT_EQ(table("日?: date", "unique | 日 || r\n | null || 甲\n | not(null) || 乙"), "");
  EXPECT_EQ(table("子: boolean = false", "unique | 子 || r\n | true || 甲\n | false || 乙"), "");
  EXPECT_EQ(table("级?: AA | A", "unique | 级 || r\n | AA || 甲\n | not(AA) || 乙"), "");
}

TEST_F(TableTest, ParametersCountAsTheyStandInEachStretch) {
  const std::string steady =
      "```parameter\n[\"上限\"]\nvalue = 500\nunit = \"元\"\n\n[[\"下限\"]]\nvalue = 300\nunit = \"元\"\n";
  const std::string decision =
      "```decision d\ntitle = \"甲\"\nrules = [\"DIS-006\"]\ninputs = \"\"\"\n金额: 元 >= 0\n\"\"\"\n"
      "output = \"甲 | 乙\"\ntable = \"\"\"\nunique | 金额 || r\n | <= 下限 || 甲\n | > 上限 || 乙\n | "
      "(下限..上限] || "
      "甲\n\"\"\"\n```\n";
  EXPECT_EQ(said(steady + "```\n\n" + decision), "");
  EXPECT_EQ(said(steady + "to = 2025-12-31\n\n[[\"下限\"]]\nvalue = 600\nfrom = 2026-01-01\n```\n\n" + decision),
            "table.overlap: 2026-01-01起，金额 = 500.01 时第 1 行和第 2 行同时适用\n");
}

TEST_F(TableTest, Overlaps) {
  EXPECT_EQ(table("户数: integer >= 0", "unique | 户数 || r\n | <= 5 || 甲\n | >= 5 || 乙"),
            "table.overlap: 户数 = 5 时第 1 行和第 2 行同时适用\n");
  EXPECT_EQ(table("户数: integer >= 0", "first | 户数 || r\n | <= 5 || 甲\n | >= 5 || 乙"), "");
  EXPECT_EQ(table("户数: integer >= 0", "any | 户数 || r\n | <= 5 || 甲\n | >= 5 || 甲"), "");
  EXPECT_EQ(table("户数: integer >= 0", "any | 户数 || r\n | <= 5 || 甲\n | >= 5 || 乙"),
            "table.conflict: 户数 = 5 时第 1 行和第 2 行同时适用，结果不同\n");
  EXPECT_EQ(table("户数: integer >= 0", "any | 户数 || r\n | <= 5 || 户数 * 2\n | >= 5 || 户数 + 5", "number"),
            "");
  EXPECT_EQ(table("户数: integer >= 0", "any | 户数 || r\n | <= 5 || 户数 * 3\n | >= 5 || 户数 + 5", "number"),
            "table.conflict: 户数 = 5 时第 1 行和第 2 行同时适用，结果不同\n");
  EXPECT_EQ(table("子: boolean\n丑: boolean", "collect | 子 | 丑 || r\n | true | - || 甲\n | - | true || 乙",
                  "list<甲 | 乙>"),
            "");
}

TEST_F(TableTest, RowsInVain) {
  EXPECT_EQ(table("金额: 元 >= 0", "first | 金额 || r\n | - || 甲\n | > 5 || 乙"),
            "table.unreachable: 第 2 行永远轮不到：第 1 行在它前面，已经把它的情形占满\n");
  EXPECT_EQ(table("金额: 元 >= 0", "first | 金额 || r\n | > 5 || 甲\n | <= 5 || 乙\n | - || 丙"),
            "table.unreachable: 第 3 行永远轮不到：第 1、2 行在它前面，已经把它的情形占满\n");
  EXPECT_EQ(table("金额: 元 >= 0", "first | 金额 || r\n | > 5 || 甲\n | - || 乙"), "");
  EXPECT_EQ(table("金额: 元 >= 0", "first | 金额 || r\n | < 0 || 甲\n | - || 乙"),
            "table.unreachable: 第 1 行的条件永远不成立\n");
  EXPECT_EQ(table("金额: 元 >= 0", "priority | 金额 || r\n | > 5 || 乙\n | - || 甲", "甲 | 乙"),
            "table.unreachable: 第 1 行永远轮不到：第 2 行结果优先，已经把它的情形占满\n");
  EXPECT_EQ(table("金额: 元 >= 0", "priority | 金额 || r\n | > 5 || 甲\n | - || 乙", "甲 | 乙"), "");
}

// The row is in vain as the parameters stand, but a bank may change them.
TEST_F(TableTest, NoRowIsInVainBecauseOfParameters) {
  EXPECT_EQ(
      said(
          "```parameter\n[\"甲限\"]\nvalue = 500\nunit = \"元\"\n\n[\"乙限\"]\nvalue = 300\nunit = \"元\"\n```\n\n"
          "```decision d\ntitle = \"甲\"\nrules = [\"DIS-006\"]\ninputs = \"\"\"\n金额: 元 >= 0\n\"\"\"\n"
          "output = \"甲 | 乙 | 丙\"\ntable = \"\"\"\nfirst | 金额 || r\n | <= 甲限 || 甲\n | <= 乙限 || 乙\n | - "
          "|| 丙\n\"\"\"\n```\n"),
      "");
}

TEST_F(TableTest, WholeConditions) {
  EXPECT_EQ(table("甲: 元\n乙: 元", "unique | 条件 || r\n | 甲 > 乙 || 甲\n | 甲 <= 乙 || 乙", "甲 | 乙"), "");
  EXPECT_EQ(table("甲: 元\n乙: 元", "unique | 条件 || r\n | 甲 > 乙 || 甲\n | 乙 > 甲 || 乙", "甲 | 乙"),
            "table.gap: 甲 = 1、乙 = 1 时没有一行适用\n");
  EXPECT_EQ(table("甲: 元\n乙: 元", "unique | 条件 || r\n | 甲 > 乙 || 甲\n | not(甲 > 乙) || 乙", "甲 | 乙"), "");
  EXPECT_EQ(table("子: boolean\n金额: 元 >= 0",
                  "unique | 条件 || r\n | 子 and 金额 > 5 || 甲\n | not(子) or 金额 <= 5 || 乙", "甲 | 乙"),
            "");
  EXPECT_EQ(table("子: boolean\n金额: 元 >= 0",
                  "unique | 条件 || r\n | 子 and 金额 > 5 || 甲\n | not(子) or 金额 < 5 || 乙", "甲 | 乙"),
            "table.gap: 子 = true、金额 = 5 时没有一行适用\n");
  EXPECT_EQ(
      table("级: AA | A | B", "first | 条件 || r\n | 级 in (\"AA\", \"A\") || 甲\n | 级 = \"B\" || 乙", "甲 | 乙"),
      "");
}

// What cannot be worked out is neither found wrong nor found right.
TEST_F(TableTest, WhatIsNotKnownIsNotSaid) {
  EXPECT_EQ(table("名: string",
                  "unique | 条件 || r\n | starts with(名, \"a\") || 甲\n | matches(名, \"b.*\") || 乙", "甲 | 乙"),
            "table.gap: 名 = 甲 时没有一行适用\n");
  EXPECT_EQ(table("甲: 元\n乙: 元\n丙: 元",
                  "unique | 条件 || r\n | 甲 > 乙 and 乙 > 丙 || 甲\n | 甲 > 丙 and not(甲 > 乙 "
                  "and 乙 > 丙) || 乙\n | 甲 <= 丙 and not(甲 > 乙 and 乙 > 丙) || 丙"),
            "");
  EXPECT_EQ(table("清单: list<元>", "first | count(清单) || r\n | 0 || 甲\n | >= 1 || 乙", "甲 | 乙"), "");
}

TEST_F(TableTest, RefusedFactsNeedNoRow) {
  EXPECT_EQ(table("合格: integer >= 0\n总数: integer >= 0",
                  "unique | 条件 || r\n | 合格 < 总数 || 甲\n | 合格 = 总数 || 乙", "甲 | 乙",
                  "refuse = \"\"\"\n合格多于总数 | 合格 > 总数\n\"\"\"\n"),
            "");
  EXPECT_EQ(table("合格: integer >= 0\n总数: integer >= 0",
                  "unique | 条件 || r\n | 合格 < 总数 || 甲\n | 合格 = 总数 || 乙", "甲 | 乙"),
            "table.gap: 合格 = 2、总数 = 1 时没有一行适用\n");
}

TEST_F(TableTest, StepsBeforeTheTable) {
  auto with = [&](const std::string& rows) {
    return said(
        "```decision d\ntitle = \"甲\"\nrules = [\"DIS-006\"]\ninputs = \"\"\"\n级: AAA | AA- | A\n\"\"\"\n"
        "steps = \"\"\"\n_首 = substring(级, 1, 2)\nresult: 甲 | 乙 =\n  first | _首 || r\n" +
        rows + "\"\"\"\n```\n");
  };
  EXPECT_EQ(with("        | \"AA\" || 甲\n        | \"A\" || 乙\n"), "");
  EXPECT_EQ(with("        | \"AA\" || 甲\n"), "table.gap: 级 = A 时没有一行适用\n");
}

// Where functions and other decisions come in, the whole decision is run to see.
TEST_F(TableTest, FunctionsAndOtherDecisions) {
  auto with = [&](const std::string& rows) {
    return said(
        "```function 首字\nparameters = \"字: string\"\noutput = \"string\"\n"
        "formula = \"substring(字, 1, 1)\"\n```\n\n"
        "```decision other\ntitle = \"甲\"\nrules = [\"DIS-006\"]\ninputs = \"级: AAA | AA- | B\"\n"
        "output = \"好 | 中 | 差\"\nformula = 'if 首字(级) = \"A\" then \"好\" else \"中\"'\n```\n\n"
        "```decision d\ntitle = \"甲\"\nrules = [\"DIS-006\"]\ninputs = \"级: AAA | AA- | B\"\n"
        "output = \"甲 | 乙\"\nrequires = \"好坏 = other\"\ntable = \"\"\"\nfirst | 首字(级) | 好坏 || r\n" +
        rows + "\"\"\"\n```\n");
  };
  EXPECT_EQ(with(" | \"A\" | \"好\" || 甲\n | \"B\" | \"中\" || 乙\n"), "");
  EXPECT_EQ(with(" | \"A\" | \"好\" || 甲\n"), "table.gap: 级 = B 时没有一行适用\n");
}

// Twenty rows over eight inputs: bounded, and at once.
TEST_F(TableTest, LargeTables) {
  std::string inputs, rows = "first";
  for (int i = 0; i < 8; ++i) inputs += "入" + std::to_string(i) + (i % 2 ? ": boolean\n" : ": 元 >= 0\n");
  for (int i = 0; i < 8; ++i) rows += " | 入" + std::to_string(i);
  rows += " || r\n";
  for (int row = 0; row < 19; ++row) {
    for (int i = 0; i < 8; ++i)
      rows += (row + i) % 3 == 0 ? " | -"
              : i % 2            ? (row % 2 ? " | true" : " | false")
                                 : " | > " + std::to_string((row * 7 + i * 13) % 50);
    rows += " || 甲\n";
  }
  std::string open = table(inputs, rows);
  EXPECT_NE(open.find("table.gap"), open.npos) << open;
  for (int i = 0; i < 8; ++i) rows += " | -";
  std::string closed = table(inputs, rows + " || 乙\n");
  EXPECT_EQ(closed.find("table.gap"), closed.npos) << closed;
}

}  // namespace
}  // namespace guanhu::policy
