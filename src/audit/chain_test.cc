#include "audit/chain.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

namespace guanhu::audit {
namespace {

// The same chain on both stores; PostgreSQL where GUANHU_TEST_POSTGRES names a server.
class Chain : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    std::string name = "audit_" + std::to_string(::getpid());
    if (std::string(GetParam()) == "sqlite") {
      folder_ = std::filesystem::temp_directory_path() / name;
      std::filesystem::create_directories(folder_);
      session_ = store::open_sqlite(folder_ / "store.db");
    } else {
      const char* dsn = std::getenv("GUANHU_TEST_POSTGRES");
      if (!dsn) GTEST_SKIP() << "GUANHU_TEST_POSTGRES names no server; ./dev test starts one";
      store::open_postgres(dsn, name)->script("DROP SCHEMA " + name + " CASCADE");
      session_ = store::open_postgres(dsn, name);
    }
    store::ModuleMigrations all[] = {{"audit", migrations()}};
    ASSERT_TRUE(store::migrate(*session_, all, clock_).ok());
  }
  void TearDown() override {
    session_.reset();
    if (!folder_.empty()) std::filesystem::remove_all(folder_);
  }
  void add(const std::string& actor, const std::string& action, const std::string& subject,
           base::Json detail = {}) {
    session_->transaction([&] { append(*session_, {actor, action, subject, std::move(detail)}, clock_); });
  }
  void three() {
    add("admin", "login", "");
    add("admin", "import.apply", "date 2025-12-31", base::JsonObject{{"rows", 7}});
    add("M1", "export", "ranking 100%", base::JsonObject{{"file", "排名.xlsx"}});
  }
  std::vector<std::string> faults() {
    std::vector<std::string> out;
    for (const auto& f : verify(*session_).faults) out.push_back(std::to_string(f.sequence) + ": " + f.what);
    return out;
  }

  base::FixedClock clock_{*base::Instant::parse("2025-12-31T20:00:00Z")};
  std::filesystem::path folder_;
  std::unique_ptr<store::Session> session_;
};

TEST_P(Chain, RefusesARecordWithoutActorOrAction) {
  EXPECT_THROW(add("", "login", ""), base::Broken);
  EXPECT_THROW(add("admin", "", ""), base::Broken);
  EXPECT_EQ(verify(*session_).records, 0);
}

TEST_P(Chain, LeavesNothingWhenTheOperationFails) {
  EXPECT_THROW(session_->transaction([&] {
    append(*session_, {"admin", "import.apply", "x", {}}, clock_);
    throw base::Broken("the operation fails");
  }),
               base::Broken);
  EXPECT_EQ(head(*session_).sequence, 0);
  three();
  EXPECT_TRUE(faults().empty());
}

TEST_P(Chain, FindsAChangedRecord) {
  three();
  session_->exec("UPDATE audit_log SET actor = 'other' WHERE sequence = 2");
  ASSERT_EQ(faults().size(), 1u);
  EXPECT_NE(faults()[0].find("2: its content was changed"), std::string::npos) << faults()[0];
}

TEST_P(Chain, FindsAChangeWhoseHashWasRepaired) {
  three();
  Entry changed = search(*session_, {.before = 3, .limit = 1})[0];
  changed.record.actor = "other";
  session_->exec("UPDATE audit_log SET actor = ?, hash = ? WHERE sequence = 2",
                 {changed.record.actor, hash_of(changed)});
  ASSERT_EQ(faults().size(), 1u);
  EXPECT_EQ(faults()[0].substr(0, 23), "3: it does not follow t");
}

TEST_P(Chain, FindsRemovedRecordsInTheMiddleAndAtTheEnd) {
  three();
  session_->exec("DELETE FROM audit_log WHERE sequence = 2");
  EXPECT_EQ(faults().size(), 1u);
  session_->exec("DELETE FROM audit_log WHERE sequence = 3");
  ASSERT_EQ(faults().size(), 1u);
  EXPECT_NE(faults()[0].find("removed or added at the end"), std::string::npos);
}

TEST_P(Chain, FindsReorderedRecords) {
  three();
  session_->exec("UPDATE audit_log SET sequence = 99 WHERE sequence = 2");
  session_->exec("UPDATE audit_log SET sequence = 2 WHERE sequence = 3");
  session_->exec("UPDATE audit_log SET sequence = 3 WHERE sequence = 99");
  EXPECT_FALSE(faults().empty());
}

TEST_P(Chain, FindsAChainCutWithItsHeadByAKeptHead) {
  three();
  Head kept = head(*session_);
  EXPECT_TRUE(verify(*session_, kept).faults.empty());
  Entry second = search(*session_, {.before = 3, .limit = 1})[0];
  session_->exec("DELETE FROM audit_log WHERE sequence = 3");
  session_->exec("UPDATE audit_head SET sequence = 2, hash = ?", {second.hash});
  EXPECT_TRUE(verify(*session_).faults.empty());
  EXPECT_EQ(verify(*session_, kept).faults.size(), 1u);
}

TEST_P(Chain, IsWholeAndCountsOverSeveralReads) {
  session_->transaction([&] {
    for (int i = 0; i < 5003; ++i) append(*session_, {"system", "duty.made", std::to_string(i), {}}, clock_);
  });
  Verdict verdict = verify(*session_);
  EXPECT_TRUE(verdict.faults.empty());
  EXPECT_EQ(verdict.records, 5003);
  EXPECT_EQ(verdict.head.sequence, 5003);
}

TEST_P(Chain, SearchesNewestFirst) {
  three();
  auto all = search(*session_, {});
  ASSERT_EQ(all.size(), 3u);
  EXPECT_EQ(all[0].record.action, "export");
  EXPECT_EQ(all[0].record.detail.find("file")->dump(), "\"排名.xlsx\"");
  EXPECT_EQ(search(*session_, {.actor = "admin"}).size(), 2u);
  EXPECT_EQ(search(*session_, {.action_prefix = "import."}).size(), 1u);
  EXPECT_EQ(search(*session_, {.action_prefix = "import_"}).size(), 0u) << "no wildcard from the caller";
  EXPECT_EQ(search(*session_, {.text = "排名"}).size(), 1u);
  EXPECT_EQ(search(*session_, {.from = base::Instant::parse("2025-12-31T20:00:00.000001Z")}).size(), 0u);
  EXPECT_EQ(search(*session_, {.to = base::Instant::parse("2025-12-31T20:00:00Z")}).size(), 0u);
}

INSTANTIATE_TEST_SUITE_P(Stores, Chain, testing::Values("sqlite", "postgres"),
                         [](const auto& param) { return std::string(param.param); });

}  // namespace
}  // namespace guanhu::audit
