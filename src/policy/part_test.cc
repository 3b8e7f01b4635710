// A pack made of single documents of another.
#include "policy/part.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "policy/load.h"

namespace guanhu::policy {
namespace {

namespace fs = std::filesystem;

TEST(ExtendsOf, GroupsDocumentsByPack) {
  auto all = extends_of({"a/一.md", "b", "a/子/二.md", "c/三.md", "c"});
  ASSERT_EQ(all.size(), 3u);
  EXPECT_EQ(all[0].pack, "a");
  EXPECT_EQ(all[0].documents, (std::vector<std::string>{"一.md", "子/二.md"}));
  EXPECT_TRUE(all[1].documents.empty());
  EXPECT_TRUE(all[2].documents.empty()) << "named whole as well: whole";
  EXPECT_EQ(made_from(all, "d"), nullptr);
  EXPECT_EQ(made_from(all, "b"), &all[1]);
}

class PartOf : public ::testing::Test {
 protected:
  void SetUp() override {
    root_ = fs::temp_directory_path() / ("guanhu-part-" + std::to_string(getpid()));
    fs::remove_all(root_);
    write("base", "pack.toml", manifest("base", ""));
    write("base", "一.md", document(decision("first", "requires = \"底 = second\"", "底 + 线")));
    write("base", "二.md",
          document(decision("second", "", "金额 * 2") + decision("third", "", "金额 + 门槛") +
                   "```parameter third\n[\"门槛\"]\nvalue = 3\nunit = \"元\"\n```\n\n"
                   "```parameter\n[\"线\"]\nvalue = 5\nunit = \"元\"\nrules = [\"KPI-313\"]\n```\n"));
  }
  void TearDown() override { fs::remove_all(root_); }

  static std::string manifest(const std::string& id, const std::string& more) {
    return "id = \"" + id + "\"\ntitle = \"" + id + "\"\nversion = \"1\"\nfrom = 2024-01-01\n" + more +
           "[[sources]]\ndocument = \"a.txt\"\ntitle = \"办法\"\n";
  }
  static std::string document(const std::string& blocks) {
    return "# 办法\n来源: a.txt\n\n## 第一条 规定\n\n照下面的办。\n\n" + blocks;
  }
  static std::string decision(const std::string& id, const std::string& more, const std::string& formula) {
    return "```decision " + id + "\ntitle = \"" + id + "\"\nrules = [\"KPI-313\"]\ninputs = \"金额: 元 >= 0\"\n" +
           more + "\noutput = \"元\"\nformula = \"" + formula + "\"\n```\n\n";
  }
  void write(const std::string& pack, const std::string& file, const std::string& text) const {
    fs::create_directories(root_ / pack);
    std::ofstream(root_ / pack / file) << text;
  }
  Loaded bank(const std::string& extends) const {
    write("bank", "pack.toml", manifest("bank", "extends = [" + extends + "]\n"));
    return load_pack(root_ / "bank");
  }

  fs::path root_;
};

TEST_F(PartOf, ADocumentThatIsNotThereIsRefused) {
  for (const char* wrong : {"\"base/三.md\"", "\"base/\"", "\"base/../base/一.md\"", "\"base/pack.toml\""}) {
    const std::string said = bank(wrong).problems.text();
    EXPECT_NE(said.find("bank/pack.toml:5:12: 制度包“base”里没有文件"), said.npos) << wrong << ": " << said;
    EXPECT_NE(said.find("[policy.pack.extends]"), said.npos) << said;
  }
}

TEST_F(PartOf, TakesWhatTheDocumentSaysAndWhatThatRestsOn) {
  const Loaded part = bank("\"base/一.md\"");
  EXPECT_EQ(part.problems.text(), "");
  EXPECT_TRUE(part.pack.decision("first"));
  EXPECT_TRUE(part.pack.decision("second")) << "asked by the first";
  EXPECT_FALSE(part.pack.decision("third")) << "nobody asks it";
  ASSERT_EQ(part.pack.parameters.size(), 1u) << "not the one of the decision that stays behind";
  EXPECT_EQ(part.pack.parameters[0].name, "线");

  const Loaded other = bank("\"base/二.md\""), both = bank("\"base/一.md\", \"base/二.md\""),
               whole = bank("\"base\"");
  EXPECT_FALSE(other.pack.decision("first"));
  EXPECT_TRUE(other.pack.decision("third"));
  EXPECT_EQ(both.pack.decisions.size(), 3u);
  EXPECT_EQ(whole.pack.decisions.size(), 3u);
  EXPECT_NE(part.pack.hash, other.pack.hash) << "another selection is another pack";
}

}  // namespace
}  // namespace guanhu::policy
