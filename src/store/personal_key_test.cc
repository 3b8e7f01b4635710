#include "store/personal_key.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <set>

#include "base/files.h"

namespace guanhu::store {

namespace fs = std::filesystem;

class PersonalKeyFile : public ::testing::Test {
 protected:
  fs::path file_ = fs::path(::testing::TempDir()) / ("personal-" + std::to_string(::getpid()) + ".key");
  void TearDown() override { fs::remove(file_); }
};

TEST_F(PersonalKeyFile, RefusesWhatIsNoKey) {
  EXPECT_EQ(PersonalKey::read(file_).error().code, "key.missing");
  for (auto text : {"", "{}", R"({"keys":[]})", R"({"keys":[{"id":"12345678","key":"AAAA"}]})",
                    R"({"keys":[{"id":"1","key":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}]})"}) {
    base::write_file_atomic(file_, text, 0600);
    EXPECT_EQ(PersonalKey::read(file_).error().code, "key.damaged") << text;
  }
}

TEST_F(PersonalKeyFile, IsForItsOwnerOnlyAndComesBack) {
  PersonalKey key = PersonalKey::make();
  key.write(file_);
  struct stat facts {};
  ASSERT_EQ(::stat(file_.c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777, 0600u);
  auto back = PersonalKey::read(file_);
  ASSERT_TRUE(back.ok());
  EXPECT_EQ(back->current(), key.current());
  EXPECT_EQ(back->open(key.seal("330102199001011234")), "330102199001011234");
}

TEST(PersonalKey, SealsAlikeWhatIsAlikeAndNothingElse) {
  PersonalKey key = PersonalKey::make(), other = PersonalKey::make();
  EXPECT_EQ(key.seal(""), "");
  EXPECT_EQ(key.open(""), "");
  const std::string sealed = key.seal("13800001234");
  EXPECT_EQ(sealed, key.seal("13800001234"));
  EXPECT_EQ(sealed.find("1380000"), std::string::npos);
  std::set<std::string> all;
  for (int i = 0; i < 1000; ++i) all.insert(key.seal("1380000" + std::to_string(i)));
  EXPECT_EQ(all.size(), 1000u);
  EXPECT_NE(sealed, other.seal("13800001234"));
  EXPECT_EQ(key.open("13800001234"), "13800001234") << "from before there was a key";
  EXPECT_EQ(key.open(key.seal("enc:12345678:AAAA")), "enc:12345678:AAAA");
  EXPECT_THROW(other.open(sealed), base::Broken);
  for (size_t at = sealed.size() - 20; at < sealed.size(); ++at) {
    std::string changed = sealed;
    changed[at] = changed[at] == 'A' ? 'B' : 'A';
    EXPECT_THROW(key.open(changed), base::Broken) << at;
  }
  EXPECT_THROW(key.open(sealed.substr(0, 30)), base::Broken);
}

TEST(PersonalKey, FilesAreAuthenticated) {
  PersonalKey key = PersonalKey::make();
  const std::string plain = std::string(100'000, 'x') + "end";
  std::string sealed = key.seal_file(plain);
  EXPECT_NE(sealed, key.seal_file(plain)) << "a fresh nonce each";
  EXPECT_TRUE(PersonalKey::is_sealed_file(sealed));
  EXPECT_FALSE(PersonalKey::is_sealed_file(plain));
  EXPECT_EQ(key.open_file(sealed).value(), plain);
  EXPECT_EQ(key.open_file(key.seal_file("")).value(), "");
  EXPECT_EQ(key.open_file(plain).error().code, "key.file");
  EXPECT_EQ(PersonalKey::make().open_file(sealed).error().code, "key.file");
  for (size_t cut : {size_t{0}, size_t{8}, size_t{16}, size_t{40}, sealed.size() - 1})
    EXPECT_FALSE(key.open_file(sealed.substr(0, cut)).ok()) << cut;
  sealed[sealed.size() / 2] ^= 1;
  EXPECT_EQ(key.open_file(sealed).error().code, "key.file");
}

TEST(PersonalKey, RotationOpensTheOldAndSealsWithTheNew) {
  PersonalKey key = PersonalKey::make();
  const std::string value = key.seal("13800001234"), file = key.seal_file("rows"), first = key.current();
  key.rotate();
  EXPECT_NE(key.current(), first);
  EXPECT_EQ(key.open(value), "13800001234");
  EXPECT_EQ(key.open_file(file).value(), "rows");
  EXPECT_NE(key.seal("13800001234"), value);
  auto forms = key.stored_forms("13800001234");
  EXPECT_EQ(forms.size(), 3u);
  EXPECT_EQ(forms[0], "13800001234");
  EXPECT_EQ(forms[1], value);
  EXPECT_EQ(forms[2], key.seal("13800001234"));
  key.forget_old();
  EXPECT_THROW(key.open(value), base::Broken);
  EXPECT_FALSE(key.open_file(file).ok());
  EXPECT_EQ(key.open(forms[2]), "13800001234");
}

}  // namespace guanhu::store
