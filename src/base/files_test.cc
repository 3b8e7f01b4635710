#include "base/files.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include "base/digest.h"

namespace guanhu::base {
namespace {

namespace fs = std::filesystem;

class Files : public testing::Test {
 protected:
  void SetUp() override {
    folder = fs::temp_directory_path() / ("guanhu-files-" + std::to_string(::getpid()));
    fs::create_directories(folder);
  }
  void TearDown() override { fs::remove_all(folder); }
  fs::path folder;
};

TEST_F(Files, RefusesAMissingFileByName) {
  auto got = read_file(folder / "none");
  ASSERT_FALSE(got);
  EXPECT_EQ(got.error().code, "file.read");
  EXPECT_EQ(got.error().where, (folder / "none").string());
  EXPECT_FALSE(MappedFile::open(folder / "none"));
  EXPECT_THROW(write_file_atomic(folder / "no" / "such", "x"), Broken);
}

TEST_F(Files, ReplacesAFileWhole) {
  write_file_atomic(folder / "a", "old");
  write_file_atomic(folder / "a", std::string("n\0w", 3));
  EXPECT_EQ(*read_file(folder / "a"), std::string("n\0w", 3));
  EXPECT_FALSE(fs::exists(folder / "a.new"));
  EXPECT_EQ(MappedFile::open(folder / "a")->text(), std::string_view("n\0w", 3));
  write_file_atomic(folder / "a", "");
  EXPECT_EQ(MappedFile::open(folder / "a")->text(), "");
}

TEST(Digest, KnowsThePublishedVectors) {
  EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

}  // namespace
}  // namespace guanhu::base
