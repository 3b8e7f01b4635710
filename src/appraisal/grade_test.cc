// Grades: what is refused, what moves whom, who decides, a history that is not rewritten, appeals.
#include <gtest/gtest.h>

#include "appraisal/grade_proposals.h"
#include "appraisal/recorded.h"
#include "policy/load.h"
#include "store/testing.h"

namespace guanhu::appraisal {
namespace {

using base::Date;
using base::Decimal;
using base::Json;
using base::JsonObject;

Date day(const char* text) { return Date::parse(text).value(); }

const policy::Pack& sample() {
  static const policy::Pack pack =
      policy::open_pack(std::string(GUANHU_SOURCE_DIR) + "/policies", "sample-pay").value();
  return pack;
}

const std::vector<std::string> kHr = {"人力资源"}, kChief = {"行领导"}, kBusiness = {"业务管理部门"};

class Grades : public ::testing::TestWithParam<store::Engine> {
 protected:
  void SetUp() override {
    if (!place_.available()) GTEST_SKIP() << store::testing::kNoPostgres;
    session_ = place_.open();
    const store::ModuleMigrations all[] = {{"people_facts", people_migrations()},
                                           {"recorded", recorded_migrations()}};
    ASSERT_TRUE(store::migrate(*session_, all, clock_).ok());
  }
  PeopleDoing by(const std::string& login, const std::string& staff = "") { return {login, staff, clock_.now()}; }
  static GradePerson person(const std::string& id, std::optional<Decimal> total) {
    GradePerson out{id, "人" + id, "B1", "B1", {}};
    if (total) out.told.tell("考核总分", *total, JsonObject{{"kind", "run"}});
    return out;
  }
  GradeProposal compute(const std::string& id, std::optional<Decimal> total, const char* on = "2026-01-15") {
    auto batch = propose_grades(*session_, {&sample(), {}, day(on), {}}, {person(id, total)}, by("business"));
    return grade_proposals(*session_, {.batch = batch.value()}).front();
  }
  base::Result<GradeProposal> decide(int64_t id, bool accept = true, const std::vector<std::string>& roles = kHr,
                                     const std::string& actor = "hr", const std::string& staff = "H1") {
    return decide_grade(*session_, {id, accept, "评定小组意见", accept ? "人字9号" : "", {}, roles},
                        day("2026-01-22"), by(actor, staff));
  }
  void fact(const std::string& staff, const std::string& name, const char* value) {
    PeopleFact out;
    out.of = "staff", out.subject = staff, out.kind = "discipline", out.name = name, out.document = "通报";
    out.value = Json::parse(value).value(), out.from = day("2025-06-01");
    ASSERT_TRUE(record_facts(*session_, &sample(), {out}, by("hr")).ok());
  }

  store::testing::Place place_{GetParam()};
  base::FixedClock clock_{base::Instant{1'768'000'000'000'000}};
  std::unique_ptr<store::Session> session_;
};

TEST_P(Grades, WithoutAPlanNothingIsProposed) {
  auto common = policy::open_pack(std::string(GUANHU_SOURCE_DIR) + "/policies", "common").value();
  EXPECT_EQ(propose_grades(*session_, {&common, {}, day("2026-01-15"), {}}, {person("S1", Decimal(90))}, by("b"))
                .error()
                .code,
            "grade.plan");
  EXPECT_EQ(propose_grades(*session_, {&sample(), {}, day("2026-01-15"), {}}, {}, by("b")).error().code,
            "grade.nobody");
}

TEST_P(Grades, WhoHasNoTotalWaitsAndItSaysForWhat) {
  GradeProposal p = compute("S1", std::nullopt);
  EXPECT_EQ(p.state, "waiting");
  EXPECT_EQ(*p.answer.find("error")->find("where")->as_string(), "考核总分");
  EXPECT_EQ(decide(p.id).error().code, "grade.state");
}

TEST_P(Grades, BothSidesOfTheLine) {
  EXPECT_EQ(compute("S1", Decimal(90)).becomes, "一级");
  EXPECT_EQ(compute("S1", *Decimal::parse("89.9999")).becomes, "二级") << "nothing is rounded before a line";
  EXPECT_EQ(compute("S1", Decimal(75)).becomes, "二级");
  GradeProposal last = compute("S1", *Decimal::parse("74.9999"));
  EXPECT_EQ(last.becomes, "三级");
  EXPECT_EQ(last.change, "定级");
  EXPECT_EQ(grade_proposals(*session_, {.state = "proposed"}).size(), 1u) << "earlier ones are superseded";
}

TEST_P(Grades, ThreeNoticesMoveSomebodyDownByTheRuleThatSaysSo) {
  ASSERT_TRUE(decide(compute("S1", Decimal(95)).id).ok());
  fact("S1", "年度通报次数", "2");
  fact("S1", "年度投诉次数", "2");
  EXPECT_EQ(compute("S1", Decimal(95), "2026-02-01").state, "listed") << "two and two are not three";
  fact("S1", "年度通报次数", "3");
  GradeProposal p = compute("S1", Decimal(95), "2026-02-01");
  EXPECT_EQ(p.was, "一级");
  EXPECT_EQ(p.becomes, "二级");
  EXPECT_EQ(p.change, "下调");
  EXPECT_NE(p.answer.dump().find("DSC-307"), std::string::npos);
  EXPECT_NE(p.answer.dump().find("通报或投诉达三次"), std::string::npos);
}

TEST_P(Grades, NobodyDecidesHisOwnOrWhatHeProposed) {
  GradeProposal p = compute("S1", Decimal(95));
  EXPECT_EQ(decide(p.id, true, kBusiness).error().code, "grade.authority");
  EXPECT_EQ(decide(p.id, true, kHr, "business").error().code, "grade.self");
  EXPECT_EQ(decide(p.id, true, kHr, "other", "S1").error().code, "grade.self");
  EXPECT_EQ(decide(0).error().code, "grade.unknown");
  EXPECT_EQ(decide_grade(*session_, {p.id, true, " ", "文", {}, kHr}, {}, by("hr")).error().code, "grade.reason");
  EXPECT_EQ(decide_grade(*session_, {p.id, true, "好", "", {}, kHr}, {}, by("hr")).error().code, "grade.document");
  EXPECT_TRUE(grade_history(*session_, "sample-pay").empty());
  ASSERT_TRUE(decide(p.id).ok());
  EXPECT_EQ(decide(p.id).error().code, "grade.state") << "once";
}

TEST_P(Grades, LossOfQualificationIsForTheChiefsAlone) {
  GradeByHand ask{person("S1", {}), "无", "", day("2026-03-01"), "终生取消", "县联社1号", {}};
  EXPECT_EQ(propose_grade(*session_, sample(), ask, by("hr")).error().code, "grade.same") << "has none";
  ASSERT_TRUE(decide(compute("S1", Decimal(60)).id).ok());
  auto id = propose_grade(*session_, sample(), ask, by("risk"));
  ASSERT_TRUE(id.ok()) << id.error().text();
  EXPECT_EQ(grade_proposals(*session_, {.id = *id}).front().change, "取消资格");
  EXPECT_EQ(decide(*id).error().code, "grade.authority");
  EXPECT_TRUE(decide(*id, true, kChief, "chief", "H2").ok());
  auto steps = grade_history(*session_, "sample-pay", "S1");
  EXPECT_EQ(grade_on(steps, day("2026-02-28"))->grade, "三级");
  EXPECT_EQ(grade_on(steps, day("2026-03-01"))->grade, "无");
  EXPECT_EQ(grade_on(steps, day("2026-01-14")), nullptr);
}

TEST_P(Grades, TheHistoryIsCorrectedNeverRewritten) {
  ASSERT_TRUE(decide(compute("S1", Decimal(95)).id).ok());
  const GradeStep wrong = grade_history(*session_, "sample-pay", "S1").front();
  EXPECT_ANY_THROW(session_->exec("UPDATE grade_steps SET grade = '三级'"));
  EXPECT_ANY_THROW(session_->exec("DELETE FROM grade_steps"));
  GradeByHand ask{person("S1", {}), "二级", "", wrong.from, "录错", "更正1号", wrong.id + 1};
  EXPECT_EQ(propose_grade(*session_, sample(), ask, by("hr")).error().code, "grade.corrects");
  ask.corrects = wrong.id;
  auto id = propose_grade(*session_, sample(), ask, by("hr2"));
  ASSERT_TRUE(id.ok()) << id.error().text();
  ASSERT_TRUE(decide(*id).ok());
  auto steps = grade_history(*session_, "sample-pay", "S1");
  ASSERT_EQ(steps.size(), 2u);
  EXPECT_EQ(grade_on(steps, wrong.from)->grade, "二级");
  EXPECT_TRUE(steps[0].corrected_by.has_value());
}

TEST_P(Grades, AStepMayNotComeBeforeAnother) {
  ASSERT_TRUE(decide(compute("S1", Decimal(95)).id).ok());
  GradeByHand ask{person("S1", {}), "二级", "", day("2026-01-14"), "补", "文1", {}};
  auto id = propose_grade(*session_, sample(), ask, by("business"));
  ASSERT_TRUE(id.ok());
  EXPECT_EQ(decide(*id).error().code, "grade.from");
}

TEST_P(Grades, AppealsAreForThePersonInTimeAndOnce) {
  GradeProposal p = compute("S1", Decimal(70));
  EXPECT_EQ(appeal_grade(*session_, p.id, "算错", day("2026-01-20"), by("s1", "S1")).error().code, "grade.unknown")
      << "not before it is decided";
  ASSERT_TRUE(decide(p.id).ok());
  EXPECT_EQ(appeal_grade(*session_, p.id, " ", day("2026-01-20"), by("s1", "S1")).error().code, "grade.reason");
  EXPECT_EQ(appeal_grade(*session_, p.id, "算错", day("2026-01-20"), by("s2", "S2")).error().code,
            "grade.unknown");
  EXPECT_EQ(appeal_grade(*session_, p.id, "算错", day("2026-01-23"), by("s1", "S1")).error().code,
            "grade.appeal.late");
  auto appeal = appeal_grade(*session_, p.id, "算错", day("2026-01-22"), by("s1", "S1"));
  ASSERT_TRUE(appeal.ok()) << "the last day counts";
  EXPECT_EQ(appeal_grade(*session_, p.id, "再来", day("2026-01-22"), by("s1", "S1")).error().code,
            "grade.appeal.twice");
  GradeDecision review{p.id, true, "复议属实", "复议1号", {}, kChief};
  EXPECT_EQ(decide_appeal(*session_, sample(), *appeal, "二级", {p.id, true, "x", "y", {}, kHr}, by("hr", "H1"))
                .error()
                .code,
            "grade.self")
      << "who decided does not review";
  EXPECT_EQ(decide_appeal(*session_, sample(), *appeal, "四级", review, by("chief", "H2")).error().code,
            "grade.unknown.grade");
  ASSERT_TRUE(decide_appeal(*session_, sample(), *appeal, "二级", review, by("chief", "H2")).ok());
  EXPECT_EQ(decide_appeal(*session_, sample(), *appeal, "", review, by("chief", "H2")).error().code,
            "grade.state");
  auto steps = grade_history(*session_, "sample-pay", "S1");
  EXPECT_EQ(grade_on(steps, p.from)->grade, "二级") << "from the first decision's day";
}

TEST_P(Grades, AreKnownToSchemesAsTheyWereKnownThen) {
  auto none = RecordedFacts::load(*session_, std::nullopt, true);
  EXPECT_EQ(none->grade_on("S1", "sample-pay", day("2026-12-31")), "");
  const uint64_t before = facts_version();
  const GradeProposal proposal = compute("S1", Decimal(95));
  ASSERT_EQ(proposal.state, "proposed");
  auto decided = decide(proposal.id);
  ASSERT_TRUE(decided.ok()) << decided.error().text();
  EXPECT_GT(facts_version(), before) << "what was appraised by grades is old";
  auto now = RecordedFacts::load(*session_, std::nullopt, true);
  EXPECT_EQ(now->grade_on("S1", "sample-pay", day("2026-12-31")), decided->becomes);
  EXPECT_EQ(now->grade_on("S1", "sample-pay", day("2025-12-31")), "") << "from its first day on";
  const base::Instant earlier{clock_.now().micros - 1};
  EXPECT_EQ(RecordedFacts::load(*session_, earlier, true)->grade_on("S1", "sample-pay", day("2026-12-31")), "");
  EXPECT_EQ(RecordedFacts::load(*session_, std::nullopt)->grade_on("S1", "sample-pay", day("2026-12-31")), "")
      << "only who asks for grades is told";
}

INSTANTIATE_TEST_SUITE_P(Engines, Grades, ::testing::Values(store::Engine::sqlite, store::Engine::postgres),
                         [](const auto& one) {
                           return one.param == store::Engine::sqlite ? "sqlite" : "postgres";
                         });

}  // namespace
}  // namespace guanhu::appraisal
