#include "customers/visit_device.h"

#include <gtest/gtest.h>

#include "store/testing.h"

namespace guanhu::customers {
namespace {

using base::Instant;
using store::Engine;

constexpr Instant kNow{1'767'168'000'000'000};  // 2025-12-31T08:00:00Z
constexpr Instant later(int64_t seconds) { return {kNow.micros + seconds * 1'000'000}; }

class Devices : public ::testing::TestWithParam<Engine> {
 protected:
  void SetUp() override {
    if (!place_.available()) GTEST_SKIP() << store::testing::kNoPostgres;
    session_ = place_.open();
    base::FixedClock clock(kNow);
    const store::ModuleMigrations all[] = {{"field", visit_migrations()}};
    ASSERT_TRUE(store::migrate(*session_, all, clock).ok());
  }
  DeviceDoing by(const std::string& login, int64_t seconds = 0) {
    return {login, later(seconds),
            [this](const std::string& action, const std::string&, base::Json) { heard_ += action + " "; }};
  }
  Device added(const std::string& id, const std::string& login = "zhang") {
    Device ask;
    ask.id = id, ask.login = login, ask.staff = "E01", ask.org = "B01", ask.name = "我的手机",
    ask.key_sealed = "k";
    auto out = add_device(*session_, ask, by(login));
    EXPECT_TRUE(out.ok()) << out.error().text();
    return *out;
  }
  std::string live(const std::string& id, const std::string& login) {
    auto out = live_device(*session_, id, login);
    return out.ok() ? "live" : out.error().code;
  }

  store::testing::Place place_{GetParam()};
  std::unique_ptr<store::Session> session_;
  std::string heard_;
};

TEST_P(Devices, ANamelessOneAndTheTwentyFirstAreRefused) {
  Device ask;
  ask.id = "d0", ask.login = "zhang";
  EXPECT_EQ(add_device(*session_, ask, by("zhang")).error().code, "device.name");
  for (int i = 0; i < 20; ++i) added("d" + std::to_string(i));
  ask.id = "d20", ask.name = "又一台";
  EXPECT_EQ(add_device(*session_, ask, by("zhang")).error().code, "device.many");
  ASSERT_TRUE(end_device(*session_, "d3", "wiped", "", by("zhang")).ok());
  EXPECT_TRUE(add_device(*session_, ask, by("zhang")).ok());
}

TEST_P(Devices, ADeviceIsItsLoginsAlone) {
  added("d1");
  EXPECT_EQ(live("d1", "zhang"), "live");
  EXPECT_EQ(live("d1", "li"), "device.unknown");
  EXPECT_EQ(live("d2", "zhang"), "device.unknown");
  EXPECT_EQ(take_along(*session_, "d1", {"C1"}, later(60), by("li")).error().code, "device.unknown");
}

TEST_P(Devices, WhatIsTakenIsKeptAndTold) {
  added("d1");
  auto took = take_along(*session_, "d1", {"C1", "C2"}, later(3 * 86'400), by("zhang", 5));
  ASSERT_TRUE(took.ok()) << took.error().text();
  ASSERT_TRUE(take_along(*session_, "d1", {"C2"}, later(4 * 86'400), by("zhang", 6)).ok());
  auto all = takes(*session_, "d1");
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].customers, std::vector<std::string>{"C2"});
  EXPECT_EQ(all[1].customers, (std::vector<std::string>{"C1", "C2"}));
  auto now = device(*session_, "d1");
  EXPECT_EQ(now->customers, 1);
  EXPECT_EQ(now->until, later(4 * 86'400).str());
  EXPECT_EQ(now->seen_at, later(6).str());
  EXPECT_EQ(heard_, "device.add device.take device.take ");
}

TEST_P(Devices, ARevokedOneTakesNothingUntilItIsReadmitted) {
  added("d1");
  ASSERT_TRUE(take_along(*session_, "d1", {"C1"}, later(60), by("zhang")).ok());
  EXPECT_EQ(end_device(*session_, "d1", "revoked", " ", by("admin")).error().code, "device.reason");
  EXPECT_EQ(readmit_device(*session_, "d1", "找到了", by("admin")).error().code, "device.state");
  ASSERT_TRUE(end_device(*session_, "d1", "revoked", "手机丢了", by("admin", 9)).ok());
  EXPECT_EQ(live("d1", "zhang"), "device.revoked");
  EXPECT_EQ(device(*session_, "d1")->customers, 0);
  EXPECT_EQ(take_along(*session_, "d1", {"C1"}, later(60), by("zhang")).error().code, "device.revoked");
  // Wiping itself on hearing of it does not make it a device that may come back by itself.
  ASSERT_TRUE(end_device(*session_, "d1", "wiped", "", by("zhang")).ok());
  EXPECT_EQ(live("d1", "zhang"), "device.revoked");
  EXPECT_EQ(takes(*session_, "d1").size(), 1u);
  EXPECT_EQ(readmit_device(*session_, "d1", "", by("admin")).error().code, "device.reason");
  ASSERT_TRUE(readmit_device(*session_, "d1", "找到了", by("admin")).ok());
  EXPECT_EQ(live("d1", "zhang"), "live");
  EXPECT_EQ(heard_, "device.add device.take device.revoke device.readmit ");
}

TEST_P(Devices, AnEntryIsKeptOnceForALogin) {
  EXPECT_FALSE(sent_entry(*session_, "zhang", "k1"));
  const Entry one{"k1", "zhang", "d1", "visit.done", "visit 7", "2025-12-31T01:00:00Z", "2025-12-31T08:00:00Z",
                  kNow};
  session_->transaction([&] { keep_entry(*session_, one); });
  EXPECT_THROW(session_->transaction([&] { keep_entry(*session_, one); }), store::Conflict);
  ASSERT_TRUE(sent_entry(*session_, "zhang", "k1"));
  EXPECT_EQ(sent_entry(*session_, "zhang", "k1")->subject, "visit 7");
  EXPECT_EQ(sent_entry(*session_, "zhang", "k1")->received, kNow);
  EXPECT_FALSE(sent_entry(*session_, "li", "k1"));
}

INSTANTIATE_TEST_SUITE_P(Engines, Devices, ::testing::Values(Engine::sqlite, Engine::postgres),
                         [](const auto& of) { return of.param == Engine::sqlite ? "sqlite" : "postgres"; });

}  // namespace
}  // namespace guanhu::customers
