#include "risk/rules.h"

#include <gtest/gtest.h>

#include <fstream>

#include "risk/testing.h"

namespace guanhu::risk {
namespace {

using testing::date;

// The shipped pack with one line of its document replaced.
class ChangedPack {
 public:
  ChangedPack(const std::string& was, const std::string& is) {
    namespace fs = std::filesystem;
    static int next = 0;
    root_ =
        fs::temp_directory_path() / ("guanhu_risk_" + std::to_string(::getpid()) + "_" + std::to_string(next++));
    fs::create_directories(root_);
    fs::copy(testing::kPolicies / "anti-gaming", root_ / "anti-gaming", fs::copy_options::recursive);
    for (const auto& entry : fs::directory_iterator(root_ / "anti-gaming")) {
      if (entry.path().extension() != ".md") continue;
      std::ifstream in(entry.path());
      std::string text((std::istreambuf_iterator<char>(in)), {});
      size_t at = text.find(was);
      EXPECT_NE(at, text.npos) << was;
      std::ofstream(entry.path()) << text.replace(at, was.size(), is);
    }
  }
  ~ChangedPack() {
    std::error_code ignored;
    std::filesystem::remove_all(root_, ignored);
  }
  base::Result<Rules> rules() const {
    return rules_of(policy::load_pack(root_ / "anti-gaming").pack, date("2025-12-31"));
  }

 private:
  std::filesystem::path root_;
};

void refused(const std::string& was, const std::string& is, const std::string& words) {
  auto rules = ChangedPack(was, is).rules();
  ASSERT_FALSE(rules.ok()) << is;
  EXPECT_EQ(rules.error().code, "risk.parameter");
  EXPECT_NE(rules.error().text().find(words), std::string::npos) << rules.error().text();
}

TEST(Rules, RefusesWhatCannotBeApplied) {
  refused("[\"存款偏离度上限\"]", "[\"别的\"]", "没有这个参数");
  refused("[\"存款偏离度上限\"]\nvalue = 4\nunit  = \"%\"", "[\"存款偏离度上限\"]\nvalue = 4\nunit  = \"元\"",
          "单位是 元");
  refused("[\"进出天数\"]\nvalue      = 5", "[\"进出天数\"]\nvalue      = 0", "1 到 92");
  refused("[\"进出天数\"]\nvalue      = 5", "[\"进出天数\"]\nvalue      = 93", "1 到 92");
  refused("[\"进出天数\"]\nvalue      = 5", "[\"进出天数\"]\nvalue      = 2.5", "整数");
  refused("[\"成圈最少笔数\"]\nvalue      = 2", "[\"成圈最少笔数\"]\nvalue      = 1", "2 到 12");
  refused("[\"成圈容差\"]\nvalue      = 5", "[\"成圈容差\"]\nvalue      = 101", "0 到 100");
  refused("[\"成圈容差\"]\nvalue      = 5", "[\"成圈容差\"]\nvalue      = -1", "0 到 100");
  refused("[\"回流贷款起点\"]\nvalue      = 50000", "[\"回流贷款起点\"]\nvalue      = 0.001", "两位小数");
  refused("[\"关联关系\"]\nvalue      = [\"spouse\", ", "[\"关联关系\"]\nvalue      = [1, ", "文字");
}

TEST(Rules, OutOfForceIsNoValue) {
  auto pack = policy::open_pack(testing::kPolicies, "anti-gaming");
  auto rules = rules_of(*pack, date("1999-12-31"));
  ASSERT_FALSE(rules.ok());
  EXPECT_NE(rules.error().text().find("1999-12-31"), std::string::npos);
}

TEST(Rules, ThePackIsSoundAndSaysWhereEachNumberStands) {
  auto loaded = policy::load_pack(testing::kPolicies / "anti-gaming");
  EXPECT_TRUE(loaded.problems.errors.empty()) << loaded.problems.text();
  Rules rules = testing::shipped_rules();
  EXPECT_EQ(rules.bank.limit.numerator * 25, rules.bank.limit.denominator);  // 4 %
  EXPECT_EQ(rules.bank.least, 0);
  EXPECT_EQ(rules.circle_most, 6);
  EXPECT_EQ(rules.circle_days, 10);
  for (Kind kind : kKinds)
    for (const Applied& a : rules.applied[static_cast<size_t>(kind)])
      EXPECT_NE(a.place.find(".md:"), std::string::npos) << a.name;
}

TEST(Kinds, WordsGoBothWays) {
  EXPECT_FALSE(kind_of("spikes").ok());
  EXPECT_FALSE(kind_of("").ok());
  for (Kind kind : kKinds) EXPECT_EQ(*kind_of(word_of(kind)), kind);
}

}  // namespace
}  // namespace guanhu::risk
