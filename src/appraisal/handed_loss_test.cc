// A loss on a loan that was handed over draws on the deposits of everybody who bears a part of it. RDP-601,
// ARC-305
#include "appraisal/handed_loss.h"

#include <gtest/gtest.h>

#include "appraisal/deposit_testing.h"
#include "policy/load.h"

namespace guanhu::appraisal {
namespace {

using base::Date;
using base::Decimal;
using base::Fen;
using base::Json;
using base::JsonObject;

Date day(const char* text) { return Date::parse(text).value(); }
Decimal d(const char* text) { return *Decimal::parse(text); }

const policy::Pack& sample_pay() {
  static const policy::Pack pack =
      policy::open_pack(std::string(GUANHU_SOURCE_DIR) + "/policies", "sample-pay").value();
  return pack;
}

class Handed : public testing::DepositBank {
 protected:
  // As a signed hand-over leaves it.
  void hand_over(const char* giver, const char* taker, const char* on, int giver_share) {
    records::Record record;
    record.kind = attribution::kHandoverKind, record.state = "done", record.title = "移交", record.day = day(on);
    record.body = JsonObject{{"giver", giver}, {"taker", taker}, {"witness", "W"}};
    auto made = records::write(*session_, {record, "handover.done"}, {"w", clock_.now()});
    ASSERT_TRUE(made.ok()) << made.error().text();
    for (const auto& [staff, share] : {std::pair{giver, giver_share}, {taker, 10'000 - giver_share}})
      session_->exec(
          "INSERT INTO liability_shares (loan, handover, staff_id, share, from_day, policy, why, at)"
          " VALUES ('L1', ?, ?, ?, ?, 'assignment/handover-liability', '关注', '2025-01-01')",
          {made->id, std::string(staff), int64_t{share}, std::string(on)});
  }
  base::Result<int64_t> draw(Fen loss, std::vector<Liable> liable, const char* on = "2025-12-31",
                             bool apart = false) {
    return propose_draw(*session_, sample_pay(), loss, liable, {day(on), "L1", "认定1号", "按办法"},
                        by("risk", "R1"), apart);
  }
  static std::vector<Liable> found(const char* manager, const char* part = "0.7", const char* rest = "0.3") {
    return {{manager, "客户经理", d(part)}, {"D", "部门信贷经理", d(rest)}};
  }
  std::string shares(const char* on) {
    auto loan = handed_loan(*session_, "L1", day(on));
    if (!loan.ok()) return loan.error().code;
    std::string out;
    for (const auto& one : loan->shares) out += one.staff + " " + one.share.str() + " ";
    return out;
  }
  std::string lines(int64_t id) {
    std::string out;
    const auto orders = deposit_orders(*session_, id);
    for (const auto& one : orders.front().lines) out += one.staff + " " + std::to_string(one.due) + " ";
    return out;
  }
};

TEST_P(Handed, ALoanThatNeverChangedHandsIsDrawnAsFound) {
  EXPECT_EQ(shares("2025-12-31"), "");
  EXPECT_EQ(lines(draw(1'000, found("A")).value()), "A 700 D 300 ");
}

TEST_P(Handed, CountsFromTheDayOfTheHandOver) {
  hand_over("A", "B", "2025-06-30", 3'000);
  EXPECT_EQ(shares("2025-06-29"), "");
  EXPECT_EQ(shares("2025-06-30"), "A 0.3 B 0.7 ");
  EXPECT_EQ(lines(draw(1'000, found("A"), "2025-06-29").value()), "A 700 D 300 ");
  EXPECT_EQ(lines(draw(1'000, found("A"), "2025-06-30").value()), "A 210 B 490 D 300 ");
}

TEST_P(Handed, WhoNeverHadTheLoanIsRefusedUnlessItWasFoundOtherwise) {
  hand_over("A", "B", "2025-06-30", 3'000);
  auto refused = draw(1'000, found("C"));
  EXPECT_EQ(refused.error().code, "order.handover");
  EXPECT_NE(refused.error().message.find("A 30%、B 70%"), std::string::npos) << refused.error().message;
  EXPECT_EQ(draw(1'000, {{"D", "部门信贷经理", 1}}).error().code, "order.handover") << "nobody of them is named";
  std::vector<Liable> twice = {{"A", "客户经理", d("0.7")}, {"B", "部门信贷经理", d("0.3")}};
  EXPECT_EQ(draw(1'000, twice).error().code, "order.shares") << "B would bear two parts";
  auto id = draw(1'000, found("C"), "2025-12-31", true);
  ASSERT_TRUE(id.ok()) << id.error().text();
  EXPECT_EQ(lines(*id), "C 700 D 300 ");
  const Json basis = deposit_orders(*session_, *id).front().basis;
  EXPECT_TRUE(*basis.find("handover")->find("apart")->as_bool()) << "it is kept that the hand-over says otherwise";
}

TEST_P(Handed, SharesGoToTheFenByTheLargestRemainder) {
  hand_over("A", "B", "2025-06-30", 3'333);
  for (Fen loss : {Fen{1}, Fen{2}, Fen{3}, Fen{10'001}, Fen{99'999'999}}) {
    auto order = deposit_orders(*session_, draw(loss, found("B", "0.5", "0.5")).value()).front();
    Fen sum = 0;
    for (const auto& one : order.lines) sum += one.due;
    EXPECT_EQ(sum, loss);
    EXPECT_EQ(order.amount, loss);
  }
  // 10,001 fen: A 1,666.66665, B 3,333.83335, D 5,000.5: two remainders, to B and A.
  EXPECT_EQ(lines(draw(10'001, found("B", "0.5", "0.5")).value()), "A 1667 B 3334 D 5000 ");
}

TEST_P(Handed, ALaterHandOverSharesOnlyWhatItsGiverBears) {
  hand_over("A", "B", "2025-03-31", 6'000);
  hand_over("B", "C", "2025-06-30", 5'000);
  EXPECT_EQ(shares("2025-06-29"), "A 0.6 B 0.4 ");
  EXPECT_EQ(shares("2025-06-30"), "A 0.6 B 0.2 C 0.2 ") << "A's part stays";
  EXPECT_EQ(lines(draw(1'000, found("C", "0.5", "0.5")).value()), "A 300 B 100 C 100 D 500 ");
  hand_over("C", "A", "2025-09-30", 0);
  EXPECT_EQ(shares("2025-09-30"), "A 0.8 B 0.2 C 0 ") << "it came back to the first";
  EXPECT_EQ(lines(draw(1'000, found("C", "0.5", "0.5")).value()), "A 400 B 100 D 500 ");
  hand_over("X", "Y", "2025-10-31", 5'000);
  EXPECT_EQ(shares("2025-10-30"), "A 0.8 B 0.2 C 0 ");
  EXPECT_EQ(shares("2025-10-31"), "order.handover") << "nobody knows how X came to it";
  EXPECT_EQ(draw(1'000, found("A")).error().code, "order.handover");
  EXPECT_TRUE(draw(1'000, found("A"), "2025-12-31", true).ok()) << "a person says who answers";
}

TEST_P(Handed, ADepositTooSmallGivesAllOfItAndTheRestStaysOwed) {
  hand_over("A", "B", "2025-06-30", 3'000);
  withhold("A", 209, "2025-01-31"), withhold("B", 490, "2025-01-31");
  auto booked = decide_order(*session_, draw(1'000, found("B")).value(), true, "属实", by("hr", "H1"));
  ASSERT_TRUE(booked.ok()) << booked.error().text();
  ASSERT_EQ(booked->lines.size(), 3u);
  EXPECT_EQ(booked->lines[0].booked, 209) << "A owed 210";
  EXPECT_EQ(booked->lines[0].short_of, 1);
  EXPECT_EQ(booked->lines[1].booked, 490) << "exactly what is there";
  EXPECT_EQ(booked->lines[1].short_of, 0);
  EXPECT_EQ(booked->lines[2].booked, 0);
  EXPECT_EQ(booked->lines[2].short_of, 300);
  EXPECT_EQ(balance_of(*session_, "A", "deposit"), 0);
  EXPECT_TRUE(ledger_faults(*session_).empty());
  const Json handover = *booked->basis.find("handover");
  EXPECT_EQ(*handover.find("part")->as_string(), "0.7");
  EXPECT_EQ(*handover.find("steps")->as_array()->front().find("policy")->as_string(),
            "assignment/handover-liability");
  EXPECT_EQ(decide_order(*session_, draw(1'000, found("B")).value(), true, "x", by("a", "A")).error().code,
            "order.self")
      << "whose money it is does not decide, also where only the hand-over names him";
}

INSTANTIATE_TEST_SUITE_P(Engines, Handed, ::testing::Values(store::Engine::sqlite, store::Engine::postgres),
                         [](const auto& one) {
                           return one.param == store::Engine::sqlite ? "sqlite" : "postgres";
                         });

}  // namespace
}  // namespace guanhu::appraisal
