// Identity documents: what is wrong with a number, and nothing that is not.
#include "customers/identity.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace guanhu::customers {
namespace {

const base::Date kToday = *base::Date::parse("2025-12-31");

std::string codes(const Identity& of) {
  std::string out;
  for (const auto& flaw : identity_flaws(of, kToday)) out += (out.empty() ? "" : " ") + flaw.code;
  return out;
}
std::string person(const std::string& number, const char* born = nullptr) {
  return codes({"person", "居民身份证", number, born ? base::Date::parse(born) : std::nullopt});
}
std::string company(const std::string& number) { return codes({"company", "", number, {}}); }

TEST(Identity, ResidentsAreJudgedByEveryRule) {
  EXPECT_EQ(person(""), "missing");
  EXPECT_EQ(person("11010519491231002"), "length");
  EXPECT_EQ(person("1101051949123100200"), "length");
  EXPECT_EQ(person("1101O519491231002X"), "characters");
  EXPECT_EQ(person("110105194912310021"), "check");
  EXPECT_EQ(person("11010519491231002x"), "case");
  EXPECT_EQ(person("110105194902300022").substr(0, 8), "birthday");  // 30 February
  EXPECT_EQ(person("11010519491231002X", "1949-12-30"), "born");
  EXPECT_EQ(person("11010519491231002X", "1949-12-31"), "");
  EXPECT_EQ(person("440524188001010014"), "");
  // Nobody is born tomorrow.
  EXPECT_EQ(codes({"person", "", "110105202601010021", {}}).substr(0, 6), "future");
}

TEST(Identity, NumbersOfBefore1999AreKnownAndAskedToBeRenewed) {
  EXPECT_EQ(document_of({"person", "", "110105491231002", {}}), "resident_old");
  EXPECT_EQ(person("110105491231002"), "old");
  EXPECT_EQ(person("110105491331002"), "birthday old");
  EXPECT_EQ(person("11010549123100X"), "characters");
  EXPECT_EQ(person("110105491231002", "1949-12-31"), "old");
  EXPECT_EQ(person("110105491231002", "1950-12-31"), "born old");
  const auto flaws = identity_flaws({"person", "", "110105491231002", {}}, kToday);
  ASSERT_EQ(flaws.size(), 1u);
  EXPECT_FALSE(flaws[0].grave);
}

TEST(Identity, Companies) {
  EXPECT_EQ(company(""), "missing");
  EXPECT_EQ(company("91350100M000100Y4"), "length");
  EXPECT_EQ(company("91350100I000100Y43"), "characters");
  EXPECT_EQ(company("91350100M000100Y44"), "check");
  EXPECT_EQ(company("91350100m000100y43"), "case");
  EXPECT_EQ(company("91350100M000100Y43"), "");
  EXPECT_EQ(company("110108000000016"), "old");
  EXPECT_EQ(company("110108000000017"), "check old");
  EXPECT_EQ(codes({"company", "组织机构代码", "00000000-1", {}}), "check old");
  EXPECT_EQ(codes({"company", "组织机构代码", "D2143569-X", {}}), "old");
}

TEST(Identity, OtherDocumentsHaveRulesOfTheirOwn) {
  EXPECT_EQ(codes({"person", "护照", "E1234", {}}), "");
  EXPECT_EQ(codes({"person", "护照", "E123", {}}), "length");
  EXPECT_EQ(codes({"person", "护照", "E12 34", {}}), "characters");
  EXPECT_EQ(codes({"person", "军官证", "军字第001号", {}}), "");
  EXPECT_EQ(codes({"person", "户口簿", "12", {}}), "length");
  EXPECT_EQ(codes({"person", "临时身份证", "123456", {}}), "");
}

TEST(Identity, AMaskShowsTheEndsAndNeverHalfALetter) {
  EXPECT_EQ(masked_number(""), "");
  EXPECT_EQ(masked_number("11010519491231002X"), "1101**********002X");
  EXPECT_EQ(masked_number("E12345"), "E1**45");
  EXPECT_EQ(masked_number("E1234"), "*****");
  EXPECT_EQ(masked_number("军字第001号"), "******");
}

// Numbers with the verdict of those who published them.
TEST(Identity, PublishedVectors) {
  for (const auto& [file, kind] :
       {std::pair{"gb11643_id_vectors.csv", "person"}, {"gb32100_uscc_vectors.csv", "company"}}) {
    const std::filesystem::path path = std::filesystem::path(GUANHU_SOURCE_DIR) / "../shared/data/cn_codes" / file;
    if (!std::filesystem::exists(path)) GTEST_SKIP() << "no ../shared/data/cn_codes beside the repository";
    std::ifstream in(path);
    std::string line;
    std::getline(in, line);
    int valid = 0, wrong = 0;
    while (std::getline(in, line)) {
      const std::string number = line.substr(0, line.find(','));
      const std::string verdict =
          line.substr(number.size() + 1, line.find(',', number.size() + 1) - number.size() - 1);
      const bool check =
          codes({kind, kind == std::string("person") ? "居民身份证" : "统一社会信用代码", number, {}})
              .find("check") != std::string::npos;
      if (number.size() != 18) continue;
      verdict == "valid" ? ++valid : ++wrong;
      if (verdict == "valid") EXPECT_FALSE(check) << number;
    }
    EXPECT_GT(valid, 3) << file;
  }
}

}  // namespace
}  // namespace guanhu::customers
