#include "records/records.h"

#include <gtest/gtest.h>

#include "records/words.h"
#include "store/testing.h"

namespace guanhu::records {
namespace {

using base::Date;
using base::Json;
using base::JsonObject;
using store::Engine;

constexpr base::Instant kNow{1'767'168'000'000'000};  // 2025-12-31T08:00:00Z
constexpr base::Instant later(int64_t seconds) { return {kNow.micros + seconds * 1'000'000}; }

class Records : public ::testing::TestWithParam<Engine> {
 protected:
  void SetUp() override {
    if (!place_.available()) GTEST_SKIP() << store::testing::kNoPostgres;
    session_ = place_.open();
    base::FixedClock clock(kNow);
    const store::ModuleMigrations all[] = {{"records", migrations()}};
    ASSERT_TRUE(store::migrate(*session_, all, clock).ok());
  }
  Doing by(const std::string& login, int64_t seconds = 0) {
    return {login, later(seconds), [this](const Record& of, const std::string& action) {
              heard_.push_back(action + " " + std::to_string(of.id) + "/" + std::to_string(of.version));
            }};
  }
  Change visit(const std::string& title, const std::string& finding) {
    Change out;
    out.record.kind = "visit", out.record.state = "done", out.record.owner = "E01", out.record.org = "B01";
    out.record.customer = "C1", out.record.day = Date::parse("2025-12-30").value(), out.record.title = title;
    out.record.body = JsonObject{{"finding", finding}};
    out.action = "visit.write";
    return out;
  }
  Record made(const std::string& title, const std::string& finding) {
    auto out = write(*session_, visit(title, finding), by("a"));
    EXPECT_TRUE(out.ok()) << out.error().text();
    return *out;
  }
  std::vector<std::string> found(const std::string& query) {
    const std::vector<std::string> kinds = {"visit"};
    std::vector<std::string> out;
    for (const auto& hit : search(*session_, query, kinds, [](const Record&) { return true; }))
      out.push_back(hit.record.title);
    return out;
  }

  store::testing::Place place_{GetParam()};
  std::unique_ptr<store::Session> session_;
  std::vector<std::string> heard_;
};

using Titles = std::vector<std::string>;

TEST_P(Records, ATitleMustBeOneLineOfTwoHundredCharacters) {
  std::string full;
  for (size_t i = 0; i < kTitleLimit; ++i) full += "访";
  EXPECT_TRUE(write(*session_, visit(full, ""), by("a")).ok());
  for (const std::string& wrong : {std::string("  "), full + "访", std::string("两\n行")}) {
    auto refused = write(*session_, visit(wrong, ""), by("a"));
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, "record.title");
  }
  EXPECT_EQ(list(*session_, {.kinds = {"visit"}}).size(), 1u);
}

TEST_P(Records, WhoWritesOverAVersionHeHasNotSeenIsToldWhoseItIs) {
  const Record first = made("访张家", "晒场");
  Change mine = visit("访张家", "晒场湿了"), other = visit("访张家", "晒场修了");
  mine.record.id = other.record.id = first.id, mine.record.version = other.record.version = 1;
  ASSERT_TRUE(write(*session_, mine, by("b", 60)).ok());
  auto refused = write(*session_, other, by("c", 61));
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, "record.changed");
  EXPECT_EQ(refused.error().where, "2");
  EXPECT_NE(refused.error().message.find("b 已在 " + later(60).str()), std::string::npos);
  other.record.version = 2;
  ASSERT_TRUE(write(*session_, other, by("c", 62)).ok());
  const auto all = versions(*session_, first.id);
  ASSERT_EQ(all.size(), 3u);
  EXPECT_EQ(all[1].by, "b");
  EXPECT_EQ(*all[1].body.find("finding")->as_string(), "晒场湿了");
  EXPECT_EQ(heard_, (Titles{"visit.write 1/1", "visit.write 1/2", "visit.write 1/3"}));
}

TEST_P(Records, WhatTheCallerThrowsUndoesAll) {
  Doing doing = by("a");
  doing.also = [](const Record&, const std::string&) { throw base::Broken("no audit record"); };
  EXPECT_THROW((void)write(*session_, visit("访", "x"), doing), base::Broken);
  EXPECT_TRUE(list(*session_, {.kinds = {"visit"}}).empty());
  EXPECT_TRUE(found("访").empty());
}

TEST_P(Records, AKeyHasOneRecordOfItsKind) {
  Change log = visit("日志", "");
  log.record.kind = "work_log", log.record.key = "E01|2025-12-31";
  const auto first = write(*session_, log, by("a"));
  ASSERT_TRUE(first.ok());
  auto refused = write(*session_, log, by("a"));
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, "record.key");
  EXPECT_EQ(refused.error().where, std::to_string(first->id));
  EXPECT_EQ(with_key(*session_, "work_log", "E01|2025-12-31")->id, first->id);
  EXPECT_FALSE(with_key(*session_, "visit", "E01|2025-12-31"));
  log.record.kind = "visit";
  EXPECT_TRUE(write(*session_, log, by("a")).ok());
}

TEST_P(Records, NobodyChangesTheKindOrTheMaker) {
  const Record first = made("访", "x");
  Change as = visit("访", "y");
  as.record.id = first.id, as.record.version = 1, as.record.kind = "lead";
  EXPECT_EQ(write(*session_, as, by("b")).error().code, "record.unknown");
  EXPECT_EQ(record(*session_, "lead", first.id).error().code, "record.unknown");
  as.record.kind = "visit", as.record.made_by = "b";
  EXPECT_EQ(write(*session_, as, by("b"))->made_by, "a");
}

TEST_P(Records, RemovedOnesAreOutOfSightUntilTheyAreRestored) {
  const Record first = made("访李家", "果园");
  EXPECT_EQ(remove(*session_, first.id, 2, "visit.remove", "", by("a")).error().code, "record.changed");
  EXPECT_EQ(restore(*session_, first.id, "visit.restore", "", by("a")).error().code, "record.present");
  ASSERT_TRUE(remove(*session_, first.id, 1, "visit.remove", "写重了", by("a", 5)).ok());
  EXPECT_EQ(remove(*session_, first.id, 2, "visit.remove", "", by("a")).error().code, "record.removed");
  EXPECT_TRUE(list(*session_, {.kinds = {"visit"}}).empty());
  EXPECT_EQ(list(*session_, {.kinds = {"visit"}, .removed = true}).size(), 1u);
  EXPECT_TRUE(found("果园").empty());
  Change as = visit("访李家", "果");
  as.record.id = first.id, as.record.version = 2;
  EXPECT_EQ(write(*session_, as, by("a")).error().code, "record.removed");
  ASSERT_TRUE(restore(*session_, first.id, "visit.restore", "没有写重", by("b", 9)).ok());
  EXPECT_EQ(found("果园"), Titles{"访李家"});
  const auto all = versions(*session_, first.id);
  ASSERT_EQ(all.size(), 3u);
  EXPECT_TRUE(all[1].removed);
  EXPECT_EQ(all[1].why, "写重了");
}

TEST_P(Records, ListsByDayOwnerAndState) {
  made("一", "");
  Change two = visit("二", "");
  two.record.day = Date::parse("2025-12-31").value(), two.record.owner = "E02", two.record.state = "planned";
  ASSERT_TRUE(write(*session_, two, by("a")).ok());
  two.record.day = {}, two.record.title = "三";
  ASSERT_TRUE(write(*session_, two, by("a")).ok());
  auto titles = [&](const Filter& filter) {
    std::string out;
    for (const auto& one : list(*session_, filter)) out += one.title;
    return out;
  };
  EXPECT_EQ(titles({.kinds = {"visit"}}), "三二一");
  EXPECT_EQ(titles({.kinds = {"visit"}, .owners = {"E01"}}), "一");
  EXPECT_EQ(titles({.kinds = {"visit", "lead"}, .states = {"planned"}}), "三二");
  EXPECT_EQ(titles({.kinds = {"visit"}, .from = Date::parse("2025-12-30"), .to = Date::parse("2025-12-30")}),
            "一");
  EXPECT_EQ(titles({.kinds = {"visit"}, .from = Date::parse("2025-12-31")}), "二");
  EXPECT_EQ(titles({.kinds = {"visit"}, .limit = 1}), "三");
  EXPECT_THROW(list(*session_, {}), base::Broken);
}

TEST_P(Records, FindsChineseByAnyRunOfCharactersAndOthersByTheirBeginning) {
  made("走访张家洼果品合作社", "冷库二期要 40 万元，PV-Panel 已装");
  made("走访李家", "张大爷说家里洼地多");
  EXPECT_EQ(found("张家洼"), Titles{"走访张家洼果品合作社"});
  EXPECT_EQ(found("冷"), Titles{"走访张家洼果品合作社"});
  EXPECT_EQ(found("家 张").size(), 2u);
  EXPECT_EQ(found("家洼张").size(), 0u);
  EXPECT_EQ(found("pan"), Titles{"走访张家洼果品合作社"});
  EXPECT_EQ(found("ＰＶ"), Titles{"走访张家洼果品合作社"});
  EXPECT_EQ(found("40万"), Titles{"走访张家洼果品合作社"});
  EXPECT_EQ(found("anel").size(), 0u);
  for (const char* nothing : {"", " ", "\"", "*", "' OR 1=1 --x9", "AND", "（）"})
    EXPECT_TRUE(found(nothing).empty());
}

TEST_P(Records, SearchCountsOnlyWhatTheAskerSees) {
  for (int i = 0; i < 450; ++i) made("访第" + std::to_string(i) + "户", "果园");
  const std::vector<std::string> kinds = {"visit"}, none = {"lead"};
  auto last = [](const Record& of) { return of.id == 1; };
  EXPECT_EQ(search(*session_, "果园", kinds, last, 5).size(), 1u);
  EXPECT_TRUE(search(*session_, "果园", none, last, 5).empty());
  EXPECT_EQ(search(
                *session_, "果园", kinds, [](const Record&) { return true; }, 7)
                .size(),
            7u);
}

TEST_P(Records, KeepsAFileOnceAndSaysWhatItDoesNotTake) {
  const std::string photo = std::string("\xFF\xD8\xFF\xE0", 4) + "photo";
  auto kept = keep_file(*session_, "门头.jpg", "image/jpeg", photo, by("a"));
  ASSERT_TRUE(kept.ok()) << kept.error().text();
  EXPECT_EQ(bytes_of(*session_, kept->digest), photo);
  EXPECT_EQ(keep_file(*session_, "again.jpg", "image/jpeg", photo, by("b"))->name, "门头.jpg");
  EXPECT_EQ(keep_file(*session_, "x.jpg", "image/jpeg", "", by("a")).error().code, "file.empty");
  EXPECT_EQ(keep_file(*session_, "x.jpg", "image/jpeg", "GIF8", by("a")).error().code, "file.type");
  EXPECT_EQ(keep_file(*session_, "x.exe", "application/x-msdownload", "MZ", by("a")).error().code, "file.type");
  EXPECT_EQ(keep_file(*session_, "../x", "text/plain", "x", by("a")).error().code, "file.name");
  EXPECT_TRUE(keep_file(*session_, "x.txt", "text/plain", std::string(kFileLimit, 'x'), by("a")).ok());
  EXPECT_EQ(keep_file(*session_, "x.txt", "text/plain", std::string(kFileLimit + 1, 'x'), by("a")).error().code,
            "file.size");
}

TEST_P(Records, FilesHangOnWhatIsWritten) {
  auto kept = keep_file(*session_, "a.txt", "text/plain", "a", by("a"));
  Change change = visit("访", "");
  change.files = {"0000"};
  auto refused = write(*session_, change, by("a"));
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, "record.file");
  EXPECT_TRUE(list(*session_, {.kinds = {"visit"}}).empty());
  change.files = {kept->digest};
  const auto made = write(*session_, change, by("a"));
  ASSERT_TRUE(made.ok());
  EXPECT_EQ(files_of(*session_, made->id).at(0).name, "a.txt");
  EXPECT_EQ(records_with(*session_, kept->digest), std::vector<int64_t>{made->id});
  change.record.id = made->id, change.record.version = 1, change.files = {};
  ASSERT_TRUE(write(*session_, change, by("a")).ok());
  EXPECT_TRUE(files_of(*session_, made->id).empty());
}

TEST_P(Records, ADamagedFileIsNotHandedOut) {
  auto kept = keep_file(*session_, "a.txt", "text/plain", "aaa", by("a"));
  session_->exec("UPDATE record_files SET bytes = 'YWFi'", {});
  EXPECT_THROW(bytes_of(*session_, kept->digest), base::Broken);
}

TEST_P(Records, WhoIsAtItIsForgottenAfterAWhile) {
  EXPECT_TRUE(at_work(*session_, "visit 1", "a", kNow).empty());
  ASSERT_EQ(at_work(*session_, "visit 1", "b", later(5)).size(), 1u);
  EXPECT_TRUE(at_work(*session_, "visit 2", "c", later(5)).empty());
  EXPECT_EQ(at_work(*session_, "visit 1", "b", later(kEditorSeconds)).at(0).login, "a");
  EXPECT_TRUE(at_work(*session_, "visit 1", "b", later(kEditorSeconds + 1)).empty());
  leave(*session_, "visit 1", "b");
  EXPECT_TRUE(at_work(*session_, "visit 1", "a", later(kEditorSeconds + 2)).empty());
}

TEST(Words, CutsChineseIntoCharactersAndOthersIntoWords) {
  EXPECT_EQ(cut("走访E01号, Abc-d"), "走 访 e01 号 abc d");
  EXPECT_EQ(cut("ＡＢ１"), "ab1");
  EXPECT_EQ(cut("\xFF\xE4"), "");
  EXPECT_EQ(phrases(" 走访 e01　x "), (Titles{"走 访", "e01", "x"}));
  EXPECT_EQ(texts_of(Json::parse(R"({"a": "一", "b": [2, "三"]})").value()), "一\n三\n");
  EXPECT_EQ(excerpt("甲乙丙", "丙"), "甲乙丙");
}

INSTANTIATE_TEST_SUITE_P(Engines, Records, ::testing::Values(Engine::sqlite, Engine::postgres),
                         [](const auto& of) { return of.param == Engine::sqlite ? "sqlite" : "postgres"; });

}  // namespace
}  // namespace guanhu::records
