// Corrections of pay: nothing where nothing changed, posted once, never below zero, to the fen; the ledger
// follows.
#include <gtest/gtest.h>

#include <map>

#include "appraisal/deposit_ledger.h"
#include "appraisal/grade_proposals.h"
#include "appraisal/life.h"
#include "appraisal/pay_compare.h"
#include "appraisal/pay_runs.h"
#include "appraisal/recorded.h"
#include "policy/load.h"
#include "store/testing.h"

namespace guanhu::appraisal {
namespace {

using base::Date;
using base::Decimal;
using base::Fen;
using base::Json;

constexpr const char* kScheme = "sample/经营业绩";

Date day(const std::string& text) { return Date::parse(text).value(); }

std::shared_ptr<const policy::Pack> sample() {
  static const auto pack = std::make_shared<const policy::Pack>(
      policy::open_pack(std::string(GUANHU_SOURCE_DIR) + "/policies", "sample-pay").value());
  return pack;
}

PeopleFact fact(const std::string& of, const std::string& subject, const std::string& name, const char* value,
                const char* from = "2025-01-01", const char* to = nullptr) {
  PeopleFact out;
  out.of = of, out.subject = subject, out.kind = "pay", out.name = name, out.document = "人字1号";
  out.value = Json::parse(value).value(), out.from = day(from);
  if (to) out.to = day(to);
  return out;
}

// Two people with equal totals, a base of 1,500 and a pool of 1,000 a month; three tenths of the bonus are
// withheld.
class PayCorrected : public ::testing::TestWithParam<store::Engine> {
 protected:
  void SetUp() override {
    if (!place_.available()) GTEST_SKIP() << store::testing::kNoPostgres;
    session_ = place_.open();
    const store::ModuleMigrations all[] = {
        {"appraisal", run_migrations()},   {"recorded", recorded_migrations()},   {"run_life", life_migrations()},
        {"deposit", deposit_migrations()}, {"people_facts", people_migrations()}, {"pay", pay_migrations()}};
    ASSERT_TRUE(store::migrate(*session_, all, clock_).ok());
    record({fact("bank", "", "岗位薪酬基数", "3000"),
            fact("bank", "", "岗位系数表", R"({"一级": 1.5, "二级": 1.2, "三级": 1})"),
            fact("bank", "", "补助表", R"({"一级": 800, "二级": 500, "三级": 300})"),
            fact("bank", "", "基本生活保障", "1500"), fact("bank", "", "奖金池总额", "1000")});
    december_ = appraise("2025-12", {{"S1", 90}, {"S2", 90}});
  }
  PeopleDoing hr() { return {"hr", "H1", clock_.now()}; }
  PeopleDoing chief() { return {"chief", "H2", clock_.now()}; }
  void record(const std::vector<PeopleFact>& facts) {
    auto status = record_facts(*session_, sample().get(), facts, hr());
    ASSERT_TRUE(status.ok()) << status.error().text();
  }
  // An appraisal that is published, in place of the one before of its period.
  int64_t appraise(const char* period, const std::map<std::string, int>& totals) {
    appraisal::Run run{.scheme = kScheme, .title = "经营业绩", .period = *base::Period::parse(period)};
    for (const auto& [id, total] : totals) {
      HolderResult one;
      one.id = id, one.name = "人" + id, one.org = one.branch = "B1", one.total = Decimal(total);
      run.holders.push_back(one);
    }
    const int64_t id = save_run(*session_, run, clock_);
    auto shown = publish(*session_, {id, "business", clock_.now(), day("2026-06-10"), day("2026-06-15"), "x"},
                         {"executive", clock_.now(), "公布"});
    EXPECT_TRUE(shown.ok()) << (shown.ok() ? "" : shown.error().text());
    return id;
  }
  static base::Result<PayBook> book(const PayRun&) { return PayBook{sample(), "无"}; }
  base::Result<int64_t> make(int64_t run, const char* pay_on) {
    const auto nobody = people::Directory::of({}, {});
    auto load = load_pay(*session_, *sample(), "无", nobody, {run, day(pay_on), ""});
    if (!load.ok()) return load.error();
    PayResult result = compute_pay((*load)->work);
    PayCorrections due = corrections_due(*session_, nobody, sample()->id, (*load)->scheme, (*load)->period, open_);
    post_corrections(result, due);
    return keep_pay(*session_, **load, result, hr(), due);
  }
  PayRun pay(int64_t run, const char* pay_on) {
    const int64_t id = make(run, pay_on).value();
    auto approved = approve_pay(*session_, id, "核对无误", chief());
    EXPECT_TRUE(approved.ok()) << (approved.ok() ? "" : approved.error().text());
    auto paid = mark_paid(*session_, id, "付" + std::to_string(id), chief());
    EXPECT_TRUE(paid.ok()) << (paid.ok() ? "" : paid.error().text());
    return pay_runs(*session_, id).at(0);
  }
  Fen line(int64_t pay_id, const std::string& staff, const std::string& name) {
    auto slips = pay_slips(*session_, pay_id, staff);
    if (slips.empty()) return -1;
    for (const Json& one : *slips[0].slip.find("lines")->as_array())
      if (*one.find("line")->as_string() == name) return base::parse_fen(*one.find("amount")->as_string()).value();
    return 0;
  }
  // The earlier runs that are worked out again for the appraisal's pay, by their packs: "1 3 ".
  std::string opened_for(int64_t run) {
    std::string out;
    OpenPayBook open = [&](const PayRun& one) {
      out += (out.empty() ? "" : " ") + std::to_string(one.id);
      return book(one);
    };
    const auto directory = people::Directory::of({}, staff_of());
    auto load = load_pay(*session_, *sample(), "无", directory, {run, day("2026-12-31"), ""});
    if (!load.ok()) return load.error().text();
    corrections_due(*session_, directory, sample()->id, (*load)->scheme, (*load)->period, open);
    return out;
  }
  std::vector<people::Staff> staff_of() const {
    std::vector<people::Staff> out;
    for (const auto& one : staff_) {
      people::Staff person;
      person.id = one.id, person.org = one.org, person.hired = one.hired;
      out.push_back(person);
    }
    return out;
  }
  std::string rows_of_corrections() {
    std::string out;
    for (const char* table : {"pay_corrections", "pay_corrected_slips", "pay_corrected_months"})
      out += (out.empty() ? "" : " ") +
             std::to_string(session_->query(std::string("SELECT count(*) FROM ") + table).at(0).integer(0));
    return out;
  }
  // S1 gets a grade.
  void grade(const char* name, const char* from) {
    GradePerson person;
    person.id = "S1", person.name = "人S1", person.org = person.branch = "B1";
    auto proposed =
        propose_grade(*session_, *sample(), {person, name, "", day(from), "评定", "人字9号", {}}, hr());
    ASSERT_TRUE(proposed.ok()) << proposed.error().text();
    auto decided =
        decide_grade(*session_, {*proposed, true, "评定小组意见", "人字9号", {}, {"人力资源"}}, {}, chief());
    ASSERT_TRUE(decided.ok()) << decided.error().text();
  }
  int64_t joint(const char* on) {
    JointWork work;
    work.line = "合办业务", work.title = "合办", work.document = "约定1号", work.on = day(on);
    work.input = Json::parse(R"({"数量": 1, "单价": 100})").value();
    work.shares = {{"S1", *Decimal::parse("0.5")}, {"S2", *Decimal::parse("0.5")}};
    auto made = record_joint(*session_, *sample(), work, false, hr());
    EXPECT_TRUE(made.ok()) << (made.ok() ? "" : made.error().text());
    return made.ok() ? *made : 0;
  }
  // The base was 1,600 in December and nobody knew.
  void raise_december() {
    record({fact("bank", "", "基本生活保障", "1600", "2025-12-01", "2025-12-31"),
            fact("bank", "", "基本生活保障", "1500", "2026-01-01")});
  }

  store::testing::Place place_{GetParam()};
  base::FixedClock clock_{base::Instant{1'700'000'000'000'000}};
  std::unique_ptr<store::Session> session_;
  OpenPayBook open_ = book;
  struct Came {
    std::string id, org;
    Date hired;
  };
  std::vector<Came> staff_;  // of whom it is known when they came
  int64_t december_ = 0;
};

TEST_P(PayCorrected, WhereNothingChangedNoLineIsAdded) {
  pay(december_, "2026-01-10");
  const int64_t january = appraise("2026-01", {{"S1", 90}, {"S2", 90}});
  const int64_t id = make(january, "2026-02-10").value();
  EXPECT_EQ(pay_slips(*session_, id).at(0).slip.find("lines")->as_array()->size(), 9u);
  EXPECT_TRUE(posted_by(*session_, id).empty());
  EXPECT_TRUE(pay_runs(*session_, id).at(0).summary.find("notes")->as_array()->empty());
}

TEST_P(PayCorrected, ALateFactIsMadeGoodOnceInTheNextRun) {
  const PayRun december = pay(december_, "2026-01-10");
  raise_december();
  const int64_t first = appraise("2026-01", {{"S1", 90}, {"S2", 90}});
  const PayRun january = pay(first, "2026-02-10");
  EXPECT_EQ(line(january.id, "S1", "基本工资"), 150'000);
  EXPECT_EQ(line(january.id, "S1", kPaidLater), 10'000);
  // 1,500 + 500 + 100 less three tenths of the bonus.
  EXPECT_EQ(pay_slips(*session_, january.id, "S1").at(0).totals.net, 195'000);
  EXPECT_TRUE(pay_is_whole(*session_, january));
  auto posted = posted_by(*session_, january.id);
  ASSERT_EQ(posted.size(), 2u);
  EXPECT_EQ(posted[0].piece.run, december.id);
  EXPECT_EQ(posted[0].piece.line, "基本工资");
  EXPECT_EQ(posted[0].piece.was + posted[0].piece.amount, posted[0].piece.now) << "to the fen";
  const Json slip = *corrected_slip(*session_, january.id, december.id, "S1");
  EXPECT_NE(slip.dump().find("1600.00"), std::string::npos) << "what it ought to have been is kept";
  const Json part = pay_slips(*session_, january.id, "S1").at(0).slip.find("lines")->as_array()->back();
  EXPECT_NE(part.dump().find("\"name\": \"基本生活保障\""), std::string::npos)
      << "the cause is named: " << part.dump();
  // The control file has the column, and the sums.
  PaySheet sheet = pay_sheet(january, pay_slips(*session_, january.id));
  EXPECT_EQ(std::count(sheet.head.begin(), sheet.head.end(), kPaidLater), 1);
  EXPECT_EQ(sheet.sums.back(), january.totals.net);
  // Not once more.
  const int64_t second = appraise("2026-02", {{"S1", 90}, {"S2", 90}});
  EXPECT_TRUE(posted_by(*session_, make(second, "2026-03-10").value()).empty());
  EXPECT_ANY_THROW(session_->exec("UPDATE pay_corrections SET amount = 1"));
  EXPECT_ANY_THROW(session_->exec("DELETE FROM pay_corrected_slips"));
}

TEST_P(PayCorrected, ADisputeMovesTheBonusOfBothAndTheLedgerFollows) {
  const PayRun december = pay(december_, "2026-01-10");
  EXPECT_EQ(balance_of(*session_, "S2", "deposit"), 15'000);
  // 100 : 90 of 1,000 is 526.32 and 473.68; three tenths of it 157.90 and 142.10.
  const int64_t corrected = appraise("2025-12", {{"S1", 100}, {"S2", 90}});
  const int64_t first = appraise("2026-01", {{"S1", 90}, {"S2", 90}});
  const PayRun january = pay(first, "2026-02-10");
  EXPECT_EQ(line(january.id, "S1", kPaidLater), 2'632);
  EXPECT_EQ(line(january.id, "S1", kTakenBack), 0);
  EXPECT_EQ(line(january.id, "S2", kTakenBack), 2'632);
  EXPECT_EQ(line(january.id, "S1", kDepositCorrected), -line(january.id, "S2", kDepositCorrected));
  EXPECT_EQ(line(january.id, "S1", kDepositCorrected), 790);
  EXPECT_EQ(balance_of(*session_, "S2", "deposit"), 15'000 + 15'000 - 790);
  EXPECT_TRUE(ledger_faults(*session_).empty());
  EXPECT_EQ(january.totals.earnings - january.totals.deductions, 400'000) << "the pool is the same pool";
  std::map<std::string, Fen> in_all;
  for (const PostedPiece& one : posted_for(*session_, december.id)) in_all[one.piece.line] += one.piece.amount;
  EXPECT_EQ(in_all.at("绩效奖金"), 0);
  auto now = pay_by_now(*session_, people::Directory::of({}, {}), december, *book(december));
  ASSERT_TRUE(now.ok());
  EXPECT_EQ(now->appraisal, corrected);
  std::vector<base::Error> notes;
  EXPECT_TRUE(pay_due(*session_, december, *now, notes).empty()) << "nothing is due any more";
}

TEST_P(PayCorrected, AVoidRunCountsForNothingAndWhatIsCorrectedIsNotVoided) {
  const int64_t first = make(december_, "2026-01-10").value();
  ASSERT_TRUE(approve_pay(*session_, first, "核对无误", chief()).ok());
  raise_december();
  const int64_t january = appraise("2026-01", {{"S1", 90}, {"S2", 90}});
  const int64_t february = appraise("2026-02", {{"S1", 90}, {"S2", 90}});
  const int64_t one = make(january, "2026-02-10").value(), other = make(february, "2026-03-10").value();
  EXPECT_EQ(posted_by(*session_, one).size(), 2u);
  EXPECT_EQ(posted_by(*session_, other).size(), 2u) << "a draft makes nothing good";
  ASSERT_TRUE(approve_pay(*session_, one, "核对无误", chief()).ok());
  EXPECT_EQ(approve_pay(*session_, other, "核对无误", chief()).error().code, "pay.corrected") << "twice";
  EXPECT_EQ(void_pay(*session_, first, "错", chief()).error().code, "pay.corrected");
  ASSERT_TRUE(void_pay(*session_, one, "错", chief()).ok());
  EXPECT_EQ(corrected_by(*session_, first), 0);
  ASSERT_TRUE(approve_pay(*session_, other, "核对无误", chief()).ok());
  ASSERT_TRUE(void_pay(*session_, other, "错", chief()).ok());
  const int64_t again = make(january, "2026-02-10").value();
  ASSERT_TRUE(void_pay(*session_, first, "错", chief()).ok());
  EXPECT_EQ(approve_pay(*session_, again, "核对无误", chief()).error().code, "pay.corrected")
      << "what was corrected was never paid";
}

TEST_P(PayCorrected, NobodyFallsBelowZeroAndTheRestStaysDue) {
  record({fact("staff", "S2", "考核扣款额", "0", "2025-12-01", "2025-12-31")});
  pay(december_, "2026-01-10");
  // 3,000 ought to have been taken off in December; there was so much then only by mistake.
  record({fact("staff", "S2", "考核扣款额", "1900", "2025-12-02", "2025-12-31"),
          fact("staff", "S2", "考核扣款额", "1800", "2026-01-01", "2026-01-31")});
  const int64_t january = appraise("2026-01", {{"S1", 90}, {"S2", 90}});
  const PayRun run = pay(january, "2026-02-10");
  // 1,500 + 500 − 150 − 1,800 = 50 is all there is.
  EXPECT_EQ(line(run.id, "S2", kTakenBack), 5'000);
  EXPECT_EQ(pay_slips(*session_, run.id, "S2").at(0).totals.net, 0);
  const int64_t february = appraise("2026-02", {{"S1", 90}, {"S2", 90}});
  const PayRun next = pay(february, "2026-03-10");
  EXPECT_EQ(line(next.id, "S2", kTakenBack), 185'000) << "the rest, as far as 1,850 go";
  auto posted = posted_for(*session_, posted_by(*session_, run.id).at(0).piece.run);
  ASSERT_EQ(posted.size(), 2u);
  EXPECT_EQ(posted[0].piece.amount + posted[1].piece.amount, 190'000);
  EXPECT_EQ(posted[1].piece.posted, 5'000);
}

TEST_P(PayCorrected, WhoHasLeftGetsASlipForItAloneAndOwesNothingOutOfNothing) {
  pay(december_, "2026-01-10");
  raise_december();
  const int64_t january = appraise("2026-01", {{"S1", 90}});
  const int64_t id = make(january, "2026-02-10").value();
  ASSERT_EQ(pay_slips(*session_, id, "S2").size(), 1u);
  EXPECT_EQ(pay_slips(*session_, id, "S2").at(0).totals.net, 10'000);
  EXPECT_EQ(pay_slips(*session_, id, "S2").at(0).slip.find("lines")->as_array()->size(), 1u);
  // The other way round: too much was paid, and there is no pay to take it from.
  record({fact("bank", "", "基本生活保障", "1400", "2025-12-02", "2025-12-31")});
  const int64_t again = make(january, "2026-02-10").value();
  EXPECT_TRUE(pay_slips(*session_, again, "S2").empty());
  EXPECT_GT(line(again, "S1", kTakenBack), 0);
}

TEST_P(PayCorrected, WhatCannotBeWorkedOutIsNotedAndCorrectsNothing) {
  const PayRun december = pay(december_, "2026-01-10");
  auto base_pay = people_facts(*session_, {.name = "基本生活保障"});
  ASSERT_TRUE(withdraw_fact(*session_, base_pay.at(0).id, "登错", hr()).ok());
  record({fact("bank", "", "基本生活保障", "1500", "2026-01-01")});
  const int64_t january = appraise("2026-01", {{"S1", 90}, {"S2", 90}});
  const int64_t id = make(january, "2026-02-10").value();
  const PayRun run = pay_runs(*session_, id).at(0);
  EXPECT_EQ(line(id, "S1", kTakenBack), 0) << "what is missing is no zero";
  ASSERT_EQ(run.summary.find("notes")->as_array()->size(), 2u);
  EXPECT_NE(run.summary.dump().find("基本工资"), std::string::npos);
  EXPECT_EQ(run.open, 0) << "the run itself is whole";
  // A pack that is nowhere any more is said, too.
  open_ = [](const PayRun&) -> base::Result<PayBook> { return base::Error{"life.pack", "找不到", "", ""}; };
  const PayRun other = pay_runs(*session_, make(january, "2026-02-10").value()).at(0);
  EXPECT_NE(other.summary.dump().find("找不到"), std::string::npos);
  EXPECT_TRUE(pay_is_whole(*session_, december));
}

// PAY-306: what nothing touched is not worked out again: its pack is not even opened, and no row is written.
TEST_P(PayCorrected, MonthsThatNothingTouchedAreNotWorkedOutAgain) {
  const PayRun december = pay(december_, "2026-01-10");
  const PayRun january = pay(appraise("2026-01", {{"S1", 90}, {"S2", 90}}), "2026-02-10");
  const PayRun february = pay(appraise("2026-02", {{"S1", 90}, {"S2", 90}}), "2026-03-10");
  const int64_t march = appraise("2026-03", {{"S1", 90}, {"S2", 90}});
  EXPECT_EQ(opened_for(march), "") << "three months, none of them opened";
  EXPECT_EQ(rows_of_corrections(), "0 0 0");
  // One person's base of January became known late.
  record({fact("staff", "S1", "基本生活保障", "1700", "2026-01-01", "2026-01-31")});
  EXPECT_EQ(opened_for(march), std::to_string(january.id));
  const PayRun paid = pay(march, "2026-04-10");
  EXPECT_EQ(paid.summary.find("untouched")->dump(), "2");
  auto posted = posted_by(*session_, paid.id);
  ASSERT_EQ(posted.size(), 1u) << "one month, one person, one line";
  EXPECT_EQ(posted[0].piece.run, january.id);
  EXPECT_EQ(posted[0].staff, "S1");
  EXPECT_EQ(posted[0].piece.amount, 20'000);
  EXPECT_EQ(rows_of_corrections(), "1 1 1");
  EXPECT_EQ(line(paid.id, "S2", kPaidLater), 0);
  EXPECT_TRUE(ledger_faults(*session_).empty());
  EXPECT_EQ(balance_of(*session_, "S1", "deposit"), 4 * 15'000);
  // Put right is untouched again, until something else is known of it.
  const int64_t april = appraise("2026-04", {{"S1", 90}, {"S2", 90}});
  EXPECT_EQ(opened_for(april), "");
  record({fact("staff", "S2", "基本生活保障", "1400", "2026-01-31", "2026-01-31")});
  EXPECT_EQ(opened_for(april), std::to_string(january.id)) << "a single day of it";
  EXPECT_ANY_THROW(session_->exec("UPDATE pay_inputs SET digest = ''"));
  EXPECT_ANY_THROW(session_->exec("DELETE FROM pay_corrected_months"));
  EXPECT_NE(december.id, february.id);
}

TEST_P(PayCorrected, WhatBeginsAfterTheMonthTouchesItNotAndWhatHoldsOnItsDaysDoes) {
  const std::string december = std::to_string(pay(december_, "2026-01-10").id);
  const int64_t january = appraise("2026-01", {{"S1", 90}, {"S2", 90}});
  grade("三级", "2026-01-01");
  record({fact("staff", "S1", "基本生活保障", "1700", "2026-01-01")});
  joint("2026-01-01");
  EXPECT_EQ(opened_for(january), "") << "the day after its last";
  const int64_t work = joint("2025-12-31");
  EXPECT_EQ(opened_for(january), december) << "work done together";
  ASSERT_TRUE(withdraw_joint(*session_, work, "重复", hr()).ok());
  EXPECT_EQ(opened_for(january), "") << "withdrawn is as if it had never been";
  record({fact("staff", "S2", "基本生活保障", "1700", "2025-12-31", "2025-12-31")});
  EXPECT_EQ(opened_for(january), december) << "its last day";
  ASSERT_TRUE(withdraw_fact(*session_, people_facts(*session_, {.subject = "S2"}).at(0).id, "登错", hr()).ok());
  EXPECT_EQ(opened_for(january), "");
  staff_ = {{"S1", "B1", day("2025-12-02")}};
  EXPECT_EQ(opened_for(january), december) << "came in the month, which is known only now";
  staff_ = {};
  appraise("2025-12", {{"S1", 91}, {"S2", 90}});
  EXPECT_EQ(opened_for(january), december) << "another appraisal counts";
}

TEST_P(PayCorrected, AGradeThatHeldInTheMonthTouchesIt) {
  const std::string december = std::to_string(pay(december_, "2026-01-10").id);
  const int64_t january = appraise("2026-01", {{"S1", 90}, {"S2", 90}});
  grade("三级", "2025-12-31");
  EXPECT_EQ(opened_for(january), december);
  const PayRun run = pay(january, "2026-02-10");
  // 3,000 × 1 + 300 for one day of 31.
  EXPECT_EQ(line(run.id, "S1", kPaidLater), 10'645);
}

TEST_P(PayCorrected, AMonthIsOpenWhileSomethingStaysDueOrItsCorrectionIsVoid) {
  const std::string december = std::to_string(pay(december_, "2026-01-10").id);
  raise_december();
  const int64_t january = appraise("2026-01", {{"S1", 90}, {"S2", 90}});
  const int64_t first = make(january, "2026-02-10").value();
  ASSERT_TRUE(approve_pay(*session_, first, "核对无误", chief()).ok());
  const int64_t february = appraise("2026-02", {{"S1", 90}, {"S2", 90}});
  EXPECT_EQ(opened_for(february), "");
  ASSERT_TRUE(void_pay(*session_, first, "错", chief()).ok());
  EXPECT_EQ(opened_for(february), december) << "nothing made it good";
  // More is to be taken back than one month's pay: some of it stays.
  record({fact("staff", "S2", "考核扣款额", "0", "2026-02-01"),
          fact("staff", "S2", "考核扣款额", "1900", "2025-12-02", "2025-12-31"),
          fact("staff", "S2", "考核扣款额", "1800", "2026-01-01", "2026-01-31")});
  const PayRun second = pay(january, "2026-02-10");
  EXPECT_EQ(pay_slips(*session_, second.id, "S2").at(0).totals.net, 0);
  EXPECT_NE(opened_for(february).find(december), std::string::npos) << "the rest of it is still due";
  const PayRun third = pay(february, "2026-03-10");
  EXPECT_EQ(line(second.id, "S2", kTakenBack), 15'000) << "50 of January and the 100 of December";
  EXPECT_EQ(line(third.id, "S2", kTakenBack), 175'000);
  EXPECT_TRUE(ledger_faults(*session_).empty());
  const int64_t march = appraise("2026-03", {{"S1", 90}, {"S2", 90}});
  EXPECT_EQ(opened_for(march), "") << "all of it is made good";
}

INSTANTIATE_TEST_SUITE_P(Engines, PayCorrected, ::testing::Values(store::Engine::sqlite, store::Engine::postgres),
                         [](const auto& one) {
                           return one.param == store::Engine::sqlite ? "sqlite" : "postgres";
                         });

}  // namespace
}  // namespace guanhu::appraisal
