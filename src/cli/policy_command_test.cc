#include <gtest/gtest.h>

#include <filesystem>
#include <sstream>

#include "base/json.h"
#include "cli/command.h"

namespace guanhu::cli {
namespace {

struct Outcome {
  int status;
  std::string out, err;
};

Outcome check(const std::vector<std::string>& arguments) {
  std::istringstream in;
  std::ostringstream out, err;
  base::FixedClock clock(base::Instant{});
  Io io{in, out, err, clock};
  int status = kPolicyCheckCommand.run(arguments, io);
  return {status, out.str(), err.str()};
}

std::string at(const std::string& path) { return std::string(GUANHU_SOURCE_DIR) + "/" + path; }

TEST(PolicyCheck, WrongUseIsSaid) {
  EXPECT_EQ(check({}).status, kWrong);
  EXPECT_NE(check({}).err.find("no PATH"), std::string::npos);
  EXPECT_EQ(check({at("policies/nowhere")}).status, kWrong);
  EXPECT_EQ(check({at("docs")}).status, kWrong);           // a folder without packs
  EXPECT_EQ(check({at("docs/packs.md")}).status, kWrong);  // a file of no pack
  EXPECT_EQ(check({"--jsn", at("policies/sample")}).status, kWrong);
}

TEST(PolicyCheck, ASoundPackIsSummed) {
  for (const char* path : {"policies/sample", "policies/sample/", "policies", "policies/sample/pack.toml"}) {
    Outcome outcome = check({at(path)});
    EXPECT_EQ(outcome.status, kDone) << outcome.out;
    EXPECT_NE(outcome.out.find("没有问题"), std::string::npos) << path;
    EXPECT_NE(outcome.out.find("每档加分"), std::string::npos) << "what the bank must confirm";
  }
}

TEST(PolicyCheck, ProblemsCarryPathsThatCanBeOpened) {
  Outcome outcome = check({at("tests/policies/bad/unknown-key")});
  EXPECT_EQ(outcome.status, kNo);
  std::string path = outcome.out.substr(0, outcome.out.find(':'));
  EXPECT_TRUE(std::filesystem::exists(path)) << path;
  EXPECT_NE(outcome.out.find("^^^"), std::string::npos);
  EXPECT_NE(outcome.out.find("改法"), std::string::npos);
}

TEST(PolicyCheck, Json) {
  Outcome outcome = check({"--json", at("policies/sample"), at("tests/policies/bad/unknown-key")});
  EXPECT_EQ(outcome.status, kNo);
  auto json = base::Json::parse(outcome.out);
  ASSERT_TRUE(json.ok()) << outcome.out;
  const base::JsonArray& packs = *json->find("packs")->as_array();
  ASSERT_EQ(packs.size(), 2u);
  EXPECT_EQ(*packs[0].find("pack")->as_string(), "sample");
  EXPECT_EQ(packs[0].find("hash")->as_string()->size(), 64u);
  EXPECT_TRUE(packs[0].find("errors")->as_array()->empty());
  const base::Json& error = packs[1].find("errors")->as_array()->front();
  EXPECT_EQ(*error.find("code")->as_string(), "policy.key.unknown");
}

}  // namespace
}  // namespace guanhu::cli
