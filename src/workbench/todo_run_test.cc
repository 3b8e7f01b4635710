// The life of to-dos that arise by themselves: made once, moved and closed by facts, raised when late.
#include "workbench/todo_testing.h"

namespace guanhu::workbench {
namespace {

using testing::on;
using testing::TodoBank;

using TodoRun = TodoBank;

// PLN-606, MSG-002
TEST_P(TodoRun, ADepositIsToldThreeWorkingDaysBefore) {
  EXPECT_EQ(run("2026-01-20").made, 0) << "Saturday 24th less three working days is Wednesday 21st";
  auto report = run("2026-01-21");
  EXPECT_EQ(report.made, 1);
  auto made = all("deposit-maturity");
  ASSERT_EQ(made.size(), 1u);
  EXPECT_EQ(made[0].title, "孙三的定期存款 2026-01-24 到期");
  EXPECT_EQ(made[0].assignee, "M1");
  EXPECT_EQ(made[0].rule_day, on("2026-01-24"));
  EXPECT_EQ(made[0].due, on("2026-01-23")) << "nobody works on Saturday: by Friday";
  EXPECT_EQ(made[0].customer, "C1");
  EXPECT_EQ(made[0].link, "/customers/C1");
  ASSERT_TRUE(made[0].rule);
  EXPECT_EQ(made[0].rule->pack, "t");
  EXPECT_EQ(made[0].rule->article, "第一条");
  EXPECT_EQ(made[0].rule->rules, std::vector<std::string>{"MSG-002"});
  EXPECT_EQ(made[0].key, "duty:t/deposit-maturity|account|A1|2026-01-24");
}

TEST_P(TodoRun, AHolidayMovesTheDayBeforeIt) {
  ASSERT_TRUE(calendar_.merge("2026-01-21,holiday\n2026-01-22,holiday\n2026-01-23,holiday\n").ok());
  run("2026-01-16");
  auto made = all("deposit-maturity");
  ASSERT_EQ(made.size(), 1u) << "three working days before are the 20th, 19th and 16th";
  EXPECT_EQ(made[0].due, on("2026-01-20"));
}

TEST_P(TodoRun, TheSameRunTwiceChangesNothing) {
  auto first = run("2026-01-22");
  EXPECT_TRUE(first.changed());
  EXPECT_EQ(told_, std::vector<std::string>{"todo.run day 2026-01-22"});
  const auto before = all();
  auto second = run("2026-01-22");
  EXPECT_FALSE(second.changed());
  EXPECT_EQ(told_.size(), 1u) << "nothing happened, nothing is told";
  EXPECT_EQ(all().size(), before.size());
}

// MSG-603: 29 February falls on 28 February in common years.
TEST_P(TodoRun, BirthdaysComeOnceAYear) {
  EXPECT_EQ(run("2026-02-24").duties.size(), 4u);
  EXPECT_TRUE(all("birthday").empty());
  run("2026-02-25");
  auto made = all("birthday");
  ASSERT_EQ(made.size(), 1u);
  EXPECT_EQ(made[0].rule_day, on("2026-02-28"));
  EXPECT_EQ(made[0].due, on("2026-02-27"));
  EXPECT_EQ(made[0].assignee, "M2");
  ASSERT_TRUE(finish_todo(store(), made[0].id, "打了电话", doing("li", "M2")).ok());
  EXPECT_EQ(run("2026-02-26").made, 0) << "done is done";
  EXPECT_TRUE(all("birthday").empty());
}

TEST_P(TodoRun, AnExtensionMovesAndARepaymentCloses) {
  run("2026-05-15");
  auto made = all("loan-maturity");
  ASSERT_EQ(made.size(), 1u);
  EXPECT_EQ(made[0].rule_day, on("2026-06-01"));
  const int64_t id = made[0].id;
  const std::string head =
      "loan_id,contract_id,customer_id,org_id,product,kind,guarantee,principal,rate,issued_on,due_on,extended_to,"
      "settled_on\n";
  files_["loans.csv"] =
      head + "L1,K1,C3,B1,流贷,working_capital,mortgage,800000.00,5.5,2025-06-01,2026-06-01,2026-12-01,\n";
  bring("2026-05-16");
  auto report = run("2026-05-17");
  EXPECT_EQ(report.moved, 1);
  EXPECT_EQ(report.made, 0);
  EXPECT_EQ(todo(store(), id)->rule_day, on("2026-12-01"));
  EXPECT_EQ(trace(id), "moved ");

  files_["loans.csv"] =
      head +
      "L1,K1,C3,B1,流贷,working_capital,mortgage,800000.00,5.5,2025-06-01,2026-06-01,2026-12-01,2026-05-18\n";
  bring("2026-05-18");
  EXPECT_EQ(run("2026-05-19").closed, 1);
  EXPECT_EQ(todo(store(), id)->state, "fact");
  EXPECT_EQ(trace(id), "moved fact ");
}

TEST_P(TodoRun, AFactThatIsCorrectedBringsItBack) {
  run("2026-01-22");
  const int64_t id = all("deposit-maturity").at(0).id;
  files_["balances.csv"] = "account_id,date,balance\nA1,2026-01-22,0.00\n";
  bring("2026-01-22");
  EXPECT_EQ(run("2026-01-22").closed, 1);
  EXPECT_EQ(todo(store(), id)->state, "fact");
  files_["balances.csv"] = "account_id,date,balance\nA1,2026-01-22,1.00\n";
  bring("2026-01-22");
  auto report = run("2026-01-22");
  EXPECT_EQ(report.reopened, 1);
  EXPECT_EQ(report.made, 0);
  EXPECT_EQ(todo(store(), id)->state, "open");
  EXPECT_EQ(trace(id), "fact reopened ");
}

TEST_P(TodoRun, DoingACheckBeginsTheNextQuarter) {
  run("2026-03-15");
  EXPECT_TRUE(all("loan-check").empty());
  run("2026-03-16");
  auto first = all("loan-check");
  ASSERT_EQ(first.size(), 1u) << "counted from the first day of the list, not from the day the loan was issued";
  EXPECT_EQ(first[0].rule_day, on("2026-03-31"));
  EXPECT_EQ(first[0].title, "贷后检查：兴旺公司 800000 元");
  EXPECT_EQ(first[0].rule->marks, std::vector<std::string>{"上次检查日期"});
  today_ = on("2026-03-20");
  ASSERT_TRUE(finish_todo(store(), first[0].id, "正常", doing("wang", "M1")).ok());
  run("2026-03-21");
  EXPECT_TRUE(all("loan-check").empty()) << "31 March has been done";
  today_ = on("2026-04-02");
  EXPECT_EQ(run("2026-04-02").made, 0);
}

TEST_P(TodoRun, WhoIsLateIsToldOfUpwardsOnce) {
  run("2026-01-22");
  EXPECT_EQ(run("2026-01-26").escalated, 0) << "due on Friday 23rd, one working day after is Monday 26th";
  auto report = run("2026-01-27");
  EXPECT_EQ(report.escalated, 1);
  ASSERT_EQ(report.escalations.size(), 1u);
  EXPECT_EQ(report.escalations[0].to, "H1");
  EXPECT_EQ(run("2026-01-27").escalated, 0);
  EXPECT_EQ(run("2026-01-30").escalated, 0) << "the fifth working day after is the 30th";
  report = run("2026-01-31");
  ASSERT_EQ(report.escalations.size(), 1u);
  EXPECT_EQ(report.escalations[0].to, "E1");
  auto late = all("deposit-maturity").at(0);
  EXPECT_EQ(late.escalated, 2);
  EXPECT_EQ(trace(late.id), "escalated escalated ");
  EXPECT_EQ(todos(store(), {.people = {"E1"}, .escalated_to = "E1"}).size(), 1u);
}

TEST_P(TodoRun, AnotherManagerTakesOverWhatIsOpen) {
  run("2026-01-22");
  files_["assignments.csv"] =
      "subject_kind,subject_id,staff_id,role,share,valid_from,valid_to\ncustomer,C1,M1,main,1,2020-01-01,2026-01-"
      "21\n"
      "customer,C1,M2,main,1,2026-01-22,\n";
  bring("2026-01-22");
  EXPECT_EQ(run("2026-01-23").reassigned, 1);
  auto one = all("deposit-maturity").at(0);
  EXPECT_EQ(one.assignee, "M2");
  EXPECT_EQ(trace(one.id), "reassigned ");
  // What a superior gave to somebody stays with them.
  ASSERT_TRUE(hand_todo(store(), one.id, "M1", "李二休假", doing("zhang", "H1")).ok());
  EXPECT_EQ(run("2026-01-23").reassigned, 0);
  EXPECT_EQ(todo(store(), one.id)->assignee, "M1");
}

TEST_P(TodoRun, ARuleThatIsGoneClosesItsToDos) {
  run("2026-01-22");
  ASSERT_EQ(all().size(), 1u);
  std::string text = testing::kDuties;
  write_pack(text.substr(0, text.find("## 第一条")) + text.substr(text.find("## 第二条")));
  auto report = run("2026-01-22");
  EXPECT_EQ(report.closed, 1);
  EXPECT_TRUE(all().empty());
}

TEST_P(TodoRun, ARowThatCannotBeWorkedOutIsNamedAndKeepsWhatIsOpen) {
  std::string text = testing::kDuties;
  auto at = text.find("due   = \"到期日\"");
  text.replace(at, std::string("due   = \"到期日\"").size(),
               "due   = 'if 客户号 = \"C1\" and 余额 > 60000 then date(\"2026-02-30\") else 到期日'");
  write_pack(text);
  run("2026-01-22");
  ASSERT_EQ(all("deposit-maturity").size(), 1u);
  files_["balances.csv"] = "account_id,date,balance\nA1,2026-01-22,70000.00\n";
  bring("2026-01-22");
  auto report = run("2026-01-22");
  EXPECT_EQ(report.failed, 1);
  ASSERT_EQ(report.problems.size(), 1u);
  EXPECT_TRUE(report.problems[0].starts_with("t/deposit-maturity A1：")) << report.problems[0];
  EXPECT_EQ(all("deposit-maturity").size(), 1u);
}

TEST_P(TodoRun, ADutyThatCannotBeAskedTodayIsNamedAndKeepsWhatIsOpen) {
  run("2026-01-22");
  ASSERT_EQ(all("deposit-maturity").size(), 1u);
  std::string text = testing::kDuties;
  text.insert(text.find("```duty deposit-maturity"),
              "```parameter\n[[\"提醒起点\"]]\nvalue = 1\nunit = \"元\"\nfrom = 2027-01-01\n```\n\n");
  text.replace(text.find("余额 > 0'"), std::string("余额 > 0'").size(), "余额 > 提醒起点'");
  write_pack(text);
  auto report = run("2026-01-22");
  EXPECT_EQ(report.failed, 1);
  ASSERT_FALSE(report.problems.empty());
  EXPECT_NE(report.problems[0].find("提醒起点”在 2026-01-22 没有值"), std::string::npos) << report.problems[0];
  EXPECT_EQ(all("deposit-maturity").size(), 1u) << "nothing is said about its to-dos";
}

TEST_P(TodoRun, PacksAreSwitchedOnAndOff) {
  EXPECT_EQ(switch_pack(store(), "t", false, doing("admin")).error().code, "todo.pack.off");
  ASSERT_TRUE(switch_pack(store(), "t", true, doing("admin")).ok());
  EXPECT_EQ(switch_pack(store(), "t", true, doing("admin")).error().code, "todo.pack.on");
  auto packs = todo_packs(store(), today_);
  ASSERT_EQ(packs.size(), 1u);
  EXPECT_EQ(packs[0].pack, "t");
  EXPECT_EQ(packs[0].by, "admin");
  ASSERT_TRUE(switch_pack(store(), "t", false, doing("admin")).ok());
  EXPECT_TRUE(todo_packs(store(), today_).empty());
}

TEST_P(TodoRun, TheDayIsTheMachinesUnlessTheFactsStoppedLongAgo) {
  auto at = [](const char* text) { return *base::Instant::parse(text); };
  EXPECT_EQ(working_day(store(), at("2026-01-10T17:00:00Z")), on("2026-01-11")) << "it is past midnight in China";
  EXPECT_EQ(next_run_day(on("2026-01-09"), at("2026-02-09T01:00:00Z")), on("2026-02-09")) << "31 days";
  EXPECT_EQ(next_run_day(on("2026-01-09"), at("2026-02-10T01:00:00Z")), on("2026-01-10")) << "32 days";
  run("2026-01-10");
  EXPECT_EQ(working_day(store(), at("2026-02-10T01:00:00Z")), on("2026-02-10"));
  EXPECT_EQ(working_day(store(), at("2026-02-11T01:00:00Z")), on("2026-01-10"));
}

INSTANTIATE_TEST_SUITE_P(Engines, TodoRun, ::testing::Values(store::Engine::sqlite, store::Engine::postgres),
                         [](const auto& engine) {
                           return engine.param == store::Engine::sqlite ? "sqlite" : "postgres";
                         });

}  // namespace
}  // namespace guanhu::workbench
