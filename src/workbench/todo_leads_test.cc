#include "workbench/todo_leads.h"

#include <gtest/gtest.h>

#include "customers/lead.h"
#include "customers/visit_device.h"
#include "policy/load.h"
#include "store/testing.h"

namespace guanhu::workbench {
namespace {

using base::Date;
using base::Instant;
using customers::Lead;
using store::Engine;

constexpr Instant kNow{1'767'168'000'000'000};  // 2025-12-31T08:00:00Z
Date day(const char* text) { return Date::parse(text).value(); }

class LeadWaits : public ::testing::TestWithParam<Engine> {
 protected:
  void SetUp() override {
    if (!place_.available()) GTEST_SKIP() << store::testing::kNoPostgres;
    session_ = place_.open();
    base::FixedClock clock(kNow);
    const store::ModuleMigrations all[] = {{"records", records::migrations()},
                                           {"field", customers::visit_migrations()},
                                           {"leads", customers::lead_migrations()}};
    ASSERT_TRUE(store::migrate(*session_, all, clock).ok());
  }
  int64_t noted(const char* name, const char* owner, bool accepted, const char* next = "") {
    Lead of;
    of.name = name, of.source = "陌生拜访", of.accepted = accepted;
    if (*owner) of.assigned_on = day("2025-12-25");
    if (*next) of.next_step = "打电话", of.next_day = day(next);
    auto made = customers::note_lead(*session_, {of, owner, "B01", *owner ? "已分派" : "收到", day("2025-12-25")},
                                     {"zhang", kNow});
    EXPECT_TRUE(made.ok()) << made.error().text();
    return made->id;
  }
  std::vector<std::string> said() {
    std::vector<std::string> out;
    for (const auto& one : lead_waits(*session_)) out.push_back(one.who + " " + one.object + " " + one.title);
    return out;
  }

  store::testing::Place place_{GetParam()};
  std::unique_ptr<store::Session> session_;
};

TEST_P(LeadWaits, EachStepWaitsOnceForWhoIsToDoIt) {
  const std::string one = std::to_string(noted("李四", "E01", false));
  const std::string two = std::to_string(noted("王五", "E02", true, "2026-01-05"));
  noted("赵六", "", false), noted("孙七", "", false);
  EXPECT_EQ(said(), (std::vector<std::string>{"E01 " + one + "-accept 线索待接手：李四",
                                              "E02 " + two + "-next-2026-01-05 线索下一步：王五",
                                              " pool-B01 线索待分派：2 条"}));
}

// MKT-632: the sixth day without a word it is nobody's again; the fifth it is not.
TEST_P(LeadWaits, WhatNobodyTouchesFallsBack) {
  auto pack = policy::open_pack(GUANHU_SOURCE_DIR "/policies", "customer-marketing");
  ASSERT_TRUE(pack.ok()) << pack.error().text();
  noted("李四", "E01", false);
  std::string told;
  TodoDoing doing = {"night", "", kNow, day("2025-12-30"),
                     [&](const std::string& action, const std::string&, base::Json) { told += action + " "; }};
  EXPECT_EQ(fall_back_leads(*session_, *pack, doing), 0);
  EXPECT_EQ(customers::lead_rows(*session_)[0].owner, "E01");
  doing.today = day("2025-12-31");
  EXPECT_EQ(fall_back_leads(*session_, *pack, doing), 1);
  EXPECT_EQ(customers::lead_rows(*session_)[0].owner, "");
  EXPECT_EQ(customers::lead_rows(*session_)[0].stage, "收到");
  EXPECT_EQ(told, "lead.fall_back ");
  EXPECT_EQ(fall_back_leads(*session_, *pack, doing), 0) << "once";
}

INSTANTIATE_TEST_SUITE_P(Engines, LeadWaits, ::testing::Values(Engine::sqlite, Engine::postgres),
                         [](const auto& of) { return of.param == Engine::sqlite ? "sqlite" : "postgres"; });

}  // namespace
}  // namespace guanhu::workbench
