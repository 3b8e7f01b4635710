// Every case of the conformance suite passes, or stands in expected_failures.txt with its reason; the
// outcome per folder stands in docs/tck.md (GUANHU_REBASE=1 writes it anew).
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <set>

#include "base/files.h"
#include "dmn/tck.h"

namespace guanhu::dmn {
namespace {
namespace fs = std::filesystem;

const fs::path kSource = GUANHU_SOURCE_DIR;
const fs::path kSuite = kSource / "../shared/data/dmn-tck";

std::string key(const TckCase& c) { return c.folder + " " + c.test + " " + c.name + " " + c.node; }

std::set<std::string> expected_failures() {
  std::set<std::string> keys;
  std::ifstream file(kSource / "tests/tck/expected_failures.txt");
  for (std::string line; std::getline(file, line);) {
    size_t bar = line.find(" | ");
    if (!line.empty() && line[0] != '#') keys.insert(line.substr(0, bar));
  }
  return keys;
}

const TckReport& report() {
  static const TckReport made = [] {
    feel::EvalOptions options;
    options.now = base::Instant::parse("2025-12-31T09:30:00Z");
    auto run = run_tck(kSuite, options);
    if (!run.ok()) throw base::Broken(run.error().text());
    return std::move(*run);
  }();
  return made;
}

std::string as_document(const TckReport& report) {
  std::map<std::string, std::pair<size_t, size_t>> folders;  // passed, failed
  for (auto& c : report.cases) ++(c.passed ? folders[c.folder].first : folders[c.folder].second);
  std::string out =
      "# The DMN conformance suite\n\n"
      "What `tests/tck` found when it ran the DMN TCK (repository `dmn-tck/tck`) where it lies. This file is\n"
      "written by that test (`./dev rebase -R tck`). A case is one result of a test case.\n\n"
      "| folder | passed | failed |\n| --- | ---: | ---: |\n";
  for (auto& [folder, counts] : folders)
    out += "| " + folder + " | " + std::to_string(counts.first) + " | " + std::to_string(counts.second) + " |\n";
  size_t passed = report.passed();
  return out + "| **all** | " + std::to_string(passed) + " | " + std::to_string(report.cases.size() - passed) +
         " |\n";
}

class Suite : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!fs::is_directory(kSuite)) GTEST_SKIP() << "the suite is not here (../shared/data/dmn-tck)";
  }
};

TEST_F(Suite, EveryCasePassesOrIsExpectedToFail) {
  std::set<std::string> expected = expected_failures();
  EXPECT_GT(report().cases.size(), 2900u);
  for (auto& c : report().cases) {
    bool known = expected.erase(key(c)) > 0;
    EXPECT_EQ(c.passed, !known) << key(c) << (known ? " passes: strike it from expected_failures.txt" : "")
                                << "\n  expected " << c.expected << "\n  got      " << c.got;
  }
  for (auto& left : expected)
    ADD_FAILURE() << "expected_failures.txt names a case that is not in the suite: " << left;
}

TEST_F(Suite, OutcomeStandsInTheDocument) {
  fs::path path = kSource / "docs/tck.md";
  std::string made = as_document(report());
  if (std::getenv("GUANHU_REBASE")) {
    std::ofstream(path) << made;
    return;
  }
  auto text = base::read_file(path);
  ASSERT_TRUE(text.ok()) << "no docs/tck.md: run with GUANHU_REBASE=1";
  EXPECT_EQ(made, *text);
}

}  // namespace
}  // namespace guanhu::dmn
