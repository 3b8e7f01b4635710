// What people do with to-dos, absences, and the work that waits inside the program.
#include "workbench/todo_testing.h"

#include "appraisal/grade_proposals.h"
#include "workbench/absence.h"

namespace guanhu::workbench {
namespace {

using testing::on;
using testing::TodoBank;

class TodoLife : public TodoBank {
 protected:
  Todo given(const std::string& to = "M1", const std::string& title = "走访兴旺公司") {
    AssignedTodo ask;
    ask.title = title, ask.assignee = to, ask.org = "B1", ask.due = on("2026-01-15");
    auto made = assign_todo(store(), ask, doing("zhang", "H1"));
    if (!made.ok()) throw base::Broken(made.error().text());
    return *made;
  }
};

TEST_P(TodoLife, RefusesWhatSaysNothing) {
  AssignedTodo ask;
  ask.assignee = "M1", ask.due = today_;
  EXPECT_EQ(assign_todo(store(), ask, doing("zhang", "H1")).error().code, "todo.title");
  ask.title = "走访", ask.due = today_ - 1;
  EXPECT_EQ(assign_todo(store(), ask, doing("zhang", "H1")).error().code, "todo.due");
  const int64_t id = given().id;
  EXPECT_EQ(finish_todo(store(), 999, "办了", doing("wang", "M1")).error().code, "todo.unknown");
  EXPECT_EQ(finish_todo(store(), id, " \n", doing("wang", "M1")).error().code, "todo.note");
  EXPECT_EQ(finish_todo(store(), id, std::string(2001, 'x'), doing("wang", "M1")).error().code, "todo.note");
  EXPECT_EQ(cancel_todo(store(), id, "", doing("zhang", "H1")).error().code, "todo.reason");
  EXPECT_EQ(snooze_todo(store(), id, today_, "等人", doing("wang", "M1")).error().code, "todo.snooze.day");
  EXPECT_EQ(snooze_todo(store(), id, today_ + 93, "等人", doing("wang", "M1")).error().code, "todo.snooze.day");
  EXPECT_EQ(reopen_todo(store(), id, "看看", doing("wang", "M1")).error().code, "todo.open");
  EXPECT_EQ(hand_todo(store(), id, "M1", "换人", doing("zhang", "H1")).error().code, "todo.same");
  EXPECT_EQ(trace(id), "made ") << "what was refused left no trace";
}

TEST_P(TodoLife, EveryStepLeavesATraceAndARecord) {
  const int64_t id = given().id;
  told_.clear();
  ASSERT_TRUE(snooze_todo(store(), id, today_ + 92, "客户出差", doing("wang", "M1")).ok());
  EXPECT_TRUE(todo(store(), id)->snoozed(today_));
  EXPECT_FALSE(todo(store(), id)->snoozed(today_ + 92)) << "on that day it is back";
  ASSERT_TRUE(wake_todo(store(), id, doing("wang", "M1")).ok());
  ASSERT_TRUE(hand_todo(store(), id, "M2", "王一休假", doing("zhang", "H1")).ok());
  auto done = finish_todo(store(), id, "见了老板", doing("li", "M2"));
  ASSERT_TRUE(done.ok());
  EXPECT_EQ(done->state, "done");
  EXPECT_EQ(done->note, "见了老板");
  EXPECT_EQ(done->changed_by, "li");
  EXPECT_EQ(finish_todo(store(), id, "再办", doing("li", "M2")).error().code, "todo.state");
  ASSERT_TRUE(reopen_todo(store(), id, "没有见到", doing("zhang", "H1")).ok());
  ASSERT_TRUE(cancel_todo(store(), id, "客户销户", doing("zhang", "H1")).ok());
  EXPECT_EQ(trace(id), "made snoozed woken reassigned done reopened cancelled ");
  const std::string of = " todo " + std::to_string(id);
  EXPECT_EQ(told_, (std::vector<std::string>{"todo.snoozed" + of, "todo.woken" + of, "todo.reassigned" + of,
                                             "todo.done" + of, "todo.reopened" + of, "todo.cancelled" + of}));
}

// PLN-606: sorted by due date; done tasks leave the list.
TEST_P(TodoLife, TheListIsByDayAndUrgency) {
  AssignedTodo ask;
  ask.assignee = "M1", ask.org = "B1";
  for (auto [title, due, urgent] :
       {std::tuple{"后", "2026-01-20", 0}, {"平", "2026-01-12", 0}, {"急", "2026-01-12", 1}}) {
    ask.title = title, ask.due = on(due), ask.priority = urgent;
    ASSERT_TRUE(assign_todo(store(), ask, doing("zhang", "H1")).ok());
  }
  std::string order;
  for (const auto& one : todos(store(), {.people = {"M1"}, .escalated_to = "", .state = "open"}))
    order += one.title;
  EXPECT_EQ(order, "急平后");
  EXPECT_TRUE(todos(store(), {.people = {"M2"}}).empty());
}

TEST_P(TodoLife, ASubstituteStandsInForTheDaysNamed) {
  directory_ = people::Directory::load(bank_->warehouse(), business_, std::nullopt);
  Absence away{0, "M1", "M2", on("2026-01-12"), on("2026-01-14"), "leave", "年休假", "", "", "", ""};
  auto refused = [&](auto change) {
    Absence other = away;
    change(other);
    return record_absence(store(), directory_, other, doing("zhang", "H1")).error().code;
  };
  EXPECT_EQ(refused([](Absence& a) { a.staff = "X"; }), "absence.staff");
  EXPECT_EQ(refused([](Absence& a) { a.substitute = "M1"; }), "absence.substitute");
  EXPECT_EQ(refused([](Absence& a) { a.substitute = "X"; }), "absence.substitute");
  EXPECT_EQ(refused([](Absence& a) { a.to = on("2026-01-11"); }), "absence.days");
  EXPECT_EQ(refused([](Absence& a) { a.kind = "holiday"; }), "absence.kind");
  EXPECT_EQ(refused([](Absence& a) { a.reason = ""; }), "todo.reason");
  auto kept = record_absence(store(), directory_, away, doing("zhang", "H1"));
  ASSERT_TRUE(kept.ok());
  EXPECT_EQ(refused([](Absence& a) { a.from = a.to = on("2026-01-14"); }), "absence.overlap");
  EXPECT_EQ(refused([](Absence& a) { a.staff = "M2", a.substitute = "M1"; }), "absence.both");
  // Who stands in for the substitute stands in for both.
  Absence next{0, "M2", "H1", on("2026-01-14"), on("2026-01-16"), "training", "培训", "", "", "", ""};
  ASSERT_TRUE(record_absence(store(), directory_, next, doing("zhang", "H1")).ok());
  auto of = [&](const char* staff, const char* day) { return stands_in_for(store(), staff, on(day)); };
  EXPECT_TRUE(of("M2", "2026-01-11").empty());
  EXPECT_EQ(of("M2", "2026-01-12"), std::vector<std::string>{"M1"});
  EXPECT_EQ(of("H1", "2026-01-14"), (std::vector<std::string>{"M2", "M1"}));
  EXPECT_EQ(of("H1", "2026-01-15"), std::vector<std::string>{"M2"});
  EXPECT_EQ(end_absence(store(), 999, "回来", doing("zhang", "H1")).error().code, "absence.unknown");
  ASSERT_TRUE(end_absence(store(), kept->id, "提前回来", doing("zhang", "H1")).ok());
  EXPECT_EQ(end_absence(store(), kept->id, "再收", doing("zhang", "H1")).error().code, "absence.ended");
  EXPECT_TRUE(of("M2", "2026-01-12").empty());
}

TEST_P(TodoLife, RolesAreWordsOfPacks) {
  directory_ = people::Directory::load(bank_->warehouse(), business_, std::nullopt);
  const RoleFinder roles(directory_, business_);
  const Keepers::Pair pair{"M1", "M2"};
  EXPECT_EQ(roles.find("主办客户经理", pair, "B1"), "M1");
  EXPECT_EQ(roles.find("协办客户经理", pair, "B1"), "M2");
  EXPECT_EQ(roles.find("协办客户经理", {"M1", ""}, "B1"), "M1");
  EXPECT_EQ(roles.find("支行行长", pair, "B1"), "H1");
  EXPECT_EQ(roles.find("行领导", pair, "B1"), "E1") << "upwards to the head office";
  EXPECT_EQ(roles.find("主办客户经理", {}, "B1"), "H1") << "nobody keeps it: the head";
  EXPECT_EQ(roles.find("主办客户经理", {"gone", ""}, "B1"), "H1") << "who has left keeps nothing";
  EXPECT_EQ(roles.find("本人", {}, "B1", "M2"), "M2");
  EXPECT_EQ(roles.find("支行负责人", {}, "B1", "H1"), "E1") << "a head's own matter goes further up";
  EXPECT_EQ(roles.superior("M1"), "H1");
  EXPECT_EQ(roles.superior("H1"), "E1");
  EXPECT_EQ(roles.find("没有这个角色", pair, "B1"), "H1");
  EXPECT_FALSE(RoleFinder::known("没有这个角色"));
}

TEST_P(TodoLife, WorkOfTheProgramWaitsForWhoMayDoIt) {
  directory_ = people::Directory::load(bank_->warehouse(), business_, std::nullopt);
  policy::PolicyLife life(place_->data() / "temp/p");
  auto version =
      life.draft(store(), place_->data().parent_path() / "policies", "t", "试", {"maker", place_->clock.now()});
  ASSERT_TRUE(version.ok()) << version.error().text();
  const people::Login maker{"maker", "", {people::Role::executive}},
      other{"boss", "E1", {people::Role::executive}}, manager{"wang", "M1", {people::Role::manager}};
  auto waits = [&](const people::Login& who) { return waiting_for(store(), directory_, who, today_); };
  EXPECT_TRUE(waits(maker).empty()) << "nobody approves what he drafted";
  EXPECT_TRUE(waits(manager).empty());
  ASSERT_EQ(waits(other).size(), 1u);
  const Todo waiting = waits(other)[0];
  EXPECT_EQ(waiting.key, "draft:version-1|E1");
  EXPECT_EQ(waiting.source, "draft");
  EXPECT_EQ(waiting.assignee, "E1");
  EXPECT_EQ(merged({}, {waiting}).size(), 1u);
  Todo kept = waiting;
  kept.id = 7;
  EXPECT_EQ(merged({kept}, {waiting}).at(0).id, 7) << "kept and waiting are one";
  EXPECT_TRUE(merged({kept}, {}).empty()) << "done elsewhere: it leaves the list";
  ASSERT_TRUE(life.approve(store(), version->id, {"boss", place_->clock.now()}).ok());
  EXPECT_TRUE(waits(other).empty());
}

// QUA-306, GRD-310: an appeal against a grade waits for who may decide it and did not decide before.
TEST_P(TodoLife, AnAppealAgainstAGradeWaitsForSomebodyElseThanWhoDecided) {
  directory_ = people::Directory::load(bank_->warehouse(), business_, std::nullopt);
  const auto pack = policy::open_pack(std::filesystem::path(GUANHU_SOURCE_DIR) / "policies", "sample-pay").value();
  auto by = [&](const char* login, const char* staff) {
    return appraisal::PeopleDoing{login, staff, place_->clock.now()};
  };
  appraisal::GradeByHand ask;
  ask.person.id = "M1", ask.person.name = "王一", ask.person.org = ask.person.branch = "B1";
  ask.grade = "三级", ask.from = on("2026-01-01"), ask.reason = "评定", ask.document = "人字9号";
  auto proposal = appraisal::propose_grade(store(), pack, ask, by("clerk", "M2"));
  ASSERT_TRUE(proposal.ok()) << proposal.error().text();
  const people::Login first{"hr1", "H1", {people::Role::hr}}, second{"hr2", "E1", {people::Role::hr}},
      manager{"wang", "M1", {people::Role::manager}};
  auto waits = [&](const people::Login& who) {
    std::string out;
    for (const Todo& one : waiting_for(store(), directory_, who, today_))
      if (one.source == "grade") out += one.object + " " + one.link + "\n";
    return out;
  };
  EXPECT_EQ(waits(second), "sample-pay-1 /grades\n");
  const std::vector<std::string> roles = {"人力资源"};
  auto decided = appraisal::decide_grade(store(), {*proposal, true, "评定小组意见", "人字9号", {}, roles},
                                         on("2026-01-22"), by("hr1", "H1"));
  ASSERT_TRUE(decided.ok()) << decided.error().text();
  EXPECT_EQ(waits(second), "") << "nobody appealed";
  auto appeal = appraisal::appeal_grade(store(), *proposal, "少算了一项", today_, by("wang", "M1"));
  ASSERT_TRUE(appeal.ok()) << appeal.error().text();
  const std::string id = std::to_string(*appeal), of = std::to_string(*proposal);
  EXPECT_EQ(waits(second), "appeal-" + id + " /grade-proposals/" + of + "\n");
  EXPECT_EQ(waits(first), "") << "who decided before does not decide again";
  EXPECT_EQ(waits(manager), "");
  ASSERT_TRUE(appraisal::decide_appeal(store(), pack, *appeal, "", {0, false, "原决定没有错", "", {}, roles},
                                       by("hr2", "E1"))
                  .ok());
  EXPECT_EQ(waits(second), "");
}

// QUA-606 and the like arise for everybody at night, and go when they are done.
TEST_P(TodoLife, ANightKeepsAndClosesTheWorkOfTheProgram) {
  ASSERT_TRUE(people::add_login(store(), "boss", "E1", {people::Role::executive}, place_->clock).ok());
  policy::PolicyLife life(place_->data() / "temp/p");
  auto version =
      life.draft(store(), place_->data().parent_path() / "policies", "t", "试", {"maker", place_->clock.now()});
  ASSERT_TRUE(version.ok());
  EXPECT_EQ(run("2026-01-10").made, 1);
  EXPECT_EQ(run("2026-01-10").made, 0);
  auto kept = todos(store(), {.people = {"E1"}, .escalated_to = "", .state = "open"});
  ASSERT_EQ(kept.size(), 1u);
  ASSERT_TRUE(life.approve(store(), version->id, {"boss", place_->clock.now()}).ok());
  EXPECT_EQ(run("2026-01-10").closed, 1);
  EXPECT_EQ(trace(kept[0].id), "fact ");
}

INSTANTIATE_TEST_SUITE_P(Engines, TodoLife, ::testing::Values(store::Engine::sqlite, store::Engine::postgres),
                         [](const auto& engine) {
                           return engine.param == store::Engine::sqlite ? "sqlite" : "postgres";
                         });

}  // namespace
}  // namespace guanhu::workbench
