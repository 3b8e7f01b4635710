// The examples of docs/packs.md and docs/packs-decisions.md are one pack: they are cut out, loaded and checked.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/files.h"
#include "policy/decide.h"
#include "policy/facts.h"
#include "policy/load.h"
#include "policy/scheme.h"
#include "policy/subjects.h"

namespace guanhu::policy {
namespace {

namespace fs = std::filesystem;

std::string docs() {
  const fs::path folder = fs::path(GUANHU_SOURCE_DIR) / "docs";
  return base::read_file(folder / "packs.md").value() + base::read_file(folder / "packs-decisions.md").value();
}

// What stands between a line `open` and the next line `close`, each time.
std::vector<std::string> between(const std::string& text, const std::string& open, const std::string& close) {
  std::vector<std::string> out;
  for (size_t at = text.find(open); at != text.npos; at = text.find(open, at)) {
    at += open.size();
    size_t end = text.find(close, at);
    out.push_back(text.substr(at, end - at + 1));
    at = end;
  }
  return out;
}

class Docs : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("guanhu-docs-" + std::to_string(getpid())) / "policies" / "example";
    fs::create_directories(folder_);
    fs::copy(fs::path(GUANHU_SOURCE_DIR) / "policies" / "common", folder_.parent_path() / "common",
             fs::copy_options::recursive);
    std::vector<std::string> manifests = between(docs(), "\n```toml\n", "\n```\n");
    ASSERT_EQ(manifests.size(), 1u);
    std::ofstream(folder_ / "pack.toml") << manifests.front();
    std::vector<std::string> documents = between(docs(), "\n````markdown\n", "\n````\n");
    ASSERT_GE(documents.size(), 4u);
    for (size_t i = 0; i < documents.size(); ++i)
      std::ofstream(folder_ / (std::to_string(i) + ".md")) << documents[i];
  }
  void TearDown() override { fs::remove_all(folder_.parent_path().parent_path()); }
  fs::path folder_;
};

TEST_F(Docs, ExamplesAreASoundPack) {
  Loaded loaded = load_pack(folder_);
  ASSERT_EQ(loaded.problems.text(), "");
  const Pack& pack = loaded.pack;
  EXPECT_FALSE(pack.parameters.empty() || pack.measures.empty() || pack.indicators.empty() || pack.scores.empty());
  EXPECT_FALSE(pack.peers.empty() || pack.schemes.empty() || pack.judgements.empty() || pack.opens.empty());
  EXPECT_FALSE(pack.types.empty() || pack.functions.empty() || pack.decisions.empty() || pack.cases.empty());
  EXPECT_FALSE(pack.checklists.empty() || pack.duties.empty() || pack.notices.empty() || pack.processes.empty());
  EXPECT_THAT(failing_cases(pack, *base::Date::parse("2025-12-31")), ::testing::IsEmpty());
  for (const Scheme& scheme : pack.schemes)
    for (const char* day : {"2025-12-31", "2026-01-01"}) {
      auto compiled = compile_scheme(pack, scheme.name, *base::Date::parse(day));
      EXPECT_TRUE(compiled.ok()) << compiled.error().text();
    }
}

// Facts and columns are listed there; the list must not rot.
TEST_F(Docs, EveryFactAndColumnIsNamed) {
  const std::string text = docs();
  for (const FactInfo& fact : facts()) {
    EXPECT_NE(text.find("`" + std::string(fact.name) + "` " + std::string(fact.chinese)), text.npos) << fact.name;
    for (const FactColumn& column : fact.columns)
      EXPECT_NE(text.find(std::string(column.name) + " `" + std::string(column.feed) + "`"), text.npos)
          << fact.name << ": " << column.name << " `" << column.feed << "`";
  }
  for (const FactColumn& column : staff_columns())
    EXPECT_NE(text.find(std::string(column.name) + " `" + std::string(column.feed) + "`"), text.npos)
        << column.name;
}

TEST_F(Docs, EveryColumnOfASubjectIsNamed) {
  const std::string text = docs();
  for (const Subject& subject : subjects()) {
    const std::string row =
        between(text, "| `" + std::string(subject.name) + "` " + std::string(subject.chinese) + " |", "\n")
            .back();  // a fact may have the same name
    EXPECT_FALSE(subject_columns(subject.name).empty());
    for (const Field& column : subject_columns(subject.name)) {
      if (column.name == "业务日期") continue;
      const std::string name = column.name + (column.optional ? "?" : "");
      EXPECT_TRUE(row.find(" " + name + ",") != row.npos || row.find(" " + name + " ") != row.npos)
          << subject.name << ": " << name << " in " << row;
    }
  }
  EXPECT_TRUE(subject_columns("nothing").empty());
}

}  // namespace
}  // namespace guanhu::policy
