#include "workbench/todo_leads.h"

#include <gtest/gtest.h>

#include "customers/lead.h"
#include "customers/need_pass.h"
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

// MKT-618, MKT-632: the first call by its moment, the first contact by its day; a call outdoes the contact.
TEST_P(LeadWaits, TheFirstWordHasItsMoment) {
  Lead of;
  of.name = "郑七", of.source = "陌生拜访", of.accepted = true;
  of.assigned_on = day("2025-12-25"), of.contact_by = day("2025-12-29");
  const auto note = [&] {
    return std::to_string(
        customers::note_lead(*session_, {of, "E01", "B01", "已分派", day("2025-12-25")}, {"zhang", kNow})->id);
  };
  const std::string plain = note();
  of.call_by = "2025-12-26T11:20:00";
  const std::string called = note();
  EXPECT_EQ(said(),
            (std::vector<std::string>{"E01 " + plain + "-first-2025-12-29 首次联系：郑七",
                                      "E01 " + called + "-call-2025-12-26T11:20:00 首次电话：郑七，11:20 以前"}));
  EXPECT_EQ(lead_waits(*session_)[1].due, day("2025-12-26"));
}

// MKT-311: it waits for who is asked, then for who passed it on, then for nobody.
TEST_P(LeadWaits, WhatIsPassedOnWaitsForWhoseTurnItIs) {
  customers::NeedPass pass;
  pass.record.title = "李四", pass.record.owner = "E01", pass.record.org = "H01", pass.to = "H9";
  pass.record.day = day("2025-12-30"), pass.record.until = day("2026-01-04"), pass.text = "要改还款日";
  pass.visit_at = "25:00";
  EXPECT_EQ(customers::send_pass(*session_, pass, {"zhang", kNow}).error().code, "pass.visit");
  pass.visit_at.clear();
  const auto sent = customers::send_pass(*session_, pass, {"zhang", kNow});
  ASSERT_TRUE(sent.ok()) << sent.error().text();
  const int64_t id = sent->record.id;
  const std::string object = "pass-" + std::to_string(id);
  EXPECT_EQ(said(), std::vector<std::string>{"H9 " + object + "-sent 客户的事待办：李四"});
  using customers::PassStep;
  auto go = [&](int64_t version, PassStep what, const char* text) {
    auto done = customers::step_pass(*session_, {id, version, what, "H8", text, "加急"}, {"zhang", kNow});
    return done.ok() ? done->record.state : done.error().code;
  };
  EXPECT_EQ(go(1, PassStep::told, "说了"), "pass.state");
  EXPECT_EQ(go(1, PassStep::take, ""), "working");
  EXPECT_EQ(said(), std::vector<std::string>{"H8 " + object + "-working 客户的事待办：李四"});
  EXPECT_EQ(go(1, PassStep::done, "好了"), "record.changed");
  EXPECT_EQ(go(2, PassStep::done, " "), "pass.text");
  EXPECT_EQ(go(2, PassStep::done, "好了"), "done");
  EXPECT_EQ(said(), std::vector<std::string>{"E01 " + object + "-done 请告诉客户：李四"});
  EXPECT_EQ(go(3, PassStep::withdraw, "不办了"), "pass.state");
  EXPECT_EQ(go(3, PassStep::told, "说了"), "told");
  EXPECT_TRUE(said().empty());
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
