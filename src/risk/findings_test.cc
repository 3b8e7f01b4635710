#include "risk/findings.h"

#include <gtest/gtest.h>

#include "risk/testing.h"

namespace guanhu::risk {
namespace {

using testing::SmallBank;

class Kept : public testing::OnEngine {
 protected:
  base::FixedClock clock{*base::Instant::parse("2026-01-21T08:00:00Z")};
  std::vector<std::string> recorded;

  store::Session& store(SmallBank& bank) {
    store::ModuleMigrations ours[] = {{"risk", migrations()}};
    EXPECT_TRUE(store::migrate(bank.bank().store(), ours, clock).ok());
    return bank.bank().store();
  }
  Doing doing(const std::string& actor = "zhang") {
    return {actor, clock.now(), [this](const std::string& subject, const base::Json& detail) {
              recorded.push_back(subject + " " + detail.dump());
            }};
  }
  // Money of C1 (manager M1) through a month end.
  static void write(SmallBank& bank, const char* amount = "200000") {
    bank.balance("A1", "2025-01-01", "0");
    bank.balance("A1", "2025-12-30", amount);
    bank.balance("A1", "2026-01-02", "0");
    bank.import("2026-01-20");
  }
  KeptFinding only(SmallBank& bank, bool gone = false) {
    FindingFilter filter;
    filter.kind = "in_out", filter.gone = gone;
    auto found = findings(bank.bank().store(), filter);
    EXPECT_EQ(found.size(), 1u);
    return found.empty() ? KeptFinding{} : found[0];
  }
  std::string code(SmallBank& bank, const std::string& id, const std::string& state, const std::string& reason,
                   const std::string& staff) {
    auto done = decide(bank.bank().store(), id, state, reason, staff, doing());
    return done.ok() ? "" : done.error().code;
  }
};

TEST_P(Kept, RefusesDecisionsThatMustNotBe) {
  SmallBank bank(GetParam());
  write(bank);
  keep(store(bank), bank.scan("2025-12", testing::shipped_rules(), {Kind::passing}), doing());
  std::string id = only(bank).id;
  EXPECT_EQ(code(bank, "in_out-000000000000", "accepted", "看过流水", "M2"), "risk.unknown");
  EXPECT_EQ(code(bank, id, "guilty", "看过流水", "M2"), "risk.state");
  EXPECT_EQ(code(bank, id, "open", "看过流水", "M2"), "risk.state");  // it is open
  EXPECT_EQ(code(bank, id, "accepted", " 没有 ", "M2"), "risk.reason");
  EXPECT_EQ(code(bank, id, "accepted", "看过流水", "M1"), "risk.self");  // his customer
  EXPECT_EQ(code(bank, id, "dismissed", "看过流水", "M1"), "risk.self");
  EXPECT_EQ(only(bank).state, "open");
  EXPECT_EQ(recorded.size(), 1u);  // the scan
  EXPECT_EQ(code(bank, id, "accepted", "看过流水", "M2"), "");
  EXPECT_EQ(recorded.size(), 2u);
  EXPECT_EQ(code(bank, id, "accepted", "看过流水", "M2"), "risk.state");  // decided so already
}

TEST_P(Kept, AScanAgainKeepsDecisions) {
  SmallBank bank(GetParam());
  write(bank);
  auto& session = store(bank);
  auto scan = bank.scan("2025-12", testing::shipped_rules(), {Kind::passing});
  EXPECT_EQ(keep(session, scan, doing()).fresh, 1u);
  std::string id = only(bank).id;
  ASSERT_TRUE(decide(session, id, "dismissed", "工程款，有合同", "M2", doing("li")).ok());
  clock.set(*base::Instant::parse("2026-01-22T08:00:00Z"));
  auto again = keep(session, bank.scan("2025-12", testing::shipped_rules(), {Kind::passing}), doing());
  EXPECT_EQ(again.fresh, 0u);
  EXPECT_EQ(again.again, 1u);
  KeptFinding f = only(bank);
  EXPECT_EQ(f.id, id);
  EXPECT_EQ(f.state, "dismissed");
  EXPECT_FALSE(f.changed);
  EXPECT_EQ(f.first_seen, "2026-01-21T08:00:00Z");
  EXPECT_EQ(f.last_seen, "2026-01-22T08:00:00Z");
  // Another period that holds the same month end meets the same event.
  keep(session, bank.scan("2025Q4", testing::shipped_rules(), {Kind::passing}), doing());
  FindingFilter quarter;
  quarter.period = "2025Q4";
  auto found = findings(session, quarter);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].id, id);
  EXPECT_EQ(found[0].state, "dismissed");
}

TEST_P(Kept, AnotherAmountSaysSoAndWhatIsGoneStaysAsGone) {
  SmallBank bank(GetParam());
  write(bank);
  keep(store(bank), bank.scan("2025-12", testing::shipped_rules(), {Kind::passing}), doing());
  std::string id = only(bank).id;
  ASSERT_TRUE(decide(bank.bank().store(), id, "accepted", "借来冲时点", "M2", doing()).ok());
  bank.balance("A1", "2025-12-30", "150000");
  bank.import("2026-01-21");
  keep(store(bank), bank.scan("2025-12", testing::shipped_rules(), {Kind::passing}), doing());
  EXPECT_TRUE(only(bank).changed);
  EXPECT_EQ(code(bank, id, "accepted", "改了数，还是一样", "M2"), "");  // decided again, about the new amount
  EXPECT_FALSE(only(bank).changed);
  bank.balance("A1", "2025-12-30", "0");
  bank.import("2026-01-22");
  EXPECT_EQ(keep(store(bank), bank.scan("2025-12", testing::shipped_rules(), {Kind::passing}), doing()).gone, 1u);
  FindingFilter all;
  EXPECT_TRUE(findings(bank.bank().store(), all).empty());
  KeptFinding gone = only(bank, true);
  EXPECT_FALSE(gone.present);
  EXPECT_EQ(gone.state, "accepted");
  EXPECT_EQ(code(bank, id, "dismissed", "再看一次吧", "M2"), "risk.gone");
}

TEST_P(Kept, ADecisionIsNeverChanged) {
  SmallBank bank(GetParam());
  write(bank);
  keep(store(bank), bank.scan("2025-12", testing::shipped_rules(), {Kind::passing}), doing());
  ASSERT_TRUE(decide(bank.bank().store(), only(bank).id, "accepted", "借来冲时点", "M2", doing()).ok());
  EXPECT_THROW(bank.bank().store().exec("UPDATE risk_decisions SET state = 'dismissed'"), base::Broken);
  EXPECT_THROW(bank.bank().store().exec("DELETE FROM risk_decisions"), base::Broken);
  EXPECT_EQ(only(bank).state, "accepted");
}

TEST_P(Kept, FiltersByManagerStateAndCustomer) {
  SmallBank bank(GetParam());
  write(bank);
  keep(store(bank), bank.scan("2025-12", testing::shipped_rules(), {Kind::passing}), doing());
  auto count = [&](auto set) {
    FindingFilter filter;
    set(filter);
    return findings(bank.bank().store(), filter).size();
  };
  EXPECT_EQ(count([](FindingFilter& f) { f.manager = "M2"; }), 0u);
  EXPECT_EQ(count([](FindingFilter& f) { f.manager = "M1"; }), 1u);
  EXPECT_EQ(count([](FindingFilter& f) { f.state = "accepted"; }), 0u);
  EXPECT_EQ(count([](FindingFilter& f) { f.state = "open"; }), 1u);
  EXPECT_EQ(count([](FindingFilter& f) { f.customer = "C2"; }), 0u);
  EXPECT_EQ(count([](FindingFilter& f) { f.customer = "C1"; }), 1u);
  EXPECT_EQ(scans(bank.bank().store()).size(), 1u);
}

TEST_P(Kept, APeriodWithoutFactsIsRefused) {
  SmallBank bank(GetParam());
  bank.import("2025-06-30");
  ScanOptions options{.period = testing::period("2025-07")};
  auto found = scan(bank.bank().warehouse(), testing::shipped_rules(), options);
  ASSERT_FALSE(found.ok());
  EXPECT_EQ(found.error().code, "risk.data");
}

INSTANTIATE_TEST_SUITE_P(Engines, Kept, ::testing::Values(store::Engine::sqlite, store::Engine::postgres),
                         [](const auto& i) { return i.param == store::Engine::sqlite ? "Embedded" : "Postgres"; });

}  // namespace
}  // namespace guanhu::risk
