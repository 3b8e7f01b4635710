#include "store/folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <csignal>
#include <fstream>

#include "base/files.h"
#include "store/testing.h"

namespace guanhu::store {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
namespace fs = std::filesystem;

class FolderTest : public ::testing::Test {
 protected:
  fs::path root() const { return place_.folder(); }
  fs::path dir() const { return root() / "bank"; }
  void write(const fs::path& file, const std::string& text) { std::ofstream(file) << text; }

  static std::string code(const base::Result<Folder>& result) { return result.ok() ? "ok" : result.error().code; }

  testing::Place place_{Engine::sqlite};
};

TEST_F(FolderTest, OpenRefusesWhatIsNoBank) {
  auto missing = Folder::open(dir());
  ASSERT_EQ(code(missing), "folder.none");
  EXPECT_THAT(missing.error().hint, HasSubstr("guanhu init --data " + dir().string()));
  fs::create_directory(dir());
  EXPECT_EQ(code(Folder::open(dir())), "folder.none");
  EXPECT_TRUE(fs::is_empty(dir())) << "a refusal leaves nothing";
}

TEST_F(FolderTest, OpenRefusesANewerFormat) {
  ASSERT_TRUE(Folder::create(dir()).ok());
  write(dir() / "guanhu.json", R"({"format": 2, "engine": "something new"})");
  auto newer = Folder::open(dir());
  ASSERT_EQ(code(newer), "folder.newer");
  EXPECT_THAT(newer.error().text(), HasSubstr("format 2, this program knows format 1"));
}

TEST_F(FolderTest, OpenRefusesADamagedDescription) {
  ASSERT_TRUE(Folder::create(dir()).ok());
  for (const char* text :
       {"", "{", "[]", "{}", R"({"format": "1"})", R"({"format": 1})", R"({"format": 1, "engine": "x"})",
        R"({"format": 1, "engine": "postgres"})",
        R"({"format": 1, "engine": "postgres", "dsn": "d", "store_schema": "", "facts_schema": "f"})"}) {
    write(dir() / "guanhu.json", text);
    EXPECT_EQ(code(Folder::open(dir())), "folder.damaged") << text;
  }
}

TEST_F(FolderTest, CreateRefusesABankAndForeignFiles) {
  ASSERT_TRUE(Folder::create(dir()).ok());
  EXPECT_EQ(code(Folder::create(dir())), "folder.taken");
  auto foreign = root() / "photos";
  fs::create_directory(foreign);
  write(foreign / "cat.jpg", "x");
  auto refused = Folder::create(foreign);
  ASSERT_EQ(code(refused), "folder.foreign");
  EXPECT_THAT(refused.error().message, HasSubstr("cat.jpg"));
  EXPECT_EQ(std::distance(fs::directory_iterator(foreign), fs::directory_iterator()), 1) << "nothing was added";
  EXPECT_EQ(code(Folder::create(foreign / "cat.jpg")), "folder.foreign");
  EXPECT_EQ(code(Folder::create(foreign / "cat.jpg" / "below")), "folder.make");
}

TEST_F(FolderTest, AFolderLikeOursWithContentIsForeign) {
  fs::create_directories(dir() / "landed");
  write(dir() / "landed" / "precious", "x");
  EXPECT_EQ(code(Folder::create(dir())), "folder.foreign");
}

TEST_F(FolderTest, SchemaNamesAreChecked) {
  for (const char* schema :
       {"", "Bank", "1bank", "pg_bank", "a-b", "a\"b", "农", "a2345678901234567890123456789012345678901"}) {
    EXPECT_EQ(code(Folder::create(dir(), "postgresql:///x", schema)), "folder.schema") << schema;
  }
  EXPECT_FALSE(fs::exists(dir()));
  EXPECT_EQ(code(Folder::create(dir(), "")), "folder.store");
}

TEST_F(FolderTest, ADatabaseThatCannotBeReachedIsRefusedWithoutThePassword) {
  auto refused = Folder::create(dir(), "postgresql://u:geheim77@127.0.0.1:1/d");
  ASSERT_EQ(code(refused), "folder.store");
  EXPECT_THAT(refused.error().text(), Not(HasSubstr("geheim77")));
  EXPECT_EQ(code(Folder::open(dir())), "folder.none");
  EXPECT_EQ(code(Folder::create(dir())), "ok") << "the attempt is not in the way";
}

TEST_F(FolderTest, CreatedFoldersOpenAndKeepTheStore) {
  auto made = Folder::create(dir() / "");
  ASSERT_TRUE(made.ok()) << made.error().text();
  made->open_store()->script("CREATE TABLE t (x TEXT); INSERT INTO t VALUES ('y')");
  auto opened = Folder::open(dir());
  ASSERT_TRUE(opened.ok()) << opened.error().text();
  EXPECT_EQ(opened->path(), dir());
  EXPECT_EQ(opened->engine(), Engine::sqlite);
  EXPECT_EQ(opened->postgres_dsn(), "");
  EXPECT_EQ(opened->warehouse_file(), dir() / "warehouse.duckdb");
  for (const fs::path& path : {opened->landed(), opened->columns(), opened->temp()}) {
    EXPECT_TRUE(fs::is_directory(path)) << path;
  }
  EXPECT_EQ(opened->open_store()->query("SELECT x FROM t").at(0).text(0), "y");
}

TEST_F(FolderTest, TheBanksFilesAreForItsUserOnly) {
  ASSERT_TRUE(Folder::create(dir()).ok());
  EXPECT_EQ(fs::status(dir()).permissions(), fs::perms::owner_all);
  EXPECT_EQ(fs::status(dir() / "guanhu.json").permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(FolderTest, DerivedFoldersAreMadeAgain) {
  auto made = Folder::create(dir());
  ASSERT_TRUE(made.ok());
  fs::remove_all(made->columns());
  ASSERT_TRUE(Folder::open(dir()).ok());
  EXPECT_TRUE(fs::is_directory(made->columns()));
}

TEST_F(FolderTest, WhatACrashLeftHalfMadeCanBeMadeAgain) {
  fs::create_directories(dir() / "landed");
  fs::create_directories(dir() / "temp");
  write(dir() / "guanhu.lock", "4711\n");
  write(dir() / "guanhu.json.new", "{\"for");
  EXPECT_EQ(code(Folder::open(dir())), "folder.none");
  EXPECT_EQ(code(Folder::create(dir())), "ok");
  EXPECT_EQ(code(Folder::open(dir())), "ok");
}

TEST_F(FolderTest, OnlyOneHoldsTheLock) {
  auto folder = Folder::create(dir());
  ASSERT_TRUE(folder.ok());
  {
    auto first = FolderLock::take(*folder);
    ASSERT_TRUE(first.ok());
    FolderLock moved = std::move(*first);
    auto second = FolderLock::take(*folder);
    ASSERT_FALSE(second.ok());
    EXPECT_EQ(second.error().code, "folder.busy");
    EXPECT_THAT(second.error().message, HasSubstr("process " + std::to_string(::getpid())));
  }
  EXPECT_TRUE(FolderLock::take(*folder).ok());
}

TEST_F(FolderTest, TheLockOfAProcessThatDiedIsFree) {
  auto folder = Folder::create(dir());
  ASSERT_TRUE(folder.ok());
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  pid_t child = ::fork();
  if (child == 0) {
    auto lock = FolderLock::take(*folder);
    char ok = lock.ok() ? 'y' : 'n';
    if (::write(ends[1], &ok, 1) != 1) ::_exit(1);
    ::pause();
    ::_exit(0);
  }
  char ok = '?';
  ASSERT_EQ(::read(ends[0], &ok, 1), 1);
  ASSERT_EQ(ok, 'y');
  auto busy = FolderLock::take(*folder);
  ASSERT_FALSE(busy.ok());
  EXPECT_THAT(busy.error().message, HasSubstr("process " + std::to_string(child)));
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  EXPECT_TRUE(FolderLock::take(*folder).ok());
  ::close(ends[0]);
  ::close(ends[1]);
}

TEST_F(FolderTest, PostgresFoldersShareADatabaseBySchema) {
  testing::Place database(Engine::postgres);
  if (!database.available()) GTEST_SKIP() << testing::kNoPostgres;
  const std::string dsn = testing::postgres_dsn();
  const std::string schema = database.schema();
  auto made = Folder::create(dir(), dsn, schema);
  ASSERT_TRUE(made.ok()) << made.error().text();
  made->open_store()->script("CREATE TABLE t (x TEXT)");
  auto opened = Folder::open(dir());
  ASSERT_TRUE(opened.ok()) << opened.error().text();
  EXPECT_EQ(opened->engine(), Engine::postgres);
  EXPECT_EQ(opened->postgres_dsn(), dsn);
  EXPECT_EQ(opened->store_schema(), schema);
  EXPECT_EQ(opened->facts_schema(), schema + "_facts");
  EXPECT_EQ(opened->open_store()->query("SELECT count(*) FROM t").at(0).integer(0), 0);

  auto taken = Folder::create(root() / "second", dsn, schema);
  ASSERT_EQ(code(taken), "folder.taken");
  EXPECT_THAT(taken.error().message, HasSubstr("schema " + schema));
  EXPECT_EQ(code(Folder::create(root() / "second", dsn, schema + "_b")), "ok");
  database.open()->script("DROP SCHEMA " + schema + "_b CASCADE");
}

}  // namespace
}  // namespace guanhu::store
