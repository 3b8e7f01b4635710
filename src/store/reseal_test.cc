// A rotation of the key in the store: whatever the table, everything is opened with the new key and nothing is
// left for the old one.
#include "store/reseal.h"

#include <gtest/gtest.h>

#include "base/files.h"
#include "store/testing.h"

namespace guanhu::store {
namespace {

class Reseal : public ::testing::TestWithParam<Engine> {
 protected:
  void SetUp() override {
    if (!place_.available()) GTEST_SKIP() << testing::kNoPostgres;
    session_ = place_.open();
    const char* big = GetParam() == Engine::sqlite ? "INTEGER" : "BIGINT";
    session_->script(std::string("CREATE TABLE phones (id ") + big +
                     " PRIMARY KEY, phone TEXT, note TEXT NOT NULL)");
  }
  void keep(int64_t id, const std::string& phone, const std::string& note) {
    session_->exec("INSERT INTO phones (id, phone, note) VALUES (?, ?, ?)", {id, phone, note});
  }
  std::string at(int64_t id, const char* column) {
    return session_->query(std::string("SELECT ") + column + " FROM phones WHERE id = ?", {id})[0].text(0);
  }

  testing::Place place_{GetParam()};
  std::unique_ptr<Session> session_;
  PersonalKey key_ = PersonalKey::make();
};
INSTANTIATE_TEST_SUITE_P(Engines, Reseal, ::testing::Values(Engine::sqlite, Engine::postgres),
                         [](const auto& of) { return of.param == Engine::sqlite ? "sqlite" : "postgres"; });

TEST_P(Reseal, WhatNoKeyOpensIsLeftAndCounted) {
  const std::string other = PersonalKey::make().seal("13800001234");
  std::string changed = key_.seal("13900001234");
  changed[30] = changed[30] == 'A' ? 'B' : 'A';
  keep(1, other, "enc:");
  keep(2, changed, "they wrote enc:12, enc:0123456: and enc:01234567 and ENC:01234567:AAAA");
  keep(3, "", "nothing");
  key_.rotate();
  const Resealed done = reseal(*session_, key_);
  EXPECT_EQ(done.values, 0);
  EXPECT_EQ(done.lost, 2);
  EXPECT_TRUE(done.columns.empty());
  EXPECT_EQ(at(1, "phone"), other);
  EXPECT_EQ(at(2, "phone"), changed);
}

TEST_P(Reseal, AValueAloneAndValuesInsideOfJson) {
  const std::string first = key_.seal("13800001234"), second = key_.seal("440524188001010014");
  keep(1, first, "[\"" + second + "\", \"plain\", {\"phone\": \"" + first + "\"}]");
  session_->exec("INSERT INTO phones (id, phone, note) VALUES (2, NULL, 'enc: not one')");
  key_.rotate();
  const std::string mine = key_.seal("13700001234");
  keep(3, mine, "");  // is of the newest key already
  const Resealed done = reseal(*session_, key_);
  EXPECT_EQ(done.values, 3);
  EXPECT_EQ(done.lost, 0);
  EXPECT_EQ(done.columns, (std::vector<std::string>{"phones.note", "phones.phone"}));
  key_.forget_old();
  EXPECT_EQ(key_.open(at(1, "phone")), "13800001234");
  EXPECT_EQ(at(1, "note"), "[\"" + key_.seal("440524188001010014") + "\", \"plain\", {\"phone\": \"" +
                               key_.seal("13800001234") + "\"}]");
  EXPECT_EQ(at(3, "phone"), mine);
  EXPECT_EQ(reseal(*session_, key_).values, 0) << "done once, nothing is left to do";
}

TEST_P(Reseal, ATableThatCameLaterTakesPart) {
  session_->script("CREATE TABLE later (of TEXT NOT NULL, PRIMARY KEY (of))");
  session_->script("ALTER TABLE phones ADD COLUMN second TEXT NOT NULL DEFAULT ''");
  session_->exec("INSERT INTO later (of) VALUES (?)", {key_.seal("a")});
  session_->exec("INSERT INTO phones (id, note, second) VALUES (1, '', ?)", {key_.seal("b")});
  key_.rotate();
  EXPECT_EQ(reseal(*session_, key_).columns, (std::vector<std::string>{"later.of", "phones.second"}));
  key_.forget_old();
  EXPECT_EQ(key_.open(session_->query("SELECT of FROM later")[0].text(0)), "a");
  EXPECT_EQ(key_.open(at(1, "second")), "b");
}

TEST_P(Reseal, ManyRowsAndLongOnes) {
  const std::string page(50'000, 'x');
  for (int64_t id = 0; id < 300; ++id) keep(id, key_.seal(std::to_string(id)), id % 50 ? "" : key_.seal(page));
  const std::string old = key_.current();
  key_.rotate();
  EXPECT_EQ(reseal(*session_, key_).values, 306);
  key_.forget_old();
  for (int64_t id = 0; id < 300; ++id) ASSERT_EQ(key_.open(at(id, "phone")), std::to_string(id));
  EXPECT_EQ(key_.open(at(250, "note")), page);
  if (GetParam() == Engine::postgres) return;
  session_.reset();
  for (const auto& file : std::filesystem::directory_iterator(place_.folder()))
    EXPECT_EQ(base::read_file(file.path())->find("enc:" + old), std::string::npos) << file.path();
}

}  // namespace
}  // namespace guanhu::store
