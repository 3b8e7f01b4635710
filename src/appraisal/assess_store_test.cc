// The life of a plan and its forms in a store, on both engines: refusals first.
#include <gtest/gtest.h>

#include "appraisal/assess_kin.h"
#include "appraisal/assess_run.h"
#include "appraisal/assess_testing.h"
#include "store/testing.h"

namespace guanhu::appraisal {
namespace {

using base::Json;
using testing::at;
using testing::dec;

constexpr const char* kStart = "2025-12-20T00:00:00Z";
constexpr const char* kFilled = R"({"1.1": "10", "1.2": "5", "2.1": "20"})";

class AssessStore : public ::testing::TestWithParam<store::Engine> {
 protected:
  void SetUp() override {
    place_ = std::make_unique<store::testing::Place>(GetParam());
    if (!place_->available()) GTEST_SKIP() << store::testing::kNoPostgres;
    db_ = place_->open();
    base::FixedClock clock(at(kStart));
    std::vector<store::ModuleMigrations> modules = {{"assessment", assessment_migrations()}};
    ASSERT_TRUE(store::migrate(*db_, modules, clock).ok());
  }

  Act act(const char* who, const char* when) {
    return {who, who, at(when),
            [this](const std::string& actor, const std::string& action, const std::string& subject,
                   const Json& detail) {
              audit_.push_back(actor + " " + action + " " + subject + " " + detail.dump());
            }};
  }
  World world() {
    return {people_, testing::kDay,
            [this](const std::string&, const std::string& form) -> base::Result<FoundForm> {
              if (form != "conduct" || no_form_) return base::Error{"assess.form", "没有", "form", ""};
              return FoundForm{testing::form_of_test(), "hash"};
            }};
  }
  Happened time(const char* when) { return catch_up(*db_, world(), act("anybody", when)); }

  // A plan that runs; by default four managers of one branch, judged by their head and each other.
  int64_t running(const PlanSpec& spec = testing::spec_of_test()) {
    int64_t id = make_plan(*db_, spec, act("maker", "2025-12-01T00:00:00Z")).id;
    EXPECT_TRUE(approve_plan(*db_, id, 1, act("checker", "2025-12-02T00:00:00Z")).ok());
    EXPECT_EQ(time(kStart).started.size(), 1u);
    return id;
  }
  int64_t form_of(const char* assessor, const char* assessed) {
    for (const auto& one : sheets_of(*db_, assessor))
      if (one.assessed == assessed) return one.id;
    return 0;
  }
  // Fills in and hands in.
  void hand_in(const char* assessor, const char* assessed, const char* marks = kFilled,
               const char* when = "2025-12-21T00:00:00Z") {
    int64_t id = form_of(assessor, assessed);
    auto saved = save_sheet(*db_, id, sheet(*db_, id, assessor)->revision, Json::parse(marks).value(), "",
                            act(assessor, when));
    ASSERT_TRUE(saved.ok()) << saved.error().text();
    auto done = submit_sheet(*db_, id, saved->revision, act(assessor, when));
    ASSERT_TRUE(done.ok()) << done.error().text();
  }
  template <class T>
  static std::string code(const base::Result<T>& result) {
    return result ? "" : result.error().code;
  }

  std::unique_ptr<store::testing::Place> place_;
  std::unique_ptr<store::Session> db_;
  people::Directory people_ = testing::people_of_test();
  std::vector<std::string> audit_;
  bool no_form_ = false;
};

TEST_P(AssessStore, ByHandOneRemindsOnceAnHourAndOnlyWhoIsWaitedFor) {
  EXPECT_EQ(code(remind_plan(*db_, 7, act("maker", kStart))), "assess.unknown");
  const int64_t id = running();
  hand_in("H1", "M1");
  auto due = remind_plan(*db_, id, act("maker", "2025-12-21T10:00:00Z"));
  ASSERT_TRUE(due.ok()) << due.error().text();
  EXPECT_EQ(due->waiting.at("H1"), 3) << "four forms, one of them handed in";
  EXPECT_EQ(notes(*db_, id).back().kind, "reminded");
  EXPECT_EQ(code(remind_plan(*db_, id, act("maker", "2025-12-21T10:59:59Z"))), "assess.soon");
  EXPECT_EQ(code(remind_plan(*db_, id, act("maker", "2025-12-21T11:00:00Z"))), "");
  for (const auto& one : sheets_in(*db_, id))
    if (one.state == "open") hand_in(one.assessor.c_str(), one.assessed.c_str(), kFilled, "2025-12-21T11:30:00Z");
  EXPECT_EQ(code(remind_plan(*db_, id, act("maker", "2025-12-21T13:00:00Z"))), "assess.none");
  ASSERT_TRUE(close_plan(*db_, id, act("maker", "2025-12-21T14:00:00Z")).ok());
  EXPECT_EQ(code(remind_plan(*db_, id, act("maker", "2025-12-21T16:00:00Z"))), "assess.state");
}

TEST_P(AssessStore, AMakerDoesNotApproveAndAStaleRevisionIsRefused) {
  const Plan plan = make_plan(*db_, testing::spec_of_test(), act("maker", "2025-12-01T00:00:00Z"));
  EXPECT_EQ(code(approve_plan(*db_, plan.id, 1, act("maker", "2025-12-02T00:00:00Z"))), "assess.self");
  EXPECT_EQ(code(approve_plan(*db_, plan.id, 2, act("checker", "2025-12-02T00:00:00Z"))), "assess.stale");
  EXPECT_EQ(code(approve_plan(*db_, 99, 1, act("checker", "2025-12-02T00:00:00Z"))), "assess.unknown");
  EXPECT_EQ(code(approve_plan(*db_, plan.id, 1, act("checker", "2025-12-25T00:00:00Z"))), "assess.past");
  EXPECT_EQ(code(change_plan(*db_, plan.id, 7, plan.spec, act("maker", "2025-12-02T00:00:00Z"))), "assess.stale");
  auto changed = change_plan(*db_, plan.id, 1, plan.spec, act("second", "2025-12-02T00:00:00Z"));
  ASSERT_TRUE(changed.ok());
  EXPECT_EQ(changed->made_by, "second") << "whoever wrote it last has made it";
  EXPECT_EQ(code(approve_plan(*db_, plan.id, 2, act("second", "2025-12-02T00:00:00Z"))), "assess.self");
  ASSERT_TRUE(approve_plan(*db_, plan.id, 2, act("checker", "2025-12-24T23:59:59Z")).ok());
  EXPECT_EQ(code(change_plan(*db_, plan.id, 2, plan.spec, act("maker", "2025-12-02T00:00:00Z"))), "assess.state");
  EXPECT_EQ(code(report_plan(*db_, plan.id, {}, act("checker", "2025-12-24T23:59:59Z"))), "assess.state");
  auto back = return_plan(*db_, plan.id, "人员不对", act("checker", "2025-12-24T23:59:59Z"));
  ASSERT_TRUE(back.ok());
  EXPECT_EQ(back->state, "draft");
  EXPECT_EQ(notes(*db_, plan.id).at(0).reason, "人员不对");
  EXPECT_TRUE(drop_plan(*db_, plan.id, act("maker", "2025-12-24T23:59:59Z")).ok());
  EXPECT_EQ(code(appraisal::plan(*db_, plan.id)), "assess.unknown");
}

TEST_P(AssessStore, StartsAtItsMomentAndNotBefore) {
  const Plan plan = make_plan(*db_, testing::spec_of_test(), act("maker", "2025-12-01T00:00:00Z"));
  EXPECT_TRUE(time("2025-12-21T00:00:00Z").started.empty()) << "a draft never starts";
  ASSERT_TRUE(approve_plan(*db_, plan.id, 1, act("checker", "2025-12-02T00:00:00Z")).ok());
  EXPECT_TRUE(time("2025-12-19T23:59:59.999999Z").started.empty());
  no_form_ = true;
  EXPECT_TRUE(time(kStart).started.empty());
  EXPECT_NE(appraisal::plan(*db_, plan.id)->problem, "") << "why it did not start is kept";
  no_form_ = false;
  Happened now = time(kStart);
  ASSERT_EQ(now.started.size(), 1u);
  EXPECT_EQ(now.started[0].waiting.at("H1"), 4);
  EXPECT_EQ(now.started[0].waiting.at("M1"), 3);
  auto started = appraisal::plan(*db_, plan.id);
  EXPECT_EQ(started->state, "running");
  EXPECT_EQ(started->forms, 16);
  EXPECT_EQ(started->assessed, 4);
  EXPECT_EQ(started->problem, "");
  EXPECT_TRUE(time(kStart).started.empty()) << "once";
  EXPECT_EQ(code(return_plan(*db_, plan.id, "太晚了", act("checker", kStart))), "assess.state");
  EXPECT_FALSE(drop_plan(*db_, plan.id, act("maker", kStart)).ok());
}

TEST_P(AssessStore, AFormIsItsAssessorsAlone) {
  running();
  int64_t id = form_of("M1", "M2");
  ASSERT_NE(id, 0);
  const char* when = "2025-12-21T00:00:00Z";
  const Json marks = Json::parse(R"({"1.1": "9.5"})").value();
  EXPECT_EQ(code(sheet(*db_, id, "M3")), "assess.unknown");
  EXPECT_EQ(code(save_sheet(*db_, id, 0, marks, "", act("M3", when))), "assess.unknown");
  EXPECT_EQ(code(save_sheet(*db_, id, 1, marks, "", act("M1", when))), "assess.stale");
  for (const char* wrong : {R"({"1.1": "10.01"})", R"({"1.1": "-0.01"})", R"({"1.1": "a"})", R"({"1.1": "skip"})",
                            R"({"1.2": "4.5"})", R"({"3.1": "1"})", R"({"1.1": "1.00001"})"})
    EXPECT_EQ(code(save_sheet(*db_, id, 0, Json::parse(wrong).value(), "", act("M1", when))), "assess.mark")
        << wrong;
  auto saved = save_sheet(*db_, id, 0, marks, "想一想", act("M1", when));
  ASSERT_TRUE(saved.ok()) << saved.error().text();
  EXPECT_EQ(saved->marks.dump(), R"({"1.1": "9.5"})") << "half filled in, kept";
  EXPECT_EQ(code(save_sheet(*db_, id, 0, marks, "", act("M1", when))), "assess.stale")
      << "another window is older";
  EXPECT_EQ(code(submit_sheet(*db_, id, 1, act("M1", when))), "assess.mark") << "two entries have no mark";
  saved = save_sheet(*db_, id, 1, Json::parse(R"({"1.1": "0", "1.2": "skip", "2.1": "20"})").value(), "",
                     act("M1", when));
  ASSERT_TRUE(submit_sheet(*db_, id, 2, act("M1", when)).ok());
  EXPECT_EQ(code(submit_sheet(*db_, id, 3, act("M1", when))), "assess.state") << "once";
  EXPECT_EQ(code(save_sheet(*db_, id, 3, marks, "", act("M1", when))), "assess.state") << "locked";
  for (const auto& line : audit_) EXPECT_EQ(line.find("9.5"), std::string::npos) << line;
}

TEST_P(AssessStore, TheDeadlineOnBothSides) {
  running();
  hand_in("M1", "M2");
  int64_t id = form_of("M1", "M2");
  EXPECT_EQ(code(withdraw_sheet(*db_, id, "记错了", act("M1", "2025-12-25T00:00:00Z"))), "assess.late");
  ASSERT_TRUE(withdraw_sheet(*db_, id, "记错了", act("M1", "2025-12-24T23:59:59Z")).ok());
  EXPECT_EQ(code(withdraw_sheet(*db_, id, "记错了", act("M1", "2025-12-24T23:59:59Z"))), "assess.state");
  int64_t revision = sheet(*db_, id, "M1")->revision;
  EXPECT_FALSE(submit_sheet(*db_, id, revision, act("M1", "2025-12-24T23:59:59Z"))->late);
  hand_in("M1", "M3", kFilled, "2025-12-25T00:00:00Z");
  EXPECT_TRUE(sheet(*db_, form_of("M1", "M3"), "M1")->late);
  id = form_of("M1", "M4");
  EXPECT_EQ(code(save_sheet(*db_, id, 0, Json::parse("{}").value(), "", act("M1", "2025-12-26T00:00:00Z"))),
            "assess.over");
}

TEST_P(AssessStore, RemindersAreSentOnceEach) {
  running();
  EXPECT_TRUE(time("2025-12-22T23:59:59Z").reminded.empty());
  Happened first = time("2025-12-23T00:00:00Z");
  ASSERT_EQ(first.reminded.size(), 1u) << "48 hours before";
  EXPECT_EQ(first.reminded[0].waiting.at("M1"), 3);
  EXPECT_TRUE(time("2025-12-23T12:00:00Z").reminded.empty());
  for (const char* assessed : {"M2", "M3", "M4"}) hand_in("M1", assessed);
  Happened second = time("2025-12-24T00:00:00Z");
  ASSERT_EQ(second.reminded.size(), 1u);
  EXPECT_EQ(second.reminded[0].waiting.count("M1"), 0u) << "QUA-611: who has done it is left alone";
}

TEST_P(AssessStore, HandingOn) {
  running();
  int64_t id = form_of("M1", "M2");
  const char* when = "2025-12-21T00:00:00Z";
  auto to = [&](const char* who) { return code(delegate_sheet(*db_, id, who, "出差", world(), act("M1", when))); };
  EXPECT_EQ(to("M2"), "assess.delegate") << "to the one who is assessed";
  EXPECT_EQ(to("M1"), "assess.delegate");
  EXPECT_EQ(to("M3"), "assess.delegate") << "he judges M2 himself";
  EXPECT_EQ(to("M9"), "assess.delegate") << "left";
  EXPECT_EQ(to("X"), "assess.delegate");
  ASSERT_TRUE(declare_kinship(*db_, "R1", "M2", "spouse", "", act("R1", when)).ok());
  EXPECT_EQ(to("R1"), "assess.delegate") << "a relative";
  ASSERT_TRUE(save_sheet(*db_, id, 0, Json::parse(kFilled).value(), "", act("M1", when)).ok());
  EXPECT_EQ(to("R2"), "");
  EXPECT_EQ(code(sheet(*db_, id, "M1")), "assess.unknown");
  auto his = sheet(*db_, id, "R2");
  EXPECT_EQ(his->delegated_from, "M1");
  EXPECT_TRUE(his->marks.is_null()) << "marks of the one who handed it on stay his own";
  EXPECT_EQ(code(delegate_sheet(*db_, id, "T1", "也出差", world(), act("R2", when))), "assess.delegate") << "once";
  EXPECT_EQ(notes(*db_, his->plan).at(0).kind, "delegated");
  PlanSpec strict = testing::spec_of_test();
  strict.delegation = false;
  int64_t other = make_plan(*db_, strict, act("maker", when)).id;
  ASSERT_TRUE(approve_plan(*db_, other, 1, act("checker", when)).ok());
  time(when);
  for (const auto& one : sheets_of(*db_, "M1"))
    if (one.plan == other) id = one.id;
  EXPECT_EQ(to("R2"), "assess.delegate");
}

TEST_P(AssessStore, RelativesStepAsideAndTheNextInLineComesIn) {
  PlanSpec spec = testing::spec_of_test();
  spec.assessed = {{}, {}, {"M1"}};
  spec.groups[1].most = 2;
  int64_t id = running(spec);
  const char* when = "2025-12-21T00:00:00Z";
  ASSERT_NE(form_of("H1", "M1"), 0);
  EXPECT_EQ(code(declare_kinship(*db_, "H1", "H1", "spouse", "", act("H1", when))), "assess.kin.self");
  ASSERT_TRUE(declare_kinship(*db_, "M1", "H1", "parent", "", act("M1", when)).ok());
  EXPECT_EQ(code(declare_kinship(*db_, "H1", "M1", "child", "", act("H1", when))), "assess.kin.known");
  EXPECT_EQ(form_of("H1", "M1"), 0) << "given up at once";
  EXPECT_NE(form_of("E1", "M1"), 0) << "the next superior came in";
  EXPECT_EQ(notes(*db_, id).at(0).other, "E1");
  // Of three peers two were drawn; the first steps aside for the third, then there is nobody left.
  std::vector<std::string> drawn;
  for (const char* peer : {"M2", "M3", "M4"})
    if (form_of(peer, "M1")) drawn.push_back(peer);
  ASSERT_EQ(drawn.size(), 2u);
  auto aside = [&](const std::string& who) {
    return recuse_sheet(*db_, form_of(who.c_str(), "M1"), "有纠纷", act(who.c_str(), when)).value();
  };
  std::string third = aside(drawn[0]);
  EXPECT_NE(third, "");
  EXPECT_NE(form_of(third.c_str(), "M1"), 0);
  EXPECT_EQ(aside(drawn[1]), "") << "dropped, with a note";
  EXPECT_EQ(notes(*db_, id).size(), 3u);
  auto all = kinships(*db_, "H1");
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(code(end_kinship(*db_, all[0].id, "M3", act("M3", when))), "assess.unknown") << "not his";
  EXPECT_EQ(code(end_kinship(*db_, all[0].id, "", act("H1", when))), "assess.kin.party") << "his own";
  EXPECT_EQ(code(end_kinship(*db_, all[0].id, "", act("M1", when))), "assess.kin.party");
  EXPECT_FALSE(kin_now(*db_).empty());
  EXPECT_TRUE(end_kinship(*db_, all[0].id, "", act("hr", when)).ok());
  EXPECT_EQ(code(end_kinship(*db_, all[0].id, "", act("hr", when))), "assess.kin.ended");
  EXPECT_TRUE(kin_now(*db_).empty());
  EXPECT_FALSE(kin_since(*db_, all[0].declared_at).empty()) << "it counted then";
  EXPECT_TRUE(kin_since(*db_, "2999-01-01T00:00:00Z").empty());
}

TEST_P(AssessStore, ClosedAnonymouslyNobodyCanTellWhoGaveWhat) {
  int64_t id = running();
  for (const char* assessor : {"H1", "M2", "M3"})
    hand_in(assessor, "M1", R"({"1.1": "8", "1.2": "4", "2.1": "13.37"})");
  EXPECT_EQ(code(close_plan(*db_, id, act("maker", "2025-12-24T23:59:59Z"))), "assess.open");
  EXPECT_TRUE(time("2025-12-25T23:59:59Z").closed.empty()) << "late forms may still come";
  ASSERT_EQ(time("2025-12-26T00:00:00Z").closed, std::vector<int64_t>{id});
  EXPECT_EQ(appraisal::plan(*db_, id)->state, "closed");
  auto m1 = result(*db_, id, "M1");
  ASSERT_TRUE(m1.has_value());
  EXPECT_EQ(m1->total, dec("72.11")) << "40 * 12/15 + 60 * 13.37/20";
  EXPECT_FALSE(result(*db_, id, "M2")->total.has_value());
  EXPECT_TRUE(*m1->result.find("groups")->as_array()->at(0).find("hidden")->as_bool());
  for (const auto& one : sheets_in(*db_, id)) EXPECT_TRUE(one.marks.is_null()) << one.assessor;
  const Json judged = quality(*db_, id);
  std::string named;
  for (const Json& one : *judged.find("assessors")->as_array()) {
    named += *one.find("staff_id")->as_string() + " ";
    EXPECT_EQ(one.as_object()->size(), 4u) << "who handed in how many, and no figure: " << one.dump();
  }
  EXPECT_EQ(named, "H1 M1 M2 M3 M4 ");
  EXPECT_EQ(judged.find("profiles")->as_array()->size(), 3u) << "figures stand without names";
  EXPECT_EQ(judged.find("profiles")->dump().find("staff_id"), std::string::npos);
  // Nowhere in the store does a mark stand beside who gave it.
  for (const auto& row : db_->query("SELECT * FROM assess_ballots WHERE plan_id = ?", {id}))
    for (size_t c = 0; c < 6; ++c)
      if (c >= 2 && c != 3 && !row.is_null(c))
        for (const char* assessor : {"H1", "M2", "M3"}) EXPECT_EQ(row.text(c).find(assessor), std::string::npos);
  EXPECT_TRUE(open_forms(*db_, *appraisal::plan(*db_, id), "M1").empty());
}

TEST_P(AssessStore, AnOpenPlanShowsWhoGaveWhatAndReportsOnce) {
  PlanSpec spec = testing::spec_of_test();
  spec.anonymous = false, spec.min_assessors = 1, spec.fact = "定性得分", spec.repeats = true;
  spec.assessed = {{}, {}, {"M1", "M2"}};
  int64_t id = running(spec);
  for (const char* assessor : {"H1", "M2", "M3", "M4"}) hand_in(assessor, "M1");
  EXPECT_EQ(code(close_plan(*db_, id, act("maker", "2025-12-22T00:00:00Z"))), "assess.open");
  for (const char* assessor : {"H1", "M1", "M3", "M4"})
    hand_in(assessor, "M2", R"({"1.1": "5", "1.2": "skip", "2.1": "10"})");
  ASSERT_TRUE(close_plan(*db_, id, act("maker", "2025-12-22T00:00:00Z")).ok()) << "everything is in";
  EXPECT_EQ(open_forms(*db_, *appraisal::plan(*db_, id), "M1").size(), 4u);
  EXPECT_NE(quality(*db_, id).dump().find("leniency"), std::string::npos);
  std::vector<std::string> taken;
  TakeFigure take = [&](const std::string& staff, const base::Period& period, const std::string& name,
                        const base::Decimal& total) {
    taken.push_back(staff + " " + period.str() + " " + name + " " + total.str());
  };
  EXPECT_EQ(code(report_plan(*db_, id, take, act("maker", "2025-12-23T00:00:00Z"))), "assess.self");
  ASSERT_TRUE(report_plan(*db_, id, take, act("checker", "2025-12-23T00:00:00Z")).ok());
  EXPECT_EQ(taken, (std::vector<std::string>{"M1 2025Q4 定性得分 100", "M2 2025Q4 定性得分 50"}));
  EXPECT_EQ(code(report_plan(*db_, id, take, act("checker", "2025-12-23T00:00:00Z"))), "assess.state");
  auto figures = reported_figures(*db_, spec.period);
  ASSERT_EQ(figures.size(), 2u);
  EXPECT_EQ(figures[1].name + figures[1].staff + figures[1].total.str(), "定性得分M250");
  EXPECT_TRUE(reported_figures(*db_, spec.period.previous()).empty());
  auto all = plans(*db_);
  ASSERT_EQ(all.size(), 2u) << "QUA-606: the next period's plan stands ready";
  EXPECT_EQ(all[0].state, "approved");
  EXPECT_EQ(all[0].spec.period.str(), "2026Q1");
  EXPECT_EQ(all[0].spec.deadline.str(), "2026-03-25T00:00:00Z");
  EXPECT_EQ(all[0].previous, id);
}

INSTANTIATE_TEST_SUITE_P(Engines, AssessStore, ::testing::Values(store::Engine::sqlite, store::Engine::postgres),
                         [](const auto& one) {
                           return one.param == store::Engine::sqlite ? "sqlite" : "postgres";
                         });

}  // namespace
}  // namespace guanhu::appraisal
