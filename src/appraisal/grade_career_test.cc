// The way through the grades: what held for no day is left out, ends meet beginnings; titles in a row; praise and
// blame. GRD-307, GRD-601, QUA-303.
#include "appraisal/grade_career.h"

#include <gtest/gtest.h>

namespace guanhu::appraisal {
namespace {

using base::Date;
using base::Decimal;
using base::Json;

Date day(const char* text) { return Date::parse(text).value(); }

GradeStep step(int64_t id, const char* grade, const char* from, int64_t proposal = 0) {
  GradeStep out;
  out.id = id, out.grade = grade, out.from = day(from), out.proposal = proposal;
  return out;
}
GradeProposal proposal(int64_t id, const char* change, const char* inputs) {
  GradeProposal out;
  out.id = id, out.change = change;
  out.answer = Json::parse(std::string(R"({"inputs": )") + inputs + "}").value();
  return out;
}
PeopleFact fact(const char* kind, const char* name, const char* from, const char* to = nullptr) {
  PeopleFact out;
  out.kind = kind, out.name = name, out.from = day(from);
  if (to) out.to = day(to);
  return out;
}

TEST(Career, NobodyHasAnEmptyOne) {
  EXPECT_TRUE(career_of({}, {}).empty());
  EXPECT_TRUE(awards_of({}).empty());
}

TEST(Career, WhatWasCorrectedOrReplacedTheSameDayHeldForNoDay) {
  GradeStep wrong = step(1, "一级", "2024-01-15");
  wrong.corrected_by = 2;
  auto out = career_of({wrong, step(2, "二级", "2024-01-15"), step(3, "三级", "2025-01-15"),
                        step(4, "二级", "2025-01-15"), step(5, "一级", "2026-01-15")},
                       {});
  ASSERT_EQ(out.size(), 3u);
  EXPECT_EQ(out[0].step.grade, "二级");
  EXPECT_EQ(out[0].to, day("2025-01-14")) << "the last day is the one before the next grade's first";
  EXPECT_EQ(out[1].step.id, 4);
  EXPECT_EQ(out[1].to, day("2026-01-14"));
  EXPECT_FALSE(out[2].to) << "still held";
}

TEST(Career, TheAppraisalThatMovedItStandsBeside) {
  auto out = career_of(
      {step(1, "二级", "2024-01-15", 7), step(2, "一级", "2025-01-15", 8), step(3, "三级", "2026-01-15", 9)},
      {proposal(7, "定级", R"([{"name": "考核总分", "value": 80.5,
                "source": {"kind": "run", "scheme": "a/b", "period": "2023"}}])"),
       proposal(8, "更正", "[]"), proposal(9, "下调", R"([{"name": "考核总分", "value": "?", "source": {}}])")});
  EXPECT_EQ(out[0].change, "定级");
  EXPECT_EQ(out[0].score, Decimal::parse("80.5").value());
  EXPECT_EQ(out[0].scheme, "a/b");
  EXPECT_EQ(out[0].period, "2023");
  EXPECT_FALSE(out[1].score) << "by hand";
  EXPECT_FALSE(out[2].score) << "no number is no score";
}

TEST(Career, TitlesAreCountedInARow) {
  PeopleFact withdrawn = fact("award", "优秀客户经理", "2025-03-01");
  withdrawn.withdrawn_at = "2025-04-01T00:00:00Z";
  auto out = awards_of({fact("award", "优秀客户经理", "2020-02-01"), fact("award", "优秀客户经理", "2022-02-01"),
                        fact("award", "优秀客户经理", "2023-12-31", "2024-01-01"), withdrawn,
                        fact("award", "优秀客户经理", "2024-02-01"), fact("award", "服务标兵", "2021-01-01"),
                        fact("exam", "优秀客户经理", "2019-01-01")});
  ASSERT_EQ(out.size(), 2u);
  const Award& best = out[0].name == "优秀客户经理" ? out[0] : out[1];
  EXPECT_EQ(best.years, (std::vector<int>{2020, 2022, 2023, 2024}));
  EXPECT_EQ(best.in_a_row, 3) << "2021 is missing, what was withdrawn does not count";
}

TEST(Career, PraiseBesideBlame) {
  Balance none = balance_of({fact("award", "a", "2025-01-01"), fact("coaching", "绩效辅导", "2025-01-01")});
  EXPECT_FALSE(none.ratio()) << "nothing is divided by no blame";
  EXPECT_EQ(none.coached, 1);
  Balance some = balance_of({fact("award", "a", "2025-01-01"), fact("award", "b", "2025-01-01"),
                             fact("discipline", "通报", "2025-01-01"), fact("discipline", "通报", "2025-02-01"),
                             fact("discipline", "通报", "2025-03-01"), fact("training", "c", "2025-01-01")});
  EXPECT_EQ(some.ratio(), Decimal::parse("0.67").value());
  EXPECT_EQ(some.trained, 1);
}

TEST(Career, WhatStandsBesideAGradeIsToldToNoDecision) {
  PeopleFact title = fact("award", "绩效系数", "2025-01-01"),
             blame = fact("discipline", "年度投诉次数", "2025-01-01");
  for (PeopleFact* one : {&title, &blame}) one->of = "staff", one->subject = "S1", one->value = Json(3);
  Names names;
  FactsByDay({title, blame}).tell(names, "S1", "", "", day("2025-06-01"));
  EXPECT_FALSE(names.find("绩效系数")) << "who records a title does not move pay";
  EXPECT_TRUE(names.find("年度投诉次数"));
}

TEST(Career, ACoachingRecordSaysWhoWhyAndWhatThen) {
  auto where = [](const char* json) {
    auto status = check_coaching(Json::parse(json).value());
    return status.ok() ? "" : status.error().where;
  };
  EXPECT_EQ(where("\"谈过\""), "value.教练");
  EXPECT_EQ(where(R"({"教练": "H1", "差距": " ", "措施": "c", "跟进": "d"})"), "value.差距");
  EXPECT_EQ(where(R"({"教练": "H1", "差距": "b", "措施": "c"})"), "value.跟进");
  EXPECT_EQ(where(R"({"教练": "H1", "差距": "b", "措施": "c", "跟进": "d"})"), "");
}

}  // namespace
}  // namespace guanhu::appraisal
