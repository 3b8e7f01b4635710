#include "base/identity.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace guanhu::base {
namespace {

// The first two fields hold no quotes in these files.
struct Vector {
  std::string number, verdict, check;
};

std::vector<Vector> vectors(const std::string& name) {
  std::ifstream file(std::string(GUANHU_SOURCE_DIR) + "/../shared/data/cn_codes/" + name);
  std::vector<Vector> out;
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    std::istringstream in(line);
    Vector v;
    std::getline(in, v.number, ',');
    std::getline(in, v.verdict, ',');
    std::getline(in, v.check, ',');
    out.push_back(v);
  }
  return out;
}

TEST(ResidentId, RefusesWrongForms) {
  EXPECT_FALSE(resident_check(""));
  EXPECT_FALSE(resident_check("1101051949123100"));    // 16 digits
  EXPECT_FALSE(resident_check("110105194912310021"));  // 18
  EXPECT_FALSE(resident_check("1101051949123100A"));
  EXPECT_FALSE(complete_resident_id("11010519490229001"));  // 1949 is no leap year
  EXPECT_FALSE(valid_resident_id("11010519491231002x"));    // small x
  EXPECT_FALSE(valid_resident_id("110105491231002"));       // the old form of 15 digits
  EXPECT_FALSE(resident_birthday("110105"));
}

TEST(ResidentId, BirthdayAndCheck) {
  EXPECT_EQ(complete_resident_id("11010519491231002"), "11010519491231002X");
  EXPECT_EQ(resident_birthday("11010519491231002X"), Date::from_ymd(1949, 12, 31));
  EXPECT_TRUE(complete_resident_id("11010519480229001"));  // leap day
}

TEST(ResidentId, PublishedNumbers) {
  auto list = vectors("gb11643_id_vectors.csv");
  if (list.empty()) GTEST_SKIP() << "the shared test numbers are not here";
  for (const auto& v : list) {
    EXPECT_EQ(valid_resident_id(v.number), v.verdict == "valid") << v.number;
    EXPECT_EQ(std::string(1, resident_check(v.number.substr(0, 17)).value_or('?')), v.check) << v.number;
  }
}

TEST(CreditCode, RefusesWrongForms) {
  EXPECT_FALSE(credit_code_check("9144030070846113"));
  EXPECT_FALSE(credit_code_check("91440300708461I36"));  // I is not among the characters
  EXPECT_FALSE(credit_code_check("9144A300708461136"));  // a letter in the place
  EXPECT_FALSE(valid_credit_code("91440300708461136t"));
  EXPECT_FALSE(valid_credit_code(""));
  EXPECT_FALSE(organisation_check("7084611"));
  EXPECT_FALSE(organisation_check("7084611-"));
}

TEST(CreditCode, OrganisationCodeInside) {
  EXPECT_EQ(organisation_check("70846113"), '6');
  EXPECT_EQ(organisation_check("MA1FW1BX"), 'X');
  EXPECT_EQ(organisation_check("74008427"), '0');
}

TEST(CreditCode, PublishedCodes) {
  auto list = vectors("gb32100_uscc_vectors.csv");
  if (list.empty()) GTEST_SKIP() << "the shared test numbers are not here";
  for (const auto& v : list) {
    EXPECT_EQ(valid_credit_code(v.number), v.verdict == "valid") << v.number;
    EXPECT_EQ(std::string(1, credit_code_check(v.number.substr(0, 17)).value_or('?')), v.check) << v.number;
  }
}

}  // namespace
}  // namespace guanhu::base
