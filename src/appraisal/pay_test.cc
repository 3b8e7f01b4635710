// Pay: plans that are none, lines that cannot be worked out, days, shared work, pools and rounding; the way of a
// pay run from draft to paid and into the ledger.
#include <gtest/gtest.h>

#include "appraisal/deposit_ledger.h"
#include "appraisal/life.h"
#include "appraisal/pay_compare.h"
#include "appraisal/pay_runs.h"
#include "appraisal/people_of_run.h"
#include "appraisal/recorded.h"
#include "appraisal/statement_pay.h"
#include "policy/load.h"
#include "store/testing.h"

namespace guanhu::appraisal {
namespace {

using base::Date;
using base::Decimal;
using base::Fen;
using base::Json;
using base::JsonArray;
using base::JsonObject;

Date day(const std::string& text) { return Date::parse(text).value(); }

const policy::Pack& sample() {
  static const policy::Pack pack =
      policy::open_pack(std::string(GUANHU_SOURCE_DIR) + "/policies", "sample-pay").value();
  return pack;
}

PeopleFact fact(const std::string& of, const std::string& subject, const std::string& name, const char* value,
                const char* from = "2025-01-01") {
  PeopleFact out;
  out.of = of, out.subject = subject, out.kind = "pay", out.name = name, out.document = "人字1号";
  out.value = Json::parse(value).value(), out.from = day(from);
  return out;
}

// Everything the sample plan asks of everybody.
std::vector<PeopleFact> base_facts() {
  return {fact("bank", "", "基本生活保障", "1500"), fact("bank", "", "岗位薪酬基数", "3000"),
          fact("bank", "", "岗位系数表", R"({"一级": 1.5, "二级": 1.2, "三级": 1})"),
          fact("bank", "", "补助表", R"({"一级": 800, "二级": 500, "三级": 300})")};
}

GradeStep held(const std::string& staff, const char* grade, const char* from) {
  GradeStep out;
  out.pack = "sample-pay", out.staff = staff, out.grade = grade, out.from = day(from);
  return out;
}

// A month of 31 days with people of the sample plan.
struct Month {
  explicit Month(std::vector<PeopleFact> recorded = base_facts()) : facts(std::move(recorded)) {
    work.pack = &sample();
    work.plan = read_pay_plan(sample(), day("2025-12-31")).value();
    work.first = day("2025-12-01"), work.last = day("2025-12-31"), work.pay_on = day("2026-01-10");
    work.months = 1, work.no_grade = "无", work.facts = &facts;
  }
  PayPerson& add(const std::string& id, std::optional<Decimal> total = {}) {
    PayPerson person;
    person.id = id, person.name = "人" + id, person.org = "B1", person.branch = "B1";
    if (total) person.told.tell("考核总分", *total, JsonObject{{"kind", "run"}});
    work.people.push_back(person);
    return work.people.back();
  }
  static const SlipLine& line(const Slip& slip, const std::string& name) {
    for (const SlipLine& one : slip.lines)
      if (one.line->name == name) return one;
    throw base::Broken("no line " + name);
  }
  FactsByDay facts;
  PayWork work;
};

TEST(PayPlan, APackWithoutOneIsToldSo) {
  auto shandong = policy::open_pack(std::string(GUANHU_SOURCE_DIR) + "/policies", "common").value();
  EXPECT_EQ(read_pay_plan(shandong, day("2025-12-31")).error().code, "pay.plan");
}

TEST(PayPlan, SaysWhatMustBeRecorded) {
  auto plan = read_pay_plan(sample(), day("2025-12-31")).value();
  EXPECT_EQ(plan.lines.size(), 9u);
  std::map<std::string, bool> optional;
  for (const PayNeed& need : needs_of(sample(), plan)) optional[need.name] = need.optional;
  EXPECT_FALSE(optional.at("基本生活保障"));
  EXPECT_TRUE(optional.at("产品列表"));
  EXPECT_FALSE(optional.count("职级")) << "is told by the program";
  EXPECT_FALSE(optional.count("绩效奖金")) << "is a line before";
}

TEST(Pay, WhatIsNotRecordedIsNamedAndStopsTheSlip) {
  Month month(std::vector<PeopleFact>{});
  month.add("S1");
  PayResult result = compute_pay(month.work);
  const SlipLine& basic = Month::line(result.slips[0], "基本工资");
  ASSERT_TRUE(basic.error);
  EXPECT_EQ(basic.error->code, "decide.input.missing");
  EXPECT_EQ(basic.error->where, "基本生活保障");
  EXPECT_EQ(basic.amount, 0);
  EXPECT_GT(result.open(), 0u);
}

TEST(Pay, NobodyIsPaidBelowZero) {
  auto facts = base_facts();
  facts.push_back(fact("staff", "S1", "考核扣款额", "1500.01"));
  Month month(facts);
  month.add("S1");
  PayResult result = compute_pay(month.work);
  ASSERT_EQ(result.slips[0].problems.size(), 1u);
  EXPECT_EQ(result.slips[0].problems[0].code, "pay.negative");
  facts.back().value = Json::parse("1500").value();
  Month even(facts);
  even.add("S1");
  EXPECT_EQ(compute_pay(even.work).open(), 0u) << "nothing left is not below zero";
}

TEST(Pay, AGradeThatChangesCountsByDays) {
  Month month;
  PayPerson& one = month.add("S1");
  one.grades = {held("S1", "二级", "2025-01-01"), held("S1", "一级", "2025-12-11")};
  PayResult result = compute_pay(month.work);
  const SlipLine& post = Month::line(result.slips[0], "岗位工资");
  ASSERT_FALSE(post.error) << post.error->text();
  // 4100 × 10/31 + 5300 × 21/31 = 1322.5806... + 3590.3225... = 4912.9032... -> 4912.90
  EXPECT_EQ(post.amount, 491'290);
  const JsonArray& parts = *post.parts.as_array();
  ASSERT_EQ(parts.size(), 2u);
  EXPECT_EQ(*parts[0].find("amount")->as_string(), "1322.58");
  EXPECT_EQ(*parts[1].find("amount")->as_string(), "3590.32");
  EXPECT_EQ(*parts[1].find("from")->as_string(), "2025-12-11");
}

TEST(Pay, WhoComesOrGoesIsPaidForTheDays) {
  Month month;
  PayPerson& came = month.add("S1");
  came.hired = day("2025-12-31");
  PayPerson& gone = month.add("S2");
  gone.left = day("2025-11-30");
  PayPerson& left = month.add("S3");
  left.left = day("2025-12-01");
  PayResult result = compute_pay(month.work);
  EXPECT_EQ(Month::line(result.slips[0], "基本工资").amount, 4'839) << "1500 / 31 = 48.387...";
  EXPECT_EQ(Month::line(result.slips[1], "基本工资").amount, 0);
  EXPECT_EQ(Month::line(result.slips[2], "基本工资").amount, 4'839) << "the last day counts";
  EXPECT_EQ(result.slips[1].days, 0);
}

TEST(Pay, ABasePayThatChangesCountsFromItsDay) {
  auto facts = base_facts();
  facts.push_back(fact("staff", "S1", "基本生活保障", "3100", "2025-12-31"));
  Month month(facts);
  month.add("S1");
  month.add("S2");
  PayResult result = compute_pay(month.work);
  // 1500 × 30/31 + 3100 × 1/31 = 1451.6129 + 100
  EXPECT_EQ(Month::line(result.slips[0], "基本工资").amount, 155'161);
  EXPECT_EQ(Month::line(result.slips[1], "基本工资").amount, 150'000) << "somebody else's stays";
}

TEST(Pay, SharedWorkAddsUpToTheWhole) {
  Month month;
  for (const char* id : {"S1", "S2", "S3"}) month.add(id);
  JointWork piece;
  piece.id = 7, piece.line = "合办业务", piece.title = "代发工资", piece.document = "合同1",
  piece.on = day("2025-12-05");
  piece.input = Json::parse(R"({"数量": 1, "单价": 100})").value();
  piece.shares = {{"S1", 1}, {"S2", 1}, {"S3", 1}};
  month.work.joint = {piece};
  PayResult result = compute_pay(month.work);
  EXPECT_EQ(Month::line(result.slips[0], "合办业务").amount, 3'334);
  EXPECT_EQ(Month::line(result.slips[1], "合办业务").amount, 3'333);
  EXPECT_EQ(result.total("合办业务"), 10'000);
  month.work.joint[0].shares.push_back({"S9", 1});
  PayResult stranger = compute_pay(month.work);
  ASSERT_EQ(stranger.problems.size(), 1u);
  EXPECT_EQ(stranger.problems[0].code, "pay.joint") << "a quarter that reaches nobody is not lost in silence";
}

TEST(Pay, APoolIsPaidOutToTheFen) {
  auto facts = base_facts();
  facts.push_back(fact("bank", "", "奖金池总额", "100000"));
  facts.push_back(fact("staff", "S3", "绩效系数", "1.2"));
  Month month(facts);
  month.add("S1", Decimal(90)), month.add("S2", *Decimal::parse("77.7")), month.add("S3", Decimal(90)),
      month.add("S4");
  PayResult result = compute_pay(month.work);
  ASSERT_EQ(result.open(), 0u);
  EXPECT_EQ(result.total("绩效奖金"), 10'000'000);
  // 90 : 77.7 : 108, together 275.7
  EXPECT_EQ(Month::line(result.slips[0], "绩效奖金").amount, 3'264'418);
  EXPECT_EQ(Month::line(result.slips[1], "绩效奖金").amount, 2'818'281);
  EXPECT_EQ(Month::line(result.slips[2], "绩效奖金").amount, 3'917'301);
  EXPECT_EQ(Month::line(result.slips[3], "绩效奖金").amount, 0) << "without a total no part";
  ASSERT_EQ(result.pools.size(), 1u);
  EXPECT_EQ(result.pools[0].paid, result.pools[0].amount);
  // RDP-301: three tenths of the bonus.
  EXPECT_EQ(Month::line(result.slips[0], "风险保证金").amount, 979'325);
  EXPECT_EQ(result.slips[0].deposit, 979'325);
}

TEST(Pay, APoolThatNobodyWeighsInIsRefused) {
  auto facts = base_facts();
  facts.push_back(fact("bank", "", "奖金池总额", "0.01"));
  Month month(facts);
  month.add("S1");
  PayResult result = compute_pay(month.work);
  ASSERT_TRUE(Month::line(result.slips[0], "绩效奖金").error);
  EXPECT_EQ(Month::line(result.slips[0], "绩效奖金").error->code, "decide.refused");
}

TEST(Pay, ACapTakesWhatIsAboveIt) {
  auto facts = base_facts();
  facts.push_back(fact("bank", "", "应发上限", "1499.99"));
  Month month(facts);
  month.add("S1");
  PayResult result = compute_pay(month.work);
  EXPECT_EQ(Month::line(result.slips[0], "封顶扣减").amount, 1);
  EXPECT_EQ(result.slips[0].net(), 149'999);
}

// PAY-604: who stands at the counter is paid for sales and for customers brought to a manager.
TEST(Pay, CounterStaffArePaidForSalesAndReferrals) {
  auto pack = policy::open_pack(std::string(GUANHU_SOURCE_DIR) + "/policies", "sample-counter").value();
  const policy::Scheme* scheme = pack.scheme("柜面营销");
  ASSERT_NE(scheme, nullptr);
  EXPECT_NE(scheme->holder_filter.find("teller"), std::string::npos) << "the appraisal takes them as holders";
  Month month({fact("bank", "", "柜面产品单价", "5"), fact("bank", "", "介绍单价", "30"),
               fact("staff", "T1", "介绍成功户数", "3")});
  month.work.pack = &pack, month.work.plan = read_pay_plan(pack, day("2025-12-31")).value();
  month.add("T1").told.tell("柜面产品销售数", Decimal(12), JsonObject{{"kind", "run"}});
  month.add("T2");
  PayResult result = compute_pay(month.work);
  ASSERT_EQ(result.open(), 0u);
  EXPECT_EQ(result.slips[0].net(), 15'000) << "12 × 5 + 3 × 30";
  EXPECT_EQ(result.slips[1].net(), 0) << "nothing sold, nobody brought";
}

TEST(PayExport, NoCellBeginsAFormula) {
  for (const char* bad : {"=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1"})
    EXPECT_EQ(safe_cell(bad)[0], '\'') << bad;
  EXPECT_EQ(safe_cell("王芳"), "王芳");
  EXPECT_EQ(safe_cell(""), "");
}

class PayRuns : public ::testing::TestWithParam<store::Engine> {
 protected:
  void SetUp() override {
    if (!place_.available()) GTEST_SKIP() << store::testing::kNoPostgres;
    session_ = place_.open();
    const store::ModuleMigrations all[] = {
        {"appraisal", run_migrations()},   {"recorded", recorded_migrations()},   {"run_life", life_migrations()},
        {"deposit", deposit_migrations()}, {"people_facts", people_migrations()}, {"pay", pay_migrations()}};
    ASSERT_TRUE(store::migrate(*session_, all, clock_).ok());
    appraisal::Run run{
        .scheme = "sample/经营业绩", .title = "经营业绩", .period = *base::Period::parse("2025-12")};
    for (const char* id : {"S1", "S2"}) {
      HolderResult one;
      one.id = id, one.name = id == std::string("S1") ? "=王" : "李", one.org = "B1", one.branch = "B1";
      one.total = Decimal(90);
      run.holders.push_back(one);
    }
    run_ = save_run(*session_, run, clock_);
    auto facts = base_facts();
    facts.push_back(fact("bank", "", "奖金池总额", "1000"));
    ASSERT_TRUE(record_facts(*session_, &sample(), facts, hr()).ok());
  }
  void publish() {
    ASSERT_TRUE(appraisal::publish(*session_,
                                   {run_, "business", clock_.now(), day("2026-01-10"), day("2026-01-15"), "x"},
                                   {"executive", clock_.now(), "公布"})
                    .ok());
  }
  PeopleDoing hr() { return {"hr", "H1", clock_.now()}; }
  PeopleDoing chief() { return {"chief", "H2", clock_.now()}; }
  base::Result<int64_t> make(const char* pay_on = "2026-01-20") {
    auto load = load_pay(*session_, sample(), "无", people::Directory::of({}, {}), {run_, day(pay_on), ""});
    if (!load.ok()) return load.error();
    return keep_pay(*session_, **load, compute_pay((*load)->work), hr());
  }

  store::testing::Place place_{GetParam()};
  base::FixedClock clock_{base::Instant{1'700'000'000'000'000}};
  std::unique_ptr<store::Session> session_;
  int64_t run_ = 0;
};

TEST_P(PayRuns, OnlyAPublishedAppraisalIsPaid) {
  EXPECT_EQ(make().error().code, "pay.run.state");
  publish();
  EXPECT_EQ(make("2025-12-30").error().code, "pay.date");
  EXPECT_TRUE(make("2025-12-31").ok());
  auto load =
      load_pay(*session_, sample(), "无", people::Directory::of({}, {}), {run_ + 1, day("2026-01-20"), ""});
  EXPECT_EQ(load.error().code, "pay.run.unknown");
}

TEST_P(PayRuns, FactsThatNoDecisionAsksForAreRefused) {
  auto wrong = fact("staff", "S1", "基本生活保障费", "1");
  EXPECT_EQ(record_facts(*session_, &sample(), {wrong}, hr()).error().code, "fact.name.unknown");
  wrong.name = "基本生活保障", wrong.value = Json(-1);
  EXPECT_EQ(record_facts(*session_, &sample(), {wrong}, hr()).error().code, "fact.value");
  wrong.value = Json(1), wrong.document = " ";
  EXPECT_EQ(record_facts(*session_, &sample(), {wrong}, hr()).error().code, "fact.document");
  EXPECT_EQ(people_facts(*session_, {}).size(), 5u) << "nothing of a refused list is kept";
}

TEST_P(PayRuns, FromDraftToPaid) {
  publish();
  int64_t first = make().value(), id = make().value();
  EXPECT_EQ(pay_runs(*session_, first).at(0).state, "void") << "a draft made anew";
  EXPECT_EQ(mark_paid(*session_, id, "付1", chief()).error().code, "pay.state");
  EXPECT_EQ(approve_pay(*session_, id, " ", chief()).error().code, "pay.reason");
  EXPECT_EQ(approve_pay(*session_, id, "对", hr()).error().code, "pay.self");
  EXPECT_EQ(approve_pay(*session_, id, "对", {"other", "H1", clock_.now()}).error().code, "pay.self")
      << "another login of the same person";
  EXPECT_EQ(approve_pay(*session_, id + 1, "对", chief()).error().code, "pay.unknown");
  ASSERT_TRUE(approve_pay(*session_, id, "核对无误", chief()).ok());
  EXPECT_EQ(make().error().code, "pay.taken");
  EXPECT_EQ(mark_paid(*session_, id, "", chief()).error().code, "pay.document");
  EXPECT_EQ(balance_of(*session_, "S1", "deposit"), 0) << "nothing is withheld before it is paid";
  auto paid = mark_paid(*session_, id, "付1", chief());
  ASSERT_TRUE(paid.ok()) << paid.error().text();
  // 1500 base and 500 of the pool; three tenths of the 500 are withheld.
  EXPECT_EQ(paid->totals.earnings, 400'000);
  EXPECT_EQ(paid->totals.deposit, 30'000);
  EXPECT_EQ(balance_of(*session_, "S1", "deposit"), 15'000);
  EXPECT_TRUE(ledger_faults(*session_).empty());
  EXPECT_EQ(mark_paid(*session_, id, "付2", chief()).error().code, "pay.state") << "not twice";
  EXPECT_EQ(void_pay(*session_, id, "x", chief()).error().code, "pay.state");
  EXPECT_ANY_THROW(session_->exec("UPDATE pay_runs SET state = 'draft'"));
  EXPECT_ANY_THROW(session_->exec("UPDATE pay_slips SET net = 1"));
  EXPECT_EQ(slips_of(*session_, "S1").size(), 1u);
  EXPECT_TRUE(pay_is_whole(*session_, *paid));
}

TEST_P(PayRuns, WhatWasRecordedForTheSchemeNeedsNoSecondRecord) {
  auto put = [&](const char* name, const char* period, const char* from, Json value) {
    Recording one;
    one.name = name, one.subject_kind = "staff", one.subject_id = "S1", one.period = period, one.valid_from = from;
    one.value = std::move(value), one.document = "人字2号";
    session_->transaction([&] { record(*session_, one, "sample 1.0", "hr", clock_); });
  };
  put("绩效系数", "2025-12", "", Json(2));
  put("考核总分", "2025-12", "", Json(1));
  put("应发上限", "2025-11", "", Json(1));
  put("考核扣款额", "", "2026-01-01", Json(9));
  put("基本生活保障", "", "2025-12-17", Json(3100));
  auto people = people_of_run(*session_, run_, "sample/经营业绩", "2025-12");
  ASSERT_EQ(people.size(), 2u);
  EXPECT_EQ(*people[0].told.find("绩效系数")->value.as_number(), Decimal(2));
  EXPECT_EQ(*people[0].told.find("考核总分")->value.as_number(), Decimal(90)) << "the run is believed first";
  EXPECT_EQ(people[0].told.find("应发上限"), nullptr) << "of another period";
  EXPECT_EQ(people[0].told.find("考核扣款额"), nullptr) << "from a later day on";
  EXPECT_EQ(people[1].told.find("绩效系数"), nullptr) << "somebody else's";
  publish();
  auto load = load_pay(*session_, sample(), "无", people::Directory::of({}, {}), {run_, day("2026-01-20"), ""});
  ASSERT_TRUE(load.ok()) << load.error().text();
  PayResult result = compute_pay((*load)->work);
  // 1500 × 16/31 + 3100 × 15/31 = 774.1935... + 1500
  EXPECT_EQ(Month::line(result.slips[0], "基本工资").amount, 227'419) << "the scheme's record counts by its days";
  EXPECT_EQ(Month::line(result.slips[1], "基本工资").amount, 150'000) << "somebody else's";
  // 90 × 2 : 90 × 1 of 1000
  EXPECT_EQ(Month::line(result.slips[0], "绩效奖金").amount, 66'667);
  EXPECT_EQ(Month::line(result.slips[0], "封顶扣减").amount, 0) << "a cap of another period";
  const Json& inputs = Month::line(result.slips[0], "绩效奖金").inputs;
  EXPECT_EQ(*(*inputs.as_array())[1].find("source")->find("kind")->as_string(), "recorded");
}

TEST_P(PayRuns, AnApprovedRunIsSealedSlipBySlip) {
  publish();
  int64_t id = make().value();
  EXPECT_EQ(pay_receipt(*session_, id, "S1").error().code, "pay.unknown") << "a draft has no receipt";
  EXPECT_EQ(slips_for_statement(*session_, "sample/经营业绩", "2025-12", "S1").size(), 0u);
  ASSERT_TRUE(approve_pay(*session_, id, "核对无误", chief()).ok());
  auto receipt = pay_receipt(*session_, id, "S1");
  ASSERT_TRUE(receipt.ok()) << receipt.error().text();
  EXPECT_TRUE(check_receipt(*receipt).ok());
  EXPECT_EQ(receipt->root, pay_root(*session_, id));
  EXPECT_EQ(receipt->of, 2u);
  EXPECT_NE(receipt->text.find("net\t1850.00\n"), std::string::npos) << receipt->text;
  EXPECT_EQ(receipt->text.find("S2"), std::string::npos) << "nobody else's";
  Receipt forged = *receipt;
  forged.text.replace(forged.text.find("1850.00"), 7, "9850.00");
  EXPECT_EQ(check_receipt(forged).error().code, "receipt.leaf");
  EXPECT_EQ(pay_receipt(*session_, id, "S9").error().code, "pay.unknown");
  EXPECT_ANY_THROW(session_->exec("UPDATE pay_leaves SET leaf = 'x'"));
  auto shown = slips_for_statement(*session_, "sample/经营业绩", "2025-12", "S1");
  ASSERT_EQ(shown.size(), 1u);
  EXPECT_EQ(shown[0].grade, "无");
  EXPECT_EQ(slips_for_statement(*session_, "sample/经营业绩", "2025-11", "S1").size(), 0u);
  const std::string page = statement_pay(shown);
  EXPECT_NE(page.find("<td>绩效奖金</td><td>应发</td><td class=\"n\">500.00</td>"), std::string::npos) << page;
  EXPECT_NE(page.find("实发<b>1,850.00</b>"), std::string::npos);
  auto back = read_pay_receipts("<html>" + page + "</html>");
  ASSERT_TRUE(back.ok()) << back.error().text();
  ASSERT_EQ(back->size(), 1u);
  EXPECT_TRUE(check_receipt(back->front()).ok());
  EXPECT_EQ(statement_pay({}), "");
}

TEST_P(PayRuns, StandsBesideTheRunBefore) {
  publish();
  int64_t id = make().value();
  PayRun run = pay_runs(*session_, id).at(0);
  EXPECT_FALSE(pay_run_before(*session_, run)) << "there is none";
  auto now = pay_slips(*session_, id);
  auto was = now;
  was[0].totals.net -= 1, was[0].totals.earnings -= 1;
  for (Json& line : *was[0].slip.as_object()->at(5).second.as_array())
    if (*line.find("line")->as_string() == "绩效奖金") *const_cast<Json*>(line.find("amount")) = Json("499.99");
  was.erase(was.begin() + 1);
  auto all = pay_differences(now, was);
  ASSERT_EQ(all.size(), 2u);
  ASSERT_EQ(all[0].lines.size(), 1u) << "what stayed the same is no difference";
  EXPECT_EQ(all[0].lines[0].line, "绩效奖金");
  EXPECT_EQ(all[0].lines[0].now - all[0].lines[0].was, 1);
  EXPECT_TRUE(all[1].here && !all[1].before) << "somebody new";
  EXPECT_EQ(all[1].was.net, 0);
}

TEST_P(PayRuns, WhatIsOpenIsNotApproved) {
  auto facts = people_facts(*session_, {.name = "基本生活保障"});
  ASSERT_TRUE(withdraw_fact(*session_, facts.at(0).id, "登错", hr()).ok());
  EXPECT_EQ(withdraw_fact(*session_, facts.at(0).id, "登错", hr()).error().code, "fact.withdrawn");
  publish();
  int64_t id = make().value();
  EXPECT_EQ(approve_pay(*session_, id, "对", chief()).error().code, "pay.open");
}

TEST_P(PayRuns, TheFileAddsUpAndHoldsNoFormula) {
  publish();
  int64_t id = make().value();
  PayRun run = pay_runs(*session_, id).at(0);
  PaySheet sheet = pay_sheet(run, pay_slips(*session_, id));
  ASSERT_EQ(sheet.rows.size(), 2u);
  EXPECT_EQ(sheet.head.size(), 3 + sheet.sums.size());
  EXPECT_EQ(sheet.sums.back(), run.totals.net);
  std::string csv = pay_csv(run, sheet);
  EXPECT_EQ(csv.substr(0, 3), "\xEF\xBB\xBF");
  EXPECT_NE(csv.find("\"S1\",\"'=王\",\"B1\""), std::string::npos) << csv;
  EXPECT_NE(csv.find("\"控制合计\",\"2 人\",\"" + run.hash + "\""), std::string::npos);
  EXPECT_NE(csv.find(",3700.00\r\n"), std::string::npos) << csv;
}

TEST_P(PayRuns, SharesOfJointWorkMustBeWhole) {
  JointWork work;
  work.line = "合办业务", work.title = "代发", work.document = "合同", work.on = day("2025-12-01");
  work.input = Json::parse(R"({"数量": 1, "单价": 100})").value();
  work.shares = {{"S1", *Decimal::parse("0.5")}, {"S2", *Decimal::parse("0.49")}};
  EXPECT_EQ(record_joint(*session_, sample(), work, false, hr()).error().code, "joint.shares");
  work.shares[1].weight = *Decimal::parse("0.5");
  work.input = Json::parse(R"({"数量": 1, "价": 100})").value();
  EXPECT_EQ(record_joint(*session_, sample(), work, false, hr()).error().code, "joint.input");
  work.input = Json::parse(R"({"数量": 1, "单价": 100})").value();
  EXPECT_EQ(record_joint(*session_, sample(), work, true, hr()).error().code, "joint.shares") << "half a day";
  work.line = "基本工资";
  EXPECT_EQ(record_joint(*session_, sample(), work, false, hr()).error().code, "joint.line");
  work.line = "合办业务";
  auto made = record_joint(*session_, sample(), work, false, hr());
  ASSERT_TRUE(made.ok()) << made.error().text();
  EXPECT_EQ(joint_work(*session_, "sample-pay", day("2025-12-01"), day("2025-12-01")).size(), 1u);
  EXPECT_EQ(joint_work(*session_, "sample-pay", day("2025-12-02"), {}).size(), 0u);
  ASSERT_TRUE(withdraw_joint(*session_, *made, "重复", hr()).ok());
  EXPECT_EQ(joint_work(*session_, "sample-pay", {}, {}).size(), 0u);
}

INSTANTIATE_TEST_SUITE_P(Engines, PayRuns, ::testing::Values(store::Engine::sqlite, store::Engine::postgres),
                         [](const auto& one) {
                           return one.param == store::Engine::sqlite ? "sqlite" : "postgres";
                         });

}  // namespace
}  // namespace guanhu::appraisal
