// For tests: a store with runs in it, on either engine.
#pragma once
#include <gtest/gtest.h>

#include "appraisal/life.h"
#include "store/testing.h"

namespace guanhu::appraisal::testing {

inline base::Decimal number(const std::string& text) { return *base::Decimal::parse(text); }
inline base::Date on(const char* text) { return *base::Date::parse(text); }

// A run of two managers; `total` is M1's.
inline Run small_run(const std::string& total = "80", const char* period = "2025Q4") {
  Run run{.scheme = "sample/x", .title = "样本", .period = *base::Period::parse(period)};
  run.pack_hash = "p";
  for (const auto& [id, value] : {std::pair<std::string, std::string>{"M1", total}, {"M2", "70"}}) {
    HolderResult h;
    h.id = id, h.name = "经理" + id, h.org = h.branch = "B1";
    h.figures = {{"日均余额", "元", number(value + "000.50"), ""}};
    h.scores = {{"得分", number(value), ""}};
    h.total = number(value);
    run.holders.push_back(std::move(h));
  }
  rank(run.holders);
  return run;
}

class RunStore : public ::testing::TestWithParam<store::Engine> {
 protected:
  RunStore() : place_(GetParam()) {}
  void SetUp() override {
    if (!place_.available()) GTEST_SKIP() << store::testing::kNoPostgres;
    store_ = place_.open();
    store::ModuleMigrations all[] = {{"appraisal", run_migrations()}, {"run_life", life_migrations()}};
    ASSERT_TRUE(store::migrate(*store_, all, clock_).ok());
  }

  int64_t keep(const appraisal::Run& run) { return save_run(*store_, run, clock_); }
  LifeDoing doing(const std::string& actor, const std::string& reason = "按制度") {
    return {actor, clock_.now(), reason,
            [this](const RunLife& life, const base::Json&) { told_ += life.state + " "; }};
  }
  Publication publication(int64_t run) {
    return {run, "maker", clock_.now(), on("2026-01-09"), on("2026-01-12"), "示例"};
  }
  base::Result<RunLife> show(int64_t run) { return publish(*store_, publication(run), doing("business")); }
  Sealing sealing(int64_t run) {
    StatementData data;
    data.run = run, data.result = base::JsonObject{{"id", "M1"}}, data.salt = "s";
    return sealing_of({{"M1", data}});
  }
  base::Result<RunLife> close(int64_t run, const char* day, const std::string& checker = "executive") {
    auto proposed = propose_seal(*store_, run, on(day), doing("business"));
    if (!proposed) return proposed;
    return seal(*store_, run, sealing(run), on(day), doing(checker));
  }
  // What the store says to a change behind the program's back; "" when it lets it through.
  std::string tamper(const std::string& sql) {
    try {
      store_->exec(sql);
    } catch (const base::Broken& broken) {
      return broken.what();
    }
    return "";
  }

  base::FixedClock clock_{*base::Instant::parse("2026-01-05T01:00:00Z")};
  store::testing::Place place_;
  std::unique_ptr<store::Session> store_;
  std::string told_;
};

}  // namespace guanhu::appraisal::testing
