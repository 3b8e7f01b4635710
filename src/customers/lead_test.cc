#include "customers/lead.h"

#include <gtest/gtest.h>

#include "customers/campaign.h"
#include "customers/lead_product.h"
#include "customers/visit_device.h"
#include "store/testing.h"

namespace guanhu::customers {
namespace {

using base::Date;
using base::Instant;
using base::Json;
using base::JsonObject;
using records::Record;
using store::Engine;

constexpr Instant kNow{1'767'168'000'000'000};  // 2025-12-31T08:00:00Z
Date day(const char* text) { return Date::parse(text).value(); }

class Leads : public ::testing::TestWithParam<Engine> {
 protected:
  void SetUp() override {
    if (!place_.available()) GTEST_SKIP() << store::testing::kNoPostgres;
    session_ = place_.open();
    base::FixedClock clock(kNow);
    const store::ModuleMigrations all[] = {
        {"records", records::migrations()}, {"field", visit_migrations()}, {"leads", lead_migrations()}};
    ASSERT_TRUE(store::migrate(*session_, all, clock).ok());
  }
  records::Doing doing(const char* login = "zhang") {
    return {login, kNow, [this](const Record&, const std::string& action) { heard_ += action + " "; }};
  }
  static Lead lead() {
    Lead out;
    out.name = "李 四", out.phone = "sealed-1", out.source = "陌生拜访", out.product = "定期存款";
    out.amount = 5'000'000, out.next_step = "打电话", out.next_day = day("2026-01-02");
    return out;
  }
  Record noted(const Lead& of = lead(), const char* owner = "") {
    auto out = note_lead(*session_, {of, owner, "B01", *owner ? "已分派" : "收到", day("2025-12-31")}, doing());
    EXPECT_TRUE(out.ok()) << out.error().text();
    return *out;
  }
  std::string refused(const Lead& of) {
    auto out = note_lead(*session_, {of, "", "B01", "收到", day("2025-12-31")}, doing());
    return out.ok() ? "" : out.error().code + " " + out.error().where;
  }
  LeadRow row() { return lead_rows(*session_).back(); }

  store::testing::Place place_{GetParam()};
  std::unique_ptr<store::Session> session_;
  std::string heard_;
};

TEST_P(Leads, WhatIsNoLeadIsRefusedAtItsField) {
  const auto with = [](auto change) {
    Lead out = lead();
    change(out);
    return out;
  };
  EXPECT_EQ(refused(with([](Lead& of) { of.name = " "; })), "lead.who name");
  EXPECT_EQ(refused(with([](Lead& of) { of.source.clear(); })), "lead.source source");  // MKT-614
  EXPECT_EQ(refused(with([](Lead& of) { of.amount = -1; })), "lead.amount amount");
  EXPECT_EQ(refused(with([](Lead& of) { of.next_step.clear(); })), "lead.next next_step");
  EXPECT_EQ(refused(with([](Lead& of) { of.next_day.reset(); })), "lead.next next_day");
  EXPECT_EQ(refused(with([](Lead& of) { of.next_day = day("2025-12-30"); })), "lead.next next_day");
  EXPECT_EQ(refused(with([](Lead& of) { of.letter_at = "gestern"; })), "lead.letter letter_at");
  EXPECT_TRUE(lead_rows(*session_).empty());
  EXPECT_EQ(refused(with([](Lead& of) { of.next_day = day("2025-12-31"); })), "") << "today is still a day";
}

TEST_P(Leads, OneThatIsTheSameIsFoundByAnyOfItsMarks) {
  const Record first = noted();
  auto same = [&](auto change, std::vector<std::string> phones = {}) {
    Lead asked;
    change(asked);
    auto found = same_leads(*session_, asked, phones);
    return found.empty() ? std::string() : found.front().by;
  };
  EXPECT_EQ(same([](Lead& of) { of.name = "王五"; }), "");
  EXPECT_EQ(same([](Lead& of) { of.name = "李四"; }), "name") << "blanks do not matter";
  EXPECT_EQ(same([](Lead& of) { of.name = "别人"; }, {"sealed-0", "sealed-1"}), "phone");
  EXPECT_EQ(same([](Lead& of) { of.customer = "C9"; }), "");
  ASSERT_TRUE(
      move_lead(*session_, {first.id, 1, "未成", "不做了"}, LeadEnd::lost, {}, day("2026-01-01"), doing()).ok());
  EXPECT_EQ(same([](Lead& of) { of.name = "李四"; }), "") << "what is over is no duplicate";
}

// MKT-632, MKT-639: from the first word to the business, and what was in between.
TEST_P(Leads, ItGoesFromHandToHandUntilItIsWon) {
  const Record first = noted();
  auto given = assign_lead(*session_, {first.id, 1, "已分派"}, "E01", "B01", day("2026-01-01"), doing());
  ASSERT_TRUE(given.ok()) << given.error().text();
  EXPECT_EQ(row().owner, "E01");
  EXPECT_FALSE(row().accepted);
  EXPECT_EQ(accept_lead(*session_, {first.id, 1, "已分派"}, doing()).error().code, "record.changed");
  ASSERT_TRUE(accept_lead(*session_, {first.id, 2, "已分派"}, doing()).ok());
  EXPECT_EQ(accept_lead(*session_, {first.id, 3, "已分派"}, doing()).error().code, "lead.accepted");
  Contact call;
  call.lead = first.id, call.name = "李四", call.channel = "电话", call.outcome = "有意向", call.text = "想存三年";
  call.day = day("2026-01-02"), call.owner = "E01", call.org = "B01", call.reached = call.interested = true;
  call.next_step = "送利率表", call.next_day = day("2026-01-05");
  EXPECT_EQ(
      record_contact(*session_, call, LeadStep{first.id, 3, "已联系"}, day("2026-01-01"), doing()).error().code,
      "contact.day")
      << "tomorrow is not over";
  ASSERT_TRUE(record_contact(*session_, call, LeadStep{first.id, 3, "已联系"}, day("2026-01-02"), doing()).ok());
  EXPECT_EQ(row().stage, "已联系");
  EXPECT_EQ(row().contacts, 1);
  EXPECT_EQ(*row().next_day, day("2026-01-05"));
  ASSERT_TRUE(move_lead(*session_, {first.id, 4, "有意向"}, LeadEnd::open, {}, day("2026-01-03"), doing()).ok());
  EXPECT_EQ(move_lead(*session_, {first.id, 5, "成交"}, LeadEnd::won, {}, day("2026-01-03"), doing()).error().code,
            "lead.deal");
  const LeadDeal deal = {"account", "A1", "C1", 4'000'000};
  auto won = move_lead(*session_, {first.id, 5, "成交"}, LeadEnd::won, deal, day("2026-01-04"), doing());
  ASSERT_TRUE(won.ok()) << won.error().text();
  EXPECT_EQ(won->customer, "C1");
  EXPECT_TRUE(row().won);
  EXPECT_EQ(row().won_amount, 4'000'000);
  EXPECT_FALSE(row().next_day) << "nothing is left to do";
  EXPECT_EQ(row().stages, (std::vector<std::string>{"收到", "已分派", "已联系", "有意向", "成交"}));
  EXPECT_EQ(change_lead(*session_, {first.id, 6, "成交"}, lead(), doing()).error().code, "lead.closed");
  EXPECT_EQ(heard_, "lead.note lead.assign lead.accept contact.record lead.contact lead.move lead.won ");
}

TEST_P(Leads, GivenBackItIsNobodysWithItsReason) {
  const Record first = noted(lead(), "E01");
  EXPECT_EQ(return_lead(*session_, {first.id, 1, "收到", " "}, "lead.return", doing()).error().code,
            "lead.reason");
  auto back = return_lead(*session_, {first.id, 1, "收到", "不在我的片区"}, "lead.return", doing());
  ASSERT_TRUE(back.ok());
  EXPECT_EQ(row().owner, "");
  EXPECT_EQ(lead_of(*back).returned_why, "不在我的片区");
  EXPECT_EQ(
      move_lead(*session_, {first.id, 2, "未成", ""}, LeadEnd::lost, {}, day("2026-01-01"), doing()).error().code,
      "lead.reason");
}

TEST_P(Leads, WhoWantsNoContactIsKnownUntilHeDoes) {
  int said = 0;
  auto also = [&](const std::string&) { ++said; };
  EXPECT_EQ(keep_no_contact(*session_, "C1", true, "", "zhang", kNow, also).error().code, "contact.reason");
  EXPECT_EQ(keep_no_contact(*session_, "C1", false, "又愿意了", "zhang", kNow, also).error().code, "contact.same");
  Contact call;
  call.customer = "C1", call.name = "张三", call.channel = "电话", call.outcome = "不愿再联系",
  call.text = "别再打";
  call.day = day("2025-12-31"), call.owner = "E01", call.reached = call.refused = true;
  ASSERT_TRUE(record_contact(*session_, call, {}, day("2025-12-31"), doing()).ok());
  ASSERT_TRUE(no_contact(*session_, "C1"));
  EXPECT_EQ(no_contact(*session_, "C1")->why, "别再打");
  EXPECT_TRUE(keep_no_contact(*session_, "C1", false, "又愿意了", "zhang", kNow, also).ok());
  EXPECT_FALSE(no_contact(*session_, "C1"));
  EXPECT_EQ(said, 1);
}

// MKT-650: who receives says yes or no; who referred has credit when it is won.
TEST_P(Leads, AReferralIsAnsweredOnceAndSettledWhenItIsOver) {
  const Record first = noted(lead(), "E01");
  Referral asked;
  asked.lead = first.id, asked.from = "E01", asked.to = "E01", asked.note = "要贷款", asked.asked_by = "zhang";
  const auto also = [](const Referral&) {};
  EXPECT_EQ(ask_referral(*session_, asked, kNow, also).error().code, "referral.self");
  asked.to = "E02", asked.note = "";
  EXPECT_EQ(ask_referral(*session_, asked, kNow, also).error().code, "referral.note");
  asked.note = "要贷款";
  auto made = ask_referral(*session_, asked, kNow, also);
  ASSERT_TRUE(made.ok()) << made.error().text();
  EXPECT_EQ(ask_referral(*session_, asked, kNow, also).error().code, "referral.open");
  EXPECT_EQ(answer_referral(*session_, made->id, false, "", "B02", day("2026-01-01"), doing("li")).error().code,
            "referral.note");
  EXPECT_EQ(row().owner, "E01") << "until it is accepted";
  ASSERT_TRUE(answer_referral(*session_, made->id, true, "", "B02", day("2026-01-01"), doing("li")).ok());
  EXPECT_EQ(row().owner, "E02");
  EXPECT_TRUE(row().accepted);
  EXPECT_EQ(answer_referral(*session_, made->id, true, "", "B02", day("2026-01-01"), doing("li")).error().code,
            "referral.state");
  session_->transaction([&] { settle_referral(*session_, first.id, true, 3'000, day("2026-01-09"), 7); });
  EXPECT_EQ(referral(*session_, made->id)->state, "won");
  EXPECT_EQ(referral(*session_, made->id)->share, 3'000);
  EXPECT_EQ(referral(*session_, 99).error().code, "referral.unknown");
}

Campaign campaign() {
  Campaign out;
  out.title = "开门红", out.purpose = "稳住到期存款", out.condition = "存款余额 > 1", out.success = "true";
  out.target = 10, out.from = day("2026-01-01"), out.to = day("2026-03-31");
  return out;
}

// MKT-654
TEST_P(Leads, ACampaignNeedsAListAndASecondPerson) {
  auto refused = [&](auto change) {
    Campaign of = campaign();
    change(of);
    auto out = write_campaign(*session_, {0, 0, of, "E01", "B01"}, doing());
    return out.ok() ? std::string() : out.error().where;
  };
  EXPECT_EQ(refused([](Campaign& of) { of.title = ""; }), "title");
  EXPECT_EQ(refused([](Campaign& of) { of.purpose = ""; }), "purpose");
  EXPECT_EQ(refused([](Campaign& of) { of.condition = ""; }), "condition");
  EXPECT_EQ(refused([](Campaign& of) { of.target = 0; }), "target");
  EXPECT_EQ(refused([](Campaign& of) { of.to = day("2025-12-31"); }), "to");
  EXPECT_EQ(refused([](Campaign& of) { of.to = of.from; }), "") << "a day is a span";
  auto draft = write_campaign(*session_, {0, 0, campaign(), "E01", "B01"}, doing());
  ASSERT_TRUE(draft.ok());
  std::vector<CampaignLine> lines(3);
  lines[0].customer = "C1", lines[0].state = "excluded", lines[0].reasons = {"在不良信用名单上"};
  auto propose = [&] {
    return propose_campaign(*session_, draft->id, 1, lines, day("2026-01-01"), day("2025-12-31"), doing());
  };
  lines.resize(1);
  EXPECT_EQ(propose().error().code, "campaign.lines");
  lines.resize(3);
  lines[1].customer = "C2", lines[1].state = "open", lines[1].staff = "E01",
  lines[1].facts = JsonObject{{"年龄", 30}};
  lines[2].customer = "C3", lines[2].state = "control";
  ASSERT_TRUE(propose().ok());
  EXPECT_EQ(decide_campaign(*session_, draft->id, 2, true, "", doing("zhang")).error().code, "campaign.self");
  EXPECT_EQ(decide_campaign(*session_, draft->id, 2, false, "", doing("li")).error().code, "campaign.reason");
  EXPECT_TRUE(lines_waiting(*session_).empty()) << "nobody calls before somebody agreed";
  ASSERT_TRUE(decide_campaign(*session_, draft->id, 2, true, "", doing("li")).ok());
  ASSERT_EQ(lines_waiting(*session_).size(), 1u);
  EXPECT_EQ(lines_waiting(*session_)[0].open, 1);
  EXPECT_EQ(campaign_line(*session_, draft->id, "C1")->reasons[0], "在不良信用名单上");
  EXPECT_FALSE(hand_line(*session_, draft->id, "C3", "E02", "B02", [] {}).ok()) << "nobody contacts the control";
  Contact call;
  call.campaign = draft->id, call.customer = "C2", call.name = "张三", call.channel = "微信",
  call.outcome = "有意向";
  call.text = "想看看", call.day = day("2026-01-02"), call.owner = "E01", call.reached = true;
  ASSERT_TRUE(record_contact(*session_, call, {}, day("2026-01-02"), doing()).ok());
  EXPECT_EQ(campaign_line(*session_, draft->id, "C2")->state, "done");
  EXPECT_TRUE(lines_waiting(*session_).empty());
  ASSERT_TRUE(close_campaign(*session_, draft->id, 3, "一户办了", doing()).ok());
}

TEST_P(Leads, GivenBackTheListIsGone) {
  auto draft = write_campaign(*session_, {0, 0, campaign(), "E01", "B01"}, doing());
  std::vector<CampaignLine> lines(1);
  lines[0].customer = "C2", lines[0].state = "open";
  ASSERT_TRUE(
      propose_campaign(*session_, draft->id, 1, lines, day("2026-01-01"), day("2025-12-31"), doing()).ok());
  ASSERT_TRUE(decide_campaign(*session_, draft->id, 2, false, "名单太窄", doing("li")).ok());
  EXPECT_TRUE(campaign_lines(*session_, draft->id).empty());
  EXPECT_EQ(records::record(*session_, draft->id)->state, "draft");
}

TEST(CampaignControl, IsThatPartAndAlwaysTheSame) {
  const auto share = *base::Decimal::parse("0.2");
  int in = 0;
  for (int n = 0; n < 10'000; ++n) in += in_control(7, "C" + std::to_string(n), share);
  EXPECT_NEAR(in, 2'000, 150);
  EXPECT_EQ(in_control(7, "C5", share), in_control(7, "C5", share));
  EXPECT_FALSE(in_control(7, "C5", base::Decimal(0)));
  EXPECT_TRUE(in_control(7, "C5", base::Decimal(1)));
}

// MKT-005, MKT-007, MKT-008, MKT-009, MKT-003
TEST_P(Leads, ADeviceHasItsNumberARefusalItsReasonANeedItsDay) {
  const Of of = {"C1", "张三", "E01", "B01", 0};
  ProductStep step;
  step.product = "POS机", step.progress = "已安装";
  EXPECT_EQ(write_product(*session_, of, step, "device", doing()).error().code, "product.device");
  EXPECT_EQ(maintain_product(*session_, of, "POS机", {day("2026-01-01"), "换纸", "E01"}, doing()).error().code,
            "product.none");
  step.device = "SN-1", step.offered_on = day("2026-01-02"), step.installed_on = day("2026-01-01");
  EXPECT_EQ(write_product(*session_, of, step, "device", doing()).error().code, "product.day");
  step.offered_on = day("2026-01-01");
  ASSERT_TRUE(write_product(*session_, of, step, "device", doing()).ok());
  EXPECT_EQ(write_product(*session_, of, step, "device", doing()).error().code, "record.changed");
  Of seen = of;
  seen.version = 1;
  ASSERT_TRUE(maintain_product(*session_, seen, "POS机", {day("2026-01-03"), "换纸", "E01"}, doing()).ok());
  seen.version = 2, step.progress = "已停用";
  EXPECT_EQ(write_product(*session_, seen, step, "reason", doing()).error().code, "product.reason");
  step.reason = "店关了";
  auto ended = write_product(*session_, seen, step, "reason", doing());
  ASSERT_TRUE(ended.ok());
  EXPECT_EQ(product_of(*ended).maintenance.size(), 1u) << "what was looked after stays";
  Need need;
  need.day = day("2025-12-31");
  EXPECT_EQ(write_need(*session_, of, need, day("2025-12-31"), doing()).error().code, "need.kinds");
  need.kinds = {"理财"}, need.risk_level = 3;
  EXPECT_EQ(write_need(*session_, of, need, day("2025-12-31"), doing()).error().code, "need.risk");
  need.assessed_on = day("2025-12-31");
  EXPECT_EQ(write_need(*session_, of, need, day("2025-12-30"), doing()).error().code, "need.day");
  ASSERT_TRUE(write_need(*session_, of, need, day("2025-12-31"), doing()).ok());
  EXPECT_FALSE(knows_product(*session_, "E01", "POS机"));
  ASSERT_TRUE(confirm_knowledge(*session_, "E01", "B01", "POS机", day("2025-12-31"), doing()).ok());
  EXPECT_TRUE(knows_product(*session_, "E01", "POS机"));
  EXPECT_FALSE(knows_product(*session_, "E02", "POS机"));
}

INSTANTIATE_TEST_SUITE_P(Stores, Leads, ::testing::Values(Engine::sqlite, Engine::postgres),
                         [](const auto& of) { return of.param == Engine::sqlite ? "sqlite" : "postgres"; });

}  // namespace
}  // namespace guanhu::customers
