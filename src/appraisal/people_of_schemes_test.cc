// Who takes part in the schemes of the institutions, and what a part of a year, another outlet, a post of a
// trainee or an item without value does there: from facts, on both sides of each limit.
#include <gtest/gtest.h>

#include <map>

#include "appraisal/pack_facts_testing.h"
#include "feel/json.h"

namespace guanhu::appraisal {
namespace {

using namespace testing;

using Facts = std::vector<Recorded>;

constexpr int64_t kYuan = 10'000;  // of a target

class PeopleOfSchemes : public PackFacts {
 protected:
  // S1 … S6 of B1 all year, nobody holds anything.
  void open_people(const std::vector<std::string>& also) {
    measures::testing::TinyBank bank;
    int i = bank.import("2025-12-31");
    bank.orgs = {{i, "B0", ""}, {i, "B1", "B0"}};
    for (const char* id : {"S1", "S2", "S3", "S4", "S5", "S6"}) bank.staff.push_back({i, id, "B1"});
    open(std::move(bank), also);
  }
  static std::string hired(const char* id, const char* on) {
    return std::string("UPDATE f_staff SET hired_on = DATE '") + on + "' WHERE staff_id = '" + id + "'";
  }
  static std::string left(const char* id, const char* on) {
    return std::string("UPDATE f_staff SET left_on = DATE '") + on + "' WHERE staff_id = '" + id + "'";
  }
  static std::string trainee(const char* id) {
    return std::string("UPDATE f_staff SET position = 'trainee_manager' WHERE staff_id = '") + id + "'";
  }
  // The same facts of each of them, of the period.
  static Facts of_each(const std::vector<const char*>& people,
                       const std::vector<std::pair<const char*, int>>& what, const char* period = "2025") {
    Facts out;
    for (const char* id : people)
      for (const auto& [name, value] : what) out.push_back(fact_of("staff", id, name, value, "", period));
    return out;
  }
  // "S1 82 中一, S3 - 无 (reason), S4 - waits 2": total and grade, or why there is none.
  std::string told(const char* pack, const char* scheme, const char* period, Facts facts) {
    auto made = run(pack, scheme, period, std::move(facts));
    EXPECT_TRUE(made.ok()) << made.error().text();
    std::string out;
    if (!made.ok()) return out;
    for (const HolderResult& h : made->holders) {
      out += (out.empty() ? "" : ", ") + h.id + " " + (h.total ? appraisal::shown(*h.total).str() : "-");
      if (h.grade) out += " " + *h.grade;
      if (!h.waits.empty()) out += " waits " + std::to_string(h.waits.size());
      else if (!h.total) out += " (" + h.total_reason + ")";
    }
    last_ = std::move(*made);
    return out;
  }
  // A figure of a decision's result, as a page shows it.
  std::string of(const char* holder, const char* name) {
    const HolderResult* h = last_->holder(holder);
    if (!h) return "nobody";
    for (const Figure& one : h->figures)
      if (one.name == name) return one.value ? one.value->str() : one.other.dump();
    for (const ScoreValue& one : h->scores)
      if (one.name == name) return one.value ? one.value->str() : "-";
    return "none";
  }
  std::string waits_of(const char* holder) {
    std::string out;
    for (const std::string& one : last_->holder(holder)->waits) out += one + "\n";
    return out;
  }

  std::optional<appraisal::Run> last_;
};

const std::vector<std::pair<const char*, int>> kFiveMarks = {{"业绩指标得分", 80},
                                                             {"职业道德得分", 90},
                                                             {"基础管理工作得分", 85},
                                                             {"信贷操作及管理得分", 75},
                                                             {"服务质量得分", 85}};

Facts tiers(const std::vector<const char*>& people, const char* period) {
  Facts out;
  for (const char* id : people)
    for (const char* name : {"资格职级", "业绩达标职级", "原职级"})
      out.push_back(fact_of("staff", id, name, "中一", "", period));
  return out;
}

// QUA-301, QUA-302, GRD-301: each quarter and the year; all five marks; a trainee has no tier.
TEST_P(PeopleOfSchemes, OfTheSevenTiersATraineeIsListedWithoutATierAndAllFiveMarksAreNeeded) {
  open_people({trainee("S2"), hired("S3", "2025-12-31"), hired("S4", "2026-01-01"), left("S5", "2025-12-31"),
               left("S6", "2026-01-01")});
  for (const char* period : {"2025", "2025Q4"}) {
    Facts facts = of_each({"S1", "S2", "S3", "S6"}, kFiveMarks, period);
    for (auto& one : tiers({"S1", "S2", "S3", "S6"}, period)) facts.push_back(std::move(one));
    EXPECT_EQ(told("rcb-seven-tier", "annual-duty-appraisal", period, facts),
              "S1 83 中一, S2 - 无 (见习的不在档次里，不评), S3 83 中一, S6 83 中一")
        << "in post on the last day, since whatever day";
    std::erase_if(
        facts, [](const Recorded& one) { return one.what.subject_id == "S1" && one.what.name == "服务质量得分"; });
    EXPECT_EQ(told("rcb-seven-tier", "annual-duty-appraisal", period, facts).substr(0, 12), "S1 - waits 1");
    EXPECT_NE(waits_of("S1").find("服务质量得分"), std::string::npos) << "no mark is not applicable";
  }
}

// PAY-301: the trainee who is listed has a treatment of their own, which asks for neither tier nor marks.
TEST_P(PeopleOfSchemes, WhatATraineeOfTheSevenTiersIsGradedIsWhatThePayTakes) {
  open_people({trainee("S2")});
  told("rcb-seven-tier", "annual-duty-appraisal", "2025Q4", {});
  const std::string grade = last_->holder("S2")->grade.value_or("");
  auto asked = base::Json::parse(R"({"职级": "见习", "考核等级": ")" + grade +
                                 R"(", "职级待遇表": [{"档次": "见习", "每月": 2500}], "期间月数": 3})");
  ASSERT_TRUE(asked.ok());
  auto paid = policy::decide(pack_, "tier-pay", *asked, base::Date(day("2025-12-31")));
  ASSERT_TRUE(paid.ok()) << paid.error().text();
  EXPECT_EQ(feel::to_json(paid->result).dump(), "7500");
}

// GRD-304, GRD-305, QAL-306: every grade is appraised, the assistant too; the year decides, however many quarters.
TEST_P(PeopleOfSchemes, OfTheFiveGradesTheAssistantTakesPartAndThePartYearIsJudgedByTheSameStandard) {
  open_people({trainee("S1"), hired("S2", "2025-10-01"), hired("S3", "2026-01-01"), left("S6", "2025-12-31")});
  Facts facts = {fact_of("bank", "", "业绩标准表",
                         *base::Json::parse(R"([{"职级": "助理", "标准": 50}, {"职级": "初级", "标准": 100}])"),
                         "", "2025")};
  auto person = [&](const char* id, const char* grade, const char* quarters, const char* year) {
    facts.push_back(fact_of("staff", id, "现任等级", grade, "", "2025"));
    facts.push_back(fact_of("staff", id, "季度考核得分", *base::Json::parse(quarters), "", "2025"));
    facts.push_back(fact_of("staff", id, "年度业绩", base::Json(*base::Decimal::parse(year)), "", "2025"));
    facts.push_back(fact_of("staff", id, "考核结果", "合格", "", "2025"));
  };
  person("S1", "助理", "[80, 80, 80, 80]", "50");
  person("S2", "初级", "[90]", "100");
  person("S4", "初级", "[]", "99.99");
  person("S5", "高级", "[80, 80, 80, 80]", "500");
  EXPECT_EQ(told("anhui-rcb-grade", "annual-appraisal", "2025", facts),
            "S1 50 助理, S2 100 初级, S4 99.99 初级, S5 - waits 1");
  EXPECT_EQ(of("S1", "聘用"), "true");
  EXPECT_EQ(of("S2", "聘用"), "true") << "the standard of the grade, reached";
  EXPECT_EQ(of("S2", "季度齐全"), "false");
  EXPECT_EQ(of("S2", "季度平均"), "90");
  EXPECT_EQ(of("S1", "季度齐全"), "true");
  EXPECT_EQ(of("S4", "聘用"), "false") << "a fen below it";
  EXPECT_NE(waits_of("S5").find("年度业绩标准"), std::string::npos) << "a grade without a standard is not failed";
}

// GRD-321, PAY-305: both classes are appraised, against one line.
TEST_P(PeopleOfSchemes, BothClassesAreAppraisedAgainstOneLine) {
  open_people({trainee("S2"), trainee("S3"), hired("S4", "2025-12-31"), hired("S5", "2026-01-01"),
               left("S6", "2025-12-31")});
  Facts facts = {fact_of("bank", "", "达标线", 80, "", "2025")};
  for (auto [id, kind, score] : {std::tuple{"S1", "A类", "80"},
                                 {"S2", "见习A类", "80"},
                                 {"S3", "见习A类", "79.99"},
                                 {"S4", "A类", "79.99"}}) {
    facts.push_back(fact_of("staff", id, "现任类别", kind, "", "2025"));
    facts.push_back(fact_of("staff", id, "考核得分", base::Json(*base::Decimal::parse(score)), "", "2025"));
  }
  EXPECT_EQ(told("rcb-a-class", "annual-appraisal", "2025", facts),
            "S1 80 A类, S2 80 见习A类, S3 79.99 见习A类, S4 79.99 A类");
  EXPECT_EQ(of("S1", "享受待遇"), "\"A类\"");
  EXPECT_EQ(of("S2", "享受待遇"), "\"见习A类\"");
  EXPECT_EQ(of("S3", "享受待遇"), "\"无\"");
  facts.erase(facts.begin());
  EXPECT_EQ(told("rcb-a-class", "annual-appraisal", "2025", facts),
            "S1 - waits 1, S2 - waits 1, S3 - waits 1, S4 - waits 1")
      << "no line is no line of zero";
}

// KPI-303, PAY-303: the base by days in post, the marks as they are; each group is needed.
TEST_P(PeopleOfSchemes, TheBaseOfWhoCameInThePeriodCountsByTheDaysInPost) {
  open_people({hired("S1", "2025-01-01"), hired("S2", "2025-01-02"), hired("S3", "2025-12-31"), trainee("S4"),
               hired("S5", "2026-01-01"), left("S6", "2025-12-31")});
  const std::vector<std::pair<const char*, int>> all = {
      {"销售业绩得分", 100}, {"利润指标得分", 100}, {"服务质量得分", 100},  {"内控合规得分", 100},
      {"团队业绩得分", 100}, {"风险控制得分", 100}, {"绩效薪酬基数", 36500}};
  Facts facts = of_each({"S1", "S2", "S3", "S4"}, all);
  EXPECT_EQ(told("rm-team-essay", "performance-appraisal", "2025", facts), "S1 100, S2 100, S3 100");
  EXPECT_EQ(of("S1", "绩效薪酬"), "36500") << "on the first day";
  EXPECT_EQ(of("S2", "绩效薪酬"), "36400") << "364 of 365 days";
  EXPECT_EQ(of("S3", "绩效薪酬"), "100") << "one day";
  std::erase_if(facts, [](const Recorded& one) { return one.what.name == "内控合规得分"; });
  EXPECT_EQ(told("rm-team-essay", "performance-appraisal", "2025", facts),
            "S1 - waits 1, S2 - waits 1, S3 - waits 1");
}

INSTANTIATE_TEST_SUITE_P(duckdb, PeopleOfSchemes, ::testing::Values(Warehouse::Engine::duckdb));
INSTANTIATE_TEST_SUITE_P(postgres, PeopleOfSchemes, ::testing::Values(Warehouse::Engine::postgres));

// A manager of B1 who moves to B2 on 1 July: gives A1 and L1 to S2, takes A2 from S3.
class MovedOutlet : public PeopleOfSchemes {
 protected:
  void open_moved(const std::vector<measures::testing::TargetRow>& targets) {
    measures::testing::TinyBank bank;
    int before = bank.import("2025-06-30"), now = bank.import("2025-12-31");
    bank.orgs = {{before, "B0", ""}, {before, "B1", "B0"}, {before, "B2", "B0"}};
    bank.staff = {
        {before, "S1", "B1"}, {now, "S1", "B2"}, {before, "S2", "B1"}, {before, "S3", "B2"}, {before, "S4", "B2"}};
    bank.customers = {{before, "C1", "person", false}};
    const auto opened = day("2024-06-01"), eve = day("2024-12-31"), june = day("2025-06-30"),
               july = day("2025-07-01");
    bank.accounts = {{before, "A1", "C1", "B1", "p", "demand", opened, std::nullopt},
                     {before, "A2", "C1", "B2", "p", "demand", opened, std::nullopt}};
    // 100 and 300 元 all year; 50 more at A2 in September.
    bank.balances = {
        {before, "A1", eve, 10'000}, {before, "A2", eve, 30'000}, {now, "A2", day("2025-09-01"), 35'000}};
    bank.loans = {{before, "L1", "C1", "B1", "k", opened, std::nullopt}};
    bank.states = {{before, "L1", opened, 90'000, 0, 0, "normal", false}};
    // 10 and 20 元 of principal, on the last day at B1 and the first without it.
    bank.repayments = {{before, "P1", "L1", june, 1'000, 500}, {now, "P2", "L1", july, 2'000, 700}};
    bank.assignments = {{before, "account", "A1", "S1", true, kOne, opened, june},
                        {before, "account", "A1", "S2", true, kOne, july, std::nullopt},
                        {before, "account", "A2", "S3", true, kOne, opened, june},
                        {before, "account", "A2", "S1", true, kOne, july, std::nullopt},
                        {before, "loan", "L1", "S1", true, kOne, opened, june},
                        {before, "loan", "L1", "S2", true, kOne, july, std::nullopt}};
    bank.targets = targets;
    for (auto& one : bank.targets) one.import = now;
    open(std::move(bank), {trainee("S4")});
  }
};

// QUA-308, PLN-305: what came over with the customers is no growth; without a plan one waits.
TEST_P(MovedOutlet, WhatWasHandedOverIsNoGrowthOnceItIsRecorded) {
  open_moved({{0, "staff", "S1", "存款净增", "2025", kYuan * 100}, {0, "staff", "S2", "存款净增", "2025", 0}});
  Facts facts = of_each({"S1", "S2", "S3"}, {{"服务质量得分", 80}, {"客户满意度得分", 70}});
  EXPECT_EQ(told("rcb-generic-rm-system", "annual-appraisal", "2025", facts),
            "S1 83.3333333333, S2 83.3333333333, S3 - waits 2")
      << "nobody gave S3 a plan: that is not a plan of zero";
  EXPECT_EQ(of("S1", "业绩"), "100") << "350 at the end against 100 at the start";
  EXPECT_EQ(of("S1", "措施"), "\"奖励\"");
  facts.push_back(fact_of("staff", "S1", "接手减交出的存款", 200, "", "2025"));
  facts.push_back(
      fact_of("staff", "S2", "接手减交出的存款", base::Json(*base::Decimal::parse("100.01")), "", "2025"));
  told("rcb-generic-rm-system", "annual-appraisal", "2025", facts);
  EXPECT_EQ(of("S1", "业绩"), "50") << "the 50 of September of a plan of 100";
  EXPECT_EQ(of("S1", "措施"), "\"培训指导\"");
  EXPECT_EQ(of("S2", "业绩"), "0") << "a fen below a plan of zero";
  facts.back().what.value = 100;
  told("rcb-generic-rm-system", "annual-appraisal", "2025", facts);
  EXPECT_EQ(of("S2", "业绩"), "100") << "a plan of zero is met by zero";
  EXPECT_EQ(last_->holder("S1")->branch, "B2") << "one result, where they are on the last day";
}

// KPI-622, KPI-623, KPI-625: figures follow shares and days; a target of zero or none waits; nobody counts twice.
TEST_P(MovedOutlet, InTheExampleAveragesAndRepaymentsFollowTheDaysHeld) {
  // A1 100 × 181 days, A2 300 × 62 days and 350 × 122 days, over 365 days.
  open_moved({{0, "staff", "S1", "日均存款", "2025", kYuan * 1000},
              {0, "staff", "S1", "贷款回收", "2025", kYuan * 10},
              {0, "staff", "S2", "日均存款", "2025", kYuan * 100},
              {0, "staff", "S2", "贷款回收", "2025", 0},
              {0, "staff", "S3", "日均存款", "2025", kYuan * 100}});
  Facts facts;
  for (const char* id : {"S1", "S2", "S3"})
    facts.push_back(fact_of("staff", id, "各考评人总分", *base::Json::parse("[50]"), "", "2025"));
  EXPECT_EQ(told("platform-2012", "example-appraisal", "2025", facts).substr(0, 3), "S1 ");
  EXPECT_EQ(last_->holder("S4"), nullptr) << "a trainee takes no part in the example";
  EXPECT_EQ(of("S1", "贷款回收额"), "10") << "the day before the move, not the day of it";
  EXPECT_EQ(of("S2", "贷款回收额"), "20");
  EXPECT_EQ(of("S1", "贷款回收"), "20");
  EXPECT_EQ(of("S1", "日均存款"), "217.53") << "(18100 + 18600 + 42700) / 365";
  EXPECT_NE(waits_of("S2").find("贷款回收目标"), std::string::npos) << "a target of zero";
  EXPECT_NE(waits_of("S3").find("没有下达贷款回收目标"), std::string::npos);
}

// KPI-324: the same in the county's yearly appraisal; a plan of zero waits.
TEST_P(MovedOutlet, InTheCountyInterestFollowsTheDaysHeldAndAPlanOfZeroWaits) {
  open_moved({{0, "staff", "S1", "利息收回", "2025", kYuan * 5}, {0, "staff", "S2", "利息收回", "2025", 0}});
  told("county-rcc-rules", "annual-appraisal", "2025", {});
  EXPECT_NE(last_->holder("S4"), nullptr) << "here a trainee does";
  EXPECT_EQ(of("S1", "利息收回额"), "5");
  EXPECT_EQ(of("S2", "利息收回额"), "7");
  EXPECT_EQ(waits_of("S1").find("利息收回计划"), std::string::npos);
  EXPECT_NE(waits_of("S2").find("利息收回计划"), std::string::npos) << waits_of("S2");
}

INSTANTIATE_TEST_SUITE_P(duckdb, MovedOutlet, ::testing::Values(Warehouse::Engine::duckdb));
INSTANTIATE_TEST_SUITE_P(postgres, MovedOutlet, ::testing::Values(Warehouse::Engine::postgres));

}  // namespace
}  // namespace guanhu::appraisal
