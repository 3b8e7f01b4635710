// Decisions asked of packs written here: every hit policy, what is refused, where it stands.
#include "policy/decide.h"

#include <gtest/gtest.h>

#include <fstream>

#include "feel/json.h"

namespace guanhu::policy {
namespace {

namespace fs = std::filesystem;

class Decide : public ::testing::Test {
 protected:
  void SetUp() override {
    root_ = fs::temp_directory_path() / ("guanhu-decide-" + std::to_string(getpid()));
    fs::create_directories(root_ / "policies" / "p");
    std::ofstream(root_ / "policies" / "p" / "pack.toml")
        << "id = \"p\"\ntitle = \"办法\"\nversion = \"1\"\nfrom = 2024-01-01\n"
           "[[sources]]\ndocument = \"示例.txt\"\ntitle = \"办法\"\n";
  }
  void TearDown() override { fs::remove_all(root_); }

  // A pack with these blocks; what is wrong with it.
  std::string write(const std::string& blocks) {
    std::ofstream(root_ / "policies" / "p" / "a.md")
        << "# 办法\n来源: 示例.txt\n\n## 第一条 支付\n\n有规定。\n\n" + blocks;
    loaded_ = load_pack(root_ / "policies" / "p");
    return loaded_.problems.text();
  }
  // The answer as JSON, or "! code where".
  std::string ask(const std::string& id, const std::string& input, const std::string& on = "2024-06-01") {
    auto answer = decide(loaded_.pack, id, base::Json::parse(input).value(), *base::Date::parse(on));
    if (!answer.ok()) return "! " + answer.error().code + " " + answer.error().where;
    std::string out = feel::to_json(answer->result).dump();
    std::erase(out, ' ');
    return out;
  }
  static std::string decision(const std::string& keys) {
    return "```decision d\ntitle = \"问\"\nrules = [\"KPI-313\"]\ninputs = \"甲: number\"\n" + keys + "\n```\n";
  }
  static std::string table(const std::string& policy, const std::string& output, const std::string& rows) {
    return decision("output = '" + output + "'\ntable = '''\n" + policy + " | 甲 || 得\n" + rows + "'''");
  }

  fs::path root_;
  Loaded loaded_;
};

TEST_F(Decide, NoRowIsAnError) {
  EXPECT_NE(write(table("first", "number", " | > 9 || 1\n | < 0 || 2\n")).find("policy.table.gap"),
            std::string::npos);
  EXPECT_EQ(ask("d", R"({"甲": 5})"), "! decide.table.none policies/p/a.md:14:1");
}

TEST_F(Decide, CollectsAndSums) {
  const std::string rows = " | > 1 || 1\n | > 2 || 2\n | > 3 || 4\n";
  for (auto [policy, none, some] : {std::tuple{"collect", "[]", "[1,2]"},
                                    {"collect sum", "0", "3"},
                                    {"collect count", "0", "2"},
                                    {"collect min", "null", "1"},
                                    {"collect max", "null", "2"},
                                    {"rule order", "[]", "[1,2]"}}) {
    bool list = std::string(some).starts_with("[");
    write(table(policy, list ? "list<number>" : "number?", rows));
    EXPECT_EQ(ask("d", R"({"甲": 1})"), none) << policy;
    EXPECT_EQ(ask("d", R"({"甲": 3})"), some) << policy;
  }
}

TEST_F(Decide, PriorityFollowsTheWords) {
  const std::string rows = " | > 1 || 丙\n | > 2 || 甲等\n | > 3 || 乙\n | <= 1 || 丙\n";
  write(table("priority", "甲等 | 乙 | 丙", rows));
  EXPECT_EQ(ask("d", R"({"甲": 2})"), "\"丙\"");
  EXPECT_EQ(ask("d", R"({"甲": 9})"), "\"甲等\"");
  write(table("output order", "list<甲等 | 乙 | 丙>", rows));
  EXPECT_EQ(ask("d", R"({"甲": 9})"), R"(["甲等","乙","丙"])");
}

TEST_F(Decide, ErrorsStandAtTheirPlaceInTheDocument) {
  write(
      "```function 倒数\nparameters = \"数: number\"\noutput = \"number\"\n"
      "formula = \"\"\"\n1\n  / (数 - 数)\"\"\"\n```\n" +
      decision("steps = \"\"\"\n_一 = 甲\nresult: number =\n  倒数(_一)\n\"\"\""));
  EXPECT_EQ(ask("d", R"({"甲": 3})"), "! decide.formula policies/p/a.md:12:1");
}

TEST_F(Decide, ParametersAreThoseOfTheDay) {
  EXPECT_EQ(write("```parameter\n[[\"上限\"]]\nvalue = 1\nunit = \"元\"\nto = 2024-05-31\n\n"
                  "[[\"上限\"]]\nvalue = 2\nfrom = 2024-06-01\n```\n" +
                  decision("output = \"number\"\nformula = \"甲 * 上限\"")),
            "");
  EXPECT_EQ(ask("d", R"({"甲": 3})", "2024-05-31"), "3");
  EXPECT_EQ(ask("d", R"({"甲": 3})", "2024-06-01"), "6");
  EXPECT_EQ(ask("d", R"({"甲": 3})", "2023-12-31").substr(0, 18), "! decide.parameter");
}

TEST_F(Decide, NumbersStayExact) {
  EXPECT_EQ(write(decision("output = \"number\"\nformula = \"甲 + 0.2\"")), "");
  EXPECT_EQ(ask("d", R"({"甲": 0.1})"), "0.3");
  EXPECT_EQ(ask("d", R"({"甲": 12345678901234567890.12})"), "12345678901234567890.32");
  EXPECT_EQ(ask("d", R"({"甲": "0.1"})"), "! decide.input.type 甲");
  EXPECT_EQ(ask("d", R"({"甲": true})"), "! decide.input.type 甲");
  EXPECT_EQ(ask("d", R"({"甲": null})"), "! decide.input.null 甲");
  EXPECT_EQ(ask("d", "{}"), "! decide.input.missing 甲");
  EXPECT_EQ(ask("d", R"({"甲": 1, "乙": 2})"), "! decide.input.unknown 乙");
  EXPECT_EQ(ask("e", "{}"), "! decide.unknown p");
}

TEST_F(Decide, ResultsAreCheckedAgainstTheirType) {
  EXPECT_EQ(write(decision("output = \"integer [0..10]\"\nformula = \"甲\"")), "");
  EXPECT_EQ(ask("d", R"({"甲": 10})"), "10");
  EXPECT_EQ(ask("d", R"({"甲": 10.5})").substr(0, 15), "! decide.result");
  EXPECT_EQ(ask("d", R"({"甲": 11})").substr(0, 15), "! decide.result");
}

TEST_F(Decide, FactsThatCannotGoTogetherAreRefused) {
  EXPECT_EQ(write(decision("refuse = \"甲太大 | 甲 > 3 | 甲\"\noutput = \"number\"\nformula = \"甲\"")), "");
  EXPECT_EQ(ask("d", R"({"甲": 3})"), "3");
  EXPECT_EQ(ask("d", R"({"甲": 3.1})"), "! decide.refused 甲");
}

TEST(SameResult, RoundsHalfUpToTenDecimals) {
  auto json = [](const char* text) { return base::Json::parse(text).value(); };
  EXPECT_TRUE(same_result(json("0.6666666667"), json("0.66666666666666666")));
  EXPECT_FALSE(same_result(json("0.6666666667"), json("0.66666666664")));
  EXPECT_TRUE(same_result(json(R"({"a": 1})"), json(R"({"b": 2, "a": 1.0})")));
  EXPECT_FALSE(same_result(json("1"), json("true")));
  EXPECT_FALSE(same_result(json("[1, 2]"), json("[1]")));
  EXPECT_FALSE(same_result(json("null"), json("0")));
}

}  // namespace
}  // namespace guanhu::policy
