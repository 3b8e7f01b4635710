// A pack made from another: figures, scores and schemes taken over, and replaced by name.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "policy/coverage.h"
#include "policy/diff.h"
#include "policy/load.h"
#include "policy/scheme.h"

namespace guanhu::policy {
namespace {

namespace fs = std::filesystem;

class Extends : public ::testing::Test {
 protected:
  void SetUp() override {
    root_ = fs::temp_directory_path() / ("guanhu-extends-" + std::to_string(getpid()));
    fs::remove_all(root_);
    fs::create_directories(root_ / "bank");
    fs::copy(good() / "appraisal-base", root_ / "appraisal-base", fs::copy_options::recursive);
    std::ofstream(root_ / "bank/pack.toml") << "id = \"bank\"\ntitle = \"本行\"\nversion = \"1\"\n"
                                               "from = 2024-01-01\nextends = [\"appraisal-base\"]\n"
                                               "[[sources]]\ndocument = \"a.txt\"\ntitle = \"本行的办法\"\n";
  }
  void TearDown() override { fs::remove_all(root_); }

  static fs::path good() { return fs::path(GUANHU_SOURCE_DIR) / "tests/policies/good"; }
  Loaded with(const std::string& blocks) const {
    std::ofstream(root_ / "bank/制度.md") << "# 本行的办法\n来源: a.txt\n\n## 第一条 改动\n\n照本行的。\n\n"
                                          << blocks;
    return load_pack(root_ / "bank");
  }
  // What is said of a bank that says this itself.
  std::string said(const std::string& blocks) const { return with(blocks).problems.text(); }

  fs::path root_;
};

std::string block(const std::string& head, const std::string& body) {
  return "```" + head + "\n" + body + "\n```\n\n";
}

TEST_F(Extends, WhatReplacesMustBeAsGoodAsWhatItReplaces) {
  const std::string rules = "\nrules = [\"KPI-313\"]";
  std::string text = said(
      block("measure 完成率", "fact = \"loan balance\"\naggregate = \"average daily\"\nunit = \"元\"" + rules));
  EXPECT_NE(text.find("appraisal-base/制度.md:44 在这里算不了：元不能和比率比较"), text.npos) << text;
  EXPECT_NE(text.find("bank/pack.toml:1:1: 接过来的 "), text.npos) << text;
  EXPECT_NE(text.find("[policy.pack.extends]"), text.npos) << text;
  EXPECT_EQ(text.find("[policy.condition.constant]"), text.npos) << "a test that is not needed any more: " << text;
  text = said(block("indicator 日均存款",
                    "unit = \"元\"\ninputs = [\"存款计划\"]\nnull_reason = \"没有\"\n"
                    "formula = \"if 存款计划 = null then null else 存款计划\"" +
                        rules));
  EXPECT_NE(text.find("“日均存款”可能没有值"), text.npos) << "it had always a value: " << text;
  text = said(block("indicator 完成率",
                    "unit = \"比率\"\ninputs = [\"存款得分\"]\nnull_reason = \"没有\"\n"
                    "formula = \"if 存款得分 = null then null else 存款得分 / 10 分\"" +
                        rules));
  EXPECT_NE(text.find("指标互相依赖"), text.npos) << "through the score that was taken over: " << text;
  text = said(block("indicator 存款得分",
                    "unit = \"分\"\ninputs = [\"日均存款\"]\nformula = \"日均存款 / 1 万元 * 1 分\"" + rules));
  EXPECT_NE(text.find("“存款得分”是计算指标，这里要的是计分指标"), text.npos)
      << "the scheme asks a score: " << text;
  text = said(block("scheme 季度",
                    "title = \"季度\"\nholders = \"manager\"\nperiods = [\"quarter\"]\nfull_total = 100\n"
                    "figures = [\"存款得分\"]\nmissing = \"rescale\"\nrank = [\"bank\"]" +
                        rules + "\n[[items]]\nscore = \"贷款得分\"\nweight = 1"));
  EXPECT_NE(text.find("没有叫“贷款得分”的计分指标"), text.npos) << text;
  EXPECT_NE(text.find("“存款得分”是计分指标"), text.npos) << "not in figures: " << text;
}

TEST_F(Extends, OneNameIsOneFigure) {
  // Another kind under the same name: the measure that was taken over is gone.
  Loaded loaded = with(block("indicator 日均存款",
                             "unit = \"元\"\ninputs = [\"日均余额\"]\nformula = \"日均余额 * 2\"\n"
                             "rules = [\"KPI-313\"]") +
                       block("measure 日均余额",
                             "fact = \"deposit balance\"\naggregate = \"average daily\"\nunit = \"元\"\n"
                             "rules = [\"KPI-313\"]"));
  EXPECT_EQ(loaded.problems.text(), "");
  EXPECT_FALSE(loaded.pack.measure("日均存款"));
  EXPECT_TRUE(loaded.pack.indicator("日均存款"));
  auto scheme = compile_scheme(loaded.pack, "年度考核", *base::Date::parse("2024-12-31"));
  ASSERT_TRUE(scheme.ok()) << scheme.error().text();
  EXPECT_NE(scheme->step("日均余额"), nullptr) << "the scheme computes what stands in the other's place";
}

TEST_F(Extends, TheSchemeRunsOnWhatWasReplaced) {
  const Loaded bank = load_pack(good() / "made-from-figures"), base = load_pack(good() / "appraisal-base");
  ASSERT_EQ(bank.problems.text(), "");
  auto scheme = compile_scheme(bank.pack, "年度考核", *base::Date::parse("2024-12-31"));
  ASSERT_TRUE(scheme.ok()) << scheme.error().text();
  EXPECT_NE(scheme->step("完成率")->indicator->formula.find("min(1.5"), std::string::npos);
  EXPECT_EQ(scheme->step("完成率")->origin().document, "good/made-from-figures/制度.md");
  EXPECT_EQ(scheme->step("存款得分")->origin().document, "good/appraisal-base/制度.md") << "and its article there";
  EXPECT_EQ(scheme->step("日均贷款")->origin().document, "good/made-from-figures/制度.md");
  ASSERT_EQ(scheme->parameters.size(), 1u);
  EXPECT_EQ(scheme->parameters[0]->values[0].value, base::Decimal(2));
  EXPECT_TRUE(compile_scheme(bank.pack, "半年考核", *base::Date::parse("2024-06-30")).ok());

  // The difference and the coverage know what was replaced.
  const std::string words = diff(base.pack, bank.pack).words();
  for (const char* name : {"完成率", "领先加分", "年度考核", "半年考核", "贷款得分"})
    EXPECT_NE(words.find(name), std::string::npos) << name << " in " << words;
  EXPECT_EQ(words.find("平均完成率"), std::string::npos) << "as it was";
  size_t taken = 0;
  for (const ArticleCoverage& article : coverage(bank.pack, good() / "made-from-figures"))
    if (article.document == "good/appraisal-base/制度.md") taken += article.executable;
  EXPECT_EQ(taken, 4u)
      << "two measures, the peer and the score of the base; its indicator and scheme were replaced";
}

}  // namespace
}  // namespace guanhu::policy
