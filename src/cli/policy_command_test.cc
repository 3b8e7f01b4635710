#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
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

TEST(PolicyCheck, TwoContentsOfOnePackShareNoDay) {
  namespace fs = std::filesystem;
  const fs::path root = fs::path(testing::TempDir()) / "guanhu-editions";
  fs::remove_all(root);
  auto write = [&](const char* folder, const char* dates) {
    fs::create_directories(root / folder / "demo");
    std::ofstream(root / folder / "demo/pack.toml")
        << "id = \"demo\"\ntitle = \"示例\"\nversion = \"" << folder << "\"\n"
        << dates;
    return (root / folder / "demo").string();
  };
  const std::string old = write("old", "from = 2024-01-01\nto = 2025-06-30\n");
  const std::string now = write("now", "from = 2025-06-30\n");
  const std::string next = write("next", "from = 2025-07-01\n");
  Outcome both = check({old, now});
  EXPECT_EQ(both.status, kNo);
  EXPECT_NE(both.out.find("policy.pack.overlap"), std::string::npos) << both.out;
  for (const std::string& name : {old + "(old)", now + "(now)", std::string("都在 2025-06-30 有效")})
    EXPECT_NE(both.out.find(name), std::string::npos) << both.out;
  EXPECT_EQ(check({old, next}).status, kDone);
  EXPECT_EQ(check({old, old}).status, kDone) << "one content is no two";
  fs::remove_all(root);
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
