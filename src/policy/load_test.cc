#include "policy/load.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace guanhu::policy {
namespace {

namespace fs = std::filesystem;

class Load : public ::testing::Test {
 protected:
  void SetUp() override {
    root_ = fs::temp_directory_path() / ("guanhu-load-" + std::to_string(getpid()));
    fs::create_directories(root_ / "policies" / "demo");
    write("pack.toml",
          "id = \"demo\"\ntitle = \"甲\"\nversion = \"1\"\nfrom = 2024-01-01\n"
          "[[sources]]\ndocument = \"a.txt\"\ntitle = \"乙\"\n");
    write("a.md", document("5"));
  }
  void TearDown() override { fs::remove_all(root_); }

  static std::string document(const std::string& value) {
    return "# 第一条 甲\n来源: a.txt\n\n话。\n\n```parameter\n[\"上限\"]\nvalue = " + value +
           "\nunit = \"分\"\n```\n";
  }
  void write(const std::string& name, const std::string& text) {
    fs::create_directories((folder() / name).parent_path());
    std::ofstream(folder() / name, std::ios::binary) << text;
  }
  fs::path folder() const { return root_ / "policies" / "demo"; }
  std::string codes() const {
    std::string out;
    for (const base::Error& error : load_pack(folder()).problems.errors) out += error.code + " ";
    return out;
  }
  fs::path root_;
};

TEST_F(Load, WhatIsNoPackIsAProblem) {
  EXPECT_EQ(load_pack(root_ / "nowhere").problems.errors.at(0).code, "policy.pack.missing");
  EXPECT_EQ(load_pack(root_).problems.errors.at(0).code, "policy.pack.missing");
}

TEST_F(Load, OtherEncodingsAreRefusedWithTheLine) {
  write("a.md", "# first\n\n\xB4\xE6\xBF\xEE\n");
  Loaded loaded = load_pack(folder());
  ASSERT_EQ(loaded.problems.errors.size(), 1u);
  EXPECT_EQ(loaded.problems.errors[0].code, "policy.encoding");
  EXPECT_EQ(loaded.problems.errors[0].where, "policies/demo/a.md:3:1");
  write("pack.toml", "id = \"\xB4\xE6\"\n");
  EXPECT_EQ(codes(), "policy.encoding ");
}

TEST_F(Load, AFileThatCannotBeReadIsAProblem) {
  if (getuid() == 0) {  // root reads everything: a link to nowhere is no file of the pack
    fs::create_symlink("nowhere", folder() / "b.md");
    EXPECT_EQ(codes(), "policy.pack.read ");
    return;
  }
  write("b.md", "x");
  fs::permissions(folder() / "b.md", fs::perms::none);
  EXPECT_EQ(codes(), "policy.pack.read ");
}

TEST_F(Load, TheHashCoversPathsAndContent) {
  auto hash = [&] { return load_pack(folder()).pack.hash; };
  const std::string first = hash();
  EXPECT_EQ(hash(), first);
  write(".a.md.swp", "an editor's");
  write(".git/HEAD", "version control's");
  EXPECT_EQ(hash(), first);
  write("README.md", "```unknown\n```\n");  // belongs to the pack, but is no document
  const std::string second = hash();
  EXPECT_NE(second, first);
  EXPECT_EQ(codes(), "");
  fs::remove(folder() / "README.md");
  EXPECT_EQ(hash(), first);
  fs::rename(folder() / "a.md", folder() / "b.md");
  EXPECT_NE(hash(), first);
  fs::rename(folder() / "b.md", folder() / "a.md");
  write("a.md", document("6"));
  EXPECT_NE(hash(), first);
}

TEST_F(Load, DocumentsInFoldersBelowCount) {
  write("b/c.md", "# 第二条\n来源: a.txt\n\n话。\n\n```parameter\n[\"上限\"]\nvalue = 6\nunit = \"分\"\n```\n");
  Loaded loaded = load_pack(folder() / "");  // with a slash at the end
  ASSERT_EQ(loaded.problems.errors.size(), 1u);
  EXPECT_EQ(loaded.problems.errors[0].code, "policy.name.repeated");
  EXPECT_EQ(loaded.problems.errors[0].where, "policies/demo/b/c.md:7:2");
  EXPECT_EQ(loaded.pack.parameters.size(), 2u);
}

TEST_F(Load, AParameterHasItsDaysInclusive) {
  write("a.md",
        "# 第一条 甲\n来源: a.txt\n\n话。\n\n```parameter\n[[\"上限\"]]\nvalue = 2\nfrom = 2025-01-01\n\n"
        "[[\"上限\"]]\nvalue = 1\nunit = \"分\"\nto = 2024-12-31\n```\n");
  ASSERT_EQ(codes(), "policy.key.missing ");  // the unit belongs into the first stretch
  write("a.md",
        "# 第一条 甲\n来源: a.txt\n\n话。\n\n```parameter\n[[\"上限\"]]\nvalue = 2\nunit = \"分\"\nfrom = "
        "2025-01-01\n\n"
        "[[\"上限\"]]\nvalue = 1\nto = 2024-12-31\n```\n");
  Loaded loaded = load_pack(folder());  // stretches may stand in any order
  ASSERT_EQ(loaded.problems.text(), "");
  auto on = [&](const char* day) {
    auto value = loaded.pack.parameter("上限")->on(*base::Date::parse(day));
    return value ? value->str() : "none";
  };
  EXPECT_EQ(on("2023-12-31"), "none");  // before the pack
  EXPECT_EQ(on("2024-01-01"), "1");
  EXPECT_EQ(on("2024-12-31"), "1");
  EXPECT_EQ(on("2025-01-01"), "2");
}

TEST_F(Load, OpenPackTakesSoundPacksOnly) {
  EXPECT_EQ(open_pack(root_ / "policies", "demo")->id, "demo");
  for (const char* id : {"", "nobody", "../policies/demo", ".", "demo/"})
    EXPECT_EQ(open_pack(root_ / "policies", id).error().code, "policy.unknown") << id;
  EXPECT_NE(open_pack(root_ / "policies", "nobody").error().hint.find("demo"), std::string::npos);
  write("a.md", document("\"5\"") + "\n```nothing\n```\n");
  auto refused = open_pack(root_ / "policies", "demo");
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, "policy.key.type");
  EXPECT_NE(refused.error().hint.find("1 处"), std::string::npos);
}

TEST_F(Load, TheTextOfProblemsCanBePrefixed) {
  write("a.md", document("\"5\""));
  Problems problems = load_pack(folder()).problems;
  EXPECT_EQ(problems.text("/x/").rfind("/x/policies/demo/a.md:8:9: value ", 0), 0u) << problems.text("/x/");
}

}  // namespace
}  // namespace guanhu::policy
