#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/files.h"
#include "base/json.h"
#include "cli/command.h"

namespace guanhu::cli {
namespace {

namespace fs = std::filesystem;

struct Outcome {
  int status;
  std::string out, err;
};

Outcome run(const Command& command, const std::vector<std::string>& arguments) {
  std::istringstream in;
  std::ostringstream out, err;
  base::FixedClock clock(base::Instant{});
  Io io{in, out, err, clock};
  int status = command.run(arguments, io);
  return {status, out.str(), err.str()};
}

const std::string kPolicies = std::string(GUANHU_SOURCE_DIR) + "/tests/e2e/dmn-js/policies";

class PolicyExchange : public testing::Test {
 protected:
  void SetUp() override {
    fs::remove_all(room_);
    fs::create_directories(room_);
    fs::copy(kPolicies, room_ / "policies", fs::copy_options::recursive);
  }
  void TearDown() override { fs::remove_all(room_); }
  std::string at(const std::string& name) const { return (room_ / name).string(); }
  Outcome exported(std::vector<std::string> more) const {
    std::vector<std::string> all{"--dmn", "demo", "--policies", at("policies")};
    all.insert(all.end(), more.begin(), more.end());
    return run(kPolicyExportCommand, all);
  }
  fs::path room_ = fs::path(testing::TempDir()) / "guanhu-policy-exchange";
};

TEST_F(PolicyExchange, WrongUseIsSaid) {
  EXPECT_NE(run(kPolicyExportCommand, {"demo"}).err.find("--dmn"), std::string::npos);
  EXPECT_EQ(run(kPolicyExportCommand, {"--dmn", "nothing", "--policies", at("policies")}).status, kWrong);
  EXPECT_NE(run(kPolicyExportCommand, {"--dmn", "demo/payment-mod", "--policies", at("policies")})
                .err.find("payment-mode"),
            std::string::npos);
  EXPECT_EQ(exported({"--version", "1.1"}).status, kWrong);
  EXPECT_EQ(exported({"--on", "2025-02-30"}).status, kWrong);
  EXPECT_EQ(exported({"-o", at("nowhere/x.dmn")}).status, kWrong);
  EXPECT_EQ(run(kPolicyImportCommand, {"demo"}).status, kWrong);
  EXPECT_EQ(run(kPolicyImportCommand, {"--dmn", at("none.dmn"), "demo", "--policies", at("policies")}).status,
            kWrong);
  EXPECT_EQ(run(kPolicyDiffCommand, {at("policies/demo")}).status, kWrong);
}

TEST_F(PolicyExchange, OneModelOrOneForEachDecision) {
  Outcome whole = exported({});
  EXPECT_EQ(whole.status, kDone) << whole.err;
  EXPECT_NE(whole.out.find("<definitions"), std::string::npos);
  Outcome folder = exported({"-o", at("models/")});
  EXPECT_EQ(folder.status, kDone) << folder.err;
  EXPECT_TRUE(fs::exists(at("models/payment-mode.dmn")));
  EXPECT_TRUE(fs::exists(at("models/payment-check.dmn")));
  Outcome file = exported({"-o", at("demo.dmn")});
  EXPECT_EQ(file.status, kDone) << file.err;
  EXPECT_EQ(*base::read_file(at("demo.dmn")), whole.out);
}

TEST_F(PolicyExchange, AnEditIsWrittenAndTheDifferenceSaid) {
  std::string xml = exported({}).out;
  std::string cell = "&lt;= 自主上限";
  xml.replace(xml.find(cell), cell.size(), "&lt;= 自主上限 / 2");
  std::ofstream(at("edited.dmn")) << xml;
  std::vector<std::string> import{"--dmn", at("edited.dmn"), "demo", "--policies", at("policies")};
  auto dry = import;
  dry.push_back("--dry-run");
  EXPECT_EQ(run(kPolicyImportCommand, dry).status, kDone);
  EXPECT_EQ(run(kPolicyDiffCommand, {kPolicies + "/demo", at("policies/demo")}).status, kDone)
      << "nothing written";
  Outcome done = run(kPolicyImportCommand, import);
  EXPECT_EQ(done.status, kDone) << done.out << done.err;
  EXPECT_NE(done.out.find("<= 自主上限 改为 <= 自主上限 / 2"), std::string::npos) << done.out;
  Outcome diff = run(kPolicyDiffCommand, {kPolicies + "/demo", at("policies/demo"), "--json"});
  EXPECT_EQ(diff.status, kNo);
  auto json = base::Json::parse(diff.out);
  ASSERT_TRUE(json.ok()) << diff.out;
  ASSERT_EQ(json->find("changes")->as_array()->size(), 1u) << diff.out;
  EXPECT_EQ(*json->find("changes")->as_array()->front().find("after")->as_string(), "<= 自主上限 / 2");
  // The same edit again: the table is that already.
  EXPECT_NE(run(kPolicyImportCommand, import).out.find("没有修改"), std::string::npos);
}

TEST_F(PolicyExchange, ARefusedEditChangesNothing) {
  std::string xml = exported({}).out;
  std::string value = "<text>300000</text>";
  xml.replace(xml.find(value), value.size(), "<text>400000</text>");
  std::ofstream(at("edited.dmn")) << xml;
  Outcome refused =
      run(kPolicyImportCommand, {"--dmn", at("edited.dmn"), "demo", "--policies", at("policies"), "--json"});
  EXPECT_EQ(refused.status, kNo);
  auto json = base::Json::parse(refused.out);
  ASSERT_TRUE(json.ok());
  EXPECT_EQ(json->find("errors")->as_array()->size(), 1u);
  EXPECT_EQ(run(kPolicyDiffCommand, {kPolicies + "/demo", at("policies/demo")}).status, kDone);
}

}  // namespace
}  // namespace guanhu::cli
