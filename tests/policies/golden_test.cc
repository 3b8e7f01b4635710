// Each folder of good/ is a pack without problems; each folder of bad/ is a pack whose problems, as
// `guanhu policy check` prints them, stand in bad/NAME.txt. GUANHU_REBASE=1 writes those files anew:
// read the difference before committing it.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>

#include "base/files.h"
#include "policy/decide.h"
#include "policy/load.h"

namespace guanhu::policy {
namespace {

namespace fs = std::filesystem;
const fs::path kHere = fs::path(GUANHU_SOURCE_DIR) / "tests" / "policies";

std::vector<std::string> packs_in(const std::string& folder) {
  std::vector<std::string> out;
  for (const auto& entry : fs::directory_iterator(kHere / folder))
    if (entry.is_directory()) out.push_back(entry.path().filename().string());
  std::sort(out.begin(), out.end());
  return out;
}

// What is wrong with a pack; with a sound one, which of its cases.
Problems problems_of(const std::string& name) {
  Loaded loaded = load_pack(kHere / "bad" / name);
  if (loaded.problems.errors.empty())
    loaded.problems.errors = failing_cases(loaded.pack, *base::Date::parse("2024-06-01"));
  return loaded.problems;
}

class Bad : public ::testing::TestWithParam<std::string> {};

TEST_P(Bad, IsRefusedInTheseWords) {
  Problems problems = problems_of(GetParam());
  EXPECT_FALSE(problems.errors.empty());
  const fs::path expected = kHere / "bad" / (GetParam() + ".txt");
  if (std::getenv("GUANHU_REBASE")) {
    std::ofstream(expected) << problems.text();
    return;
  }
  auto text = base::read_file(expected);
  ASSERT_TRUE(text.ok()) << "no " << expected << ": run with GUANHU_REBASE=1 and read what it writes";
  EXPECT_EQ(problems.text(), text.value());
}

INSTANTIATE_TEST_SUITE_P(Packs, Bad, ::testing::ValuesIn(packs_in("bad")), [](const auto& one) {
  std::string name = one.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

class Good : public ::testing::TestWithParam<std::string> {};

TEST_P(Good, HasNoProblem) {
  Loaded loaded = load_pack(kHere / "good" / GetParam());
  EXPECT_EQ(loaded.problems.text(), "");
  EXPECT_EQ(loaded.pack.id, GetParam());
  Problems cases;
  cases.errors = failing_cases(loaded.pack, *base::Date::parse("2024-06-01"));
  EXPECT_EQ(cases.text(), "");
}

INSTANTIATE_TEST_SUITE_P(Packs, Good, ::testing::ValuesIn(packs_in("good")), [](const auto& one) {
  std::string name = one.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

TEST(Bad, NoExpectationIsLeftOver) {
  std::vector<std::string> packs = packs_in("bad");
  for (const auto& entry : fs::directory_iterator(kHere / "bad"))
    if (entry.path().extension() == ".txt") {
      EXPECT_TRUE(std::count(packs.begin(), packs.end(), entry.path().stem().string())) << entry.path();
    }
}

// Every code the checker can report is shown by some pack of bad/.
TEST(Bad, EveryCodeIsShown) {
  std::set<std::string> shown;
  for (const std::string& pack : packs_in("bad"))
    for (const base::Error& error : problems_of(pack).errors) shown.insert(error.code);
  std::set<std::string> reported;
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(GUANHU_SOURCE_DIR) / "src" / "policy")) {
    if ((entry.path().extension() != ".cc" && entry.path().filename() != "check_codes.h") ||
        entry.path().filename() == "scheme.cc" || entry.path().string().ends_with("_test.cc"))
      continue;
    const std::string code = base::read_file(entry.path()).value();
    for (size_t at = code.find("\"policy."); at != code.npos; at = code.find("\"policy.", at + 1))
      reported.insert(code.substr(at + 1, code.find('"', at + 1) - at - 1));
  }
  // Those of imports from decision models, of the life of a version and of drafts are shown by their own tests.
  std::erase_if(reported, [](const std::string& code) {
    for (const char* of : {"policy.dmn.", "policy.life.", "policy.draft.", "policy.edit."})
      if (code.starts_with(of)) return true;
    return code.ends_with('.');
  });
  for (const char* other : {"policy.unknown", "policy.pack.read", "policy.encoding", "policy.pack.overlap"})
    reported.erase(other);  // shown in load_test.cc, edition_test.cc
  for (const std::string& code : reported)
    EXPECT_TRUE(shown.contains(code)) << code << " is shown by no pack of bad/";
}

TEST(Sample, IsSoundWhereverItLies) {
  Loaded here = load_pack(fs::path(GUANHU_SOURCE_DIR) / "policies" / "sample");
  EXPECT_EQ(here.problems.text(), "");
  const fs::path there = fs::temp_directory_path() / ("guanhu-policies-" + std::to_string(getpid()));
  fs::create_directories(there / "elsewhere");
  fs::copy(fs::path(GUANHU_SOURCE_DIR) / "policies" / "sample", there / "elsewhere" / "sample",
           fs::copy_options::recursive);
  Loaded moved = load_pack(there / "elsewhere" / "sample" / "");
  fs::remove_all(there);
  EXPECT_EQ(moved.problems.text(), "");
  EXPECT_EQ(moved.pack.hash, here.pack.hash);
  EXPECT_EQ(here.pack.hash.size(), 64u);
}

}  // namespace
}  // namespace guanhu::policy
