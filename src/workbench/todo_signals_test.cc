// What other systems said becomes to-dos: birthdays and bill days by the bank's own duties, checks of warnings.
#include "workbench/todo_signals.h"

#include "customers/signal.h"
#include "workbench/todo_testing.h"

namespace guanhu::workbench {
namespace {

using testing::on;

class TodoSignals : public testing::TodoBank {
 protected:
  void SetUp() override {
    TodoBank::SetUp();
    if (IsSkipped()) return;
    auto pack = policy::open_pack(GUANHU_SOURCE_DIR "/policies", "daily-duties");
    ASSERT_TRUE(pack.ok()) << pack.error().text();
    pack_ = std::make_shared<const policy::Pack>(std::move(*pack));
  }
  void sent(const std::string& does, const std::string& key, const std::string& customer, const std::string& data,
            const std::string& state = "kept", const std::string& keeper = "") {
    store().exec(
        "INSERT INTO signals (system, key, does, customer, org, staff, day, level, data, state, keeper,"
        " received, due, first, batch, finding, done_at, done_by)"
        " VALUES ('t', ?, ?, ?, 'B1', '', '2026-01-09', '高', ?, ?, ?, '2026-01-10', '2026-01-10', 1, 1,"
        " '', '', '')",
        {key, does, customer, data, state, keeper});
  }
  std::vector<Todo> of(const std::string& title) {
    std::vector<Todo> out;
    for (auto& one : all())
      if (one.title.find(title) != std::string::npos) out.push_back(std::move(one));
    return out;
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, TodoSignals, ::testing::Values(store::Engine::sqlite, store::Engine::postgres),
                         [](const auto& of) { return of.param == store::Engine::sqlite ? "sqlite" : "postgres"; });

// INT-009: who is a VIP is congratulated whatever lies on the accounts, on the day the other system says.
TEST_P(TodoSignals, AVipsBirthdayIsThatOfTheCustomerSystem) {
  run("2026-03-02");
  EXPECT_TRUE(of("祝贺生日").empty()) << "50,000 yuan do not make a birthday of the bank's";
  sent(customers::kReminders, "C1", "C1", R"({"vip": "yes", "birthday": "1980-04-10"})");
  sent(customers::kReminders, "C2", "C2", R"({"vip": "no", "birthday": "1980-04-10"})");
  run("2026-03-02");
  EXPECT_TRUE(of("祝贺生日").empty()) << "the extract says 5 March, the customer system 10 April";
  run("2026-04-08");
  const auto made = of("祝贺生日");
  ASSERT_EQ(made.size(), 1u);
  EXPECT_EQ(made[0].object, "C1");
  EXPECT_EQ(made[0].rule_day, on("2026-04-10"));
  EXPECT_EQ(made[0].assignee, "M1");
}

// INT-009: a bill day that is over is that of the next month; the 31st is the last day of a shorter one.
TEST_P(TodoSignals, CardBillsAreRemindedThreeDaysBefore) {
  sent(customers::kReminders, "C1", "C1", R"({"bill_day": "8"})");
  sent(customers::kReminders, "C2", "C2", R"({"bill_day": "12"})");
  run("2026-01-10");
  ASSERT_EQ(of("信用卡账单日").size(), 1u) << "the 8th is over";
  EXPECT_EQ(of("信用卡账单日")[0].object, "C2");
  run("2026-02-05");
  const auto made = of("信用卡账单日是每月 8 日");
  ASSERT_EQ(made.size(), 1u);
  EXPECT_EQ(made[0].rule_day, on("2026-02-08"));
}

// INT-007
TEST_P(TodoSignals, AWarningWaitsForItsManagerUntilTheFinding) {
  sent(customers::kKeyCheck, "W1", "C1", R"({"kind": "欠息"})", "open", "M1");
  sent(customers::kKeyCheck, "W2", "C2", R"({"kind": "欠息"})", "open", "M9");
  const people::Directory directory = people::Directory::load(bank_->warehouse(), business_, std::nullopt);
  const RoleFinder finder(directory, today_);
  const auto waits = signal_waits(store(), directory, finder);
  ASSERT_EQ(waits.size(), 2u);
  std::map<std::string, std::string> who;
  for (const auto& one : waits) who[one.customer] = one.who;
  EXPECT_EQ(who["C1"], "M1");
  EXPECT_EQ(who["C2"], "H1") << "M9 is nobody in post: the head of the unit";
  EXPECT_EQ(waits[0].due, on("2026-01-10")) << "the day it came";
  const int64_t id = customers::signals(store(), {.customers = {"C1"}}).at(0).id;
  store().transaction([&] {
    ASSERT_TRUE(customers::finish_signal(store(), id, "已查", {.login = "wang", .at = place_->clock.now()}).ok());
  });
  EXPECT_EQ(signal_waits(store(), directory, finder).size(), 1u);
}

}  // namespace
}  // namespace guanhu::workbench
