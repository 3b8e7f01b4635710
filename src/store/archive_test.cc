#include "store/archive.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"

namespace guanhu::store {

namespace fs = std::filesystem;
using base::Json;
using base::JsonObject;

class Archive : public ::testing::Test {
 protected:
  fs::path file_ = fs::path(::testing::TempDir()) / ("archive-" + std::to_string(::getpid()) + ".tar");
  void TearDown() override {
    fs::remove(file_);
    fs::remove(file_.string() + ".part");
  }
  void make() {
    ArchiveWriter writer(file_);
    writer.add("guanhu.json", "{}");
    writer.add("landed/2025-12-31/1/balances.csv.zst", std::string(1000, 'b'));
    writer.add("empty", "");
    writer.finish({{"made_at", "now"}});
  }
  std::string code() {
    auto list = check_archive(file_);
    return list ? "whole" : list.error().code;
  }
};

TEST_F(Archive, RefusesWhatIsNoBackup) {
  EXPECT_EQ(code(), "archive.missing");
  for (const std::string& text :
       {std::string(), std::string("no tar"), std::string(2048, '\0'), std::string(2048, 'x')}) {
    base::write_file_atomic(file_, text);
    EXPECT_EQ(code(), "archive.damaged");
  }
}

TEST_F(Archive, EveryChangedByteAndEveryCutIsSeen) {
  make();
  ASSERT_EQ(code(), "whole");
  const std::string bytes = base::read_file(file_).value();
  for (size_t cut = 0; cut + 1024 < bytes.size(); cut += 97) {
    base::write_file_atomic(file_, bytes.substr(0, cut));
    EXPECT_EQ(code(), "archive.damaged") << "cut at " << cut;
  }
  // Names, sizes and contents; what the format leaves empty need not be looked at.
  for (size_t at : {size_t{0}, size_t{130}, size_t{512}, size_t{1024}, size_t{1536}, size_t{2500}}) {
    std::string changed = bytes;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    base::write_file_atomic(file_, changed);
    EXPECT_EQ(code(), "archive.damaged") << "byte " << at;
  }
}

TEST_F(Archive, GivesBackWhatWasPutIn) {
  make();
  struct stat facts {};
  ASSERT_EQ(::stat(file_.c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777, 0600u);
  auto list = check_archive(file_);
  ASSERT_TRUE(list.ok());
  EXPECT_EQ(*list->find("made_at")->as_string(), "now");
  EXPECT_EQ(list->find("files")->as_array()->size(), 3u);
  std::vector<std::pair<std::string, std::string>> got;
  ASSERT_TRUE(unpack_archive(file_, [&](const std::string& name, std::string_view bytes) {
                got.emplace_back(name, std::string(bytes));
              }).ok());
  ASSERT_EQ(got.size(), 3u);
  EXPECT_EQ(got[1].first, "landed/2025-12-31/1/balances.csv.zst");
  EXPECT_EQ(got[1].second, std::string(1000, 'b'));
  EXPECT_EQ(got[2].second, "");
}

TEST_F(Archive, AnUnfinishedOneIsNotThere) {
  {
    ArchiveWriter writer(file_);
    writer.add("guanhu.json", "{}");
    EXPECT_THROW(writer.add("../out", ""), base::Broken);
    EXPECT_THROW(writer.add(std::string(101, 'a'), ""), base::Broken);
  }
  EXPECT_FALSE(fs::exists(file_));
  EXPECT_FALSE(fs::exists(file_.string() + ".part"));
}

}  // namespace guanhu::store
