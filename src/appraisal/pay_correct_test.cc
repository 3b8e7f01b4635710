// Corrections of pay: nothing where nothing changed, posted once, never below zero, to the fen; the ledger
// follows.
#include <gtest/gtest.h>

#include <map>

#include "appraisal/deposit_ledger.h"
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
  // The base was 1,600 in December and nobody knew.
  void raise_december() {
    record({fact("bank", "", "基本生活保障", "1600", "2025-12-01", "2025-12-31"),
            fact("bank", "", "基本生活保障", "1500", "2026-01-01")});
  }

  store::testing::Place place_{GetParam()};
  base::FixedClock clock_{base::Instant{1'700'000'000'000'000}};
  std::unique_ptr<store::Session> session_;
  OpenPayBook open_ = book;
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

INSTANTIATE_TEST_SUITE_P(Engines, PayCorrected, ::testing::Values(store::Engine::sqlite, store::Engine::postgres),
                         [](const auto& one) {
                           return one.param == store::Engine::sqlite ? "sqlite" : "postgres";
                         });

}  // namespace
}  // namespace guanhu::appraisal
