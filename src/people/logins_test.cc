#include "people/logins.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "people/detail/throttle.h"

namespace guanhu::people {
namespace {

constexpr int64_t kSecond = 1'000'000;

class Logins : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    std::string name = "logins_" + std::to_string(::getpid());
    if (std::string(GetParam()) == "sqlite") {
      folder_ = std::filesystem::temp_directory_path() / name;
      std::filesystem::create_directories(folder_);
      session_ = store::open_sqlite(folder_ / "store.db");
    } else {
      const char* dsn = std::getenv("GUANHU_TEST_POSTGRES");
      if (!dsn) GTEST_SKIP() << "GUANHU_TEST_POSTGRES names no server; ./dev test starts one";
      store::open_postgres(dsn, name)->script("DROP SCHEMA " + name + " CASCADE");
      session_ = store::open_postgres(dsn, name);
    }
    store::ModuleMigrations all[] = {{"people", login_migrations()}};
    ASSERT_TRUE(store::migrate(*session_, all, clock_).ok());
  }
  void TearDown() override {
    session_.reset();
    if (!folder_.empty()) std::filesystem::remove_all(folder_);
  }
  std::string make(const std::string& login, std::vector<Role> roles = {Role::manager}) {
    return add_login(*session_, login, "M1", roles, clock_).value();
  }
  std::string code(const base::Result<Ticket>& result) { return result ? "ok" : result.error().code; }
  base::Result<Ticket> enter(const std::string& login, const std::string& password,
                             const std::string& from = "10.0.0.1") {
    return log_in(*session_, login, password, from, clock_);
  }
  void pass(int64_t seconds) { clock_.set({clock_.now().micros + seconds * kSecond}); }

  base::FixedClock clock_{*base::Instant::parse("2025-12-31T08:00:00Z")};
  std::filesystem::path folder_;
  std::unique_ptr<store::Session> session_;
};

TEST_P(Logins, RefusesBadNamesAndRoles) {
  for (const char* name : {"", "a", "张三", "a b", "a'b", "0123456789012345678901234567890123456789x"})
    EXPECT_EQ(add_login(*session_, name, "M1", {Role::manager}, clock_).error().code, "login.name") << name;
  EXPECT_EQ(add_login(*session_, "m1", "M1", {}, clock_).error().code, "login.roles");
  EXPECT_EQ(add_login(*session_, "m1", "M1", {Role::auditor, Role::manager}, clock_).error().code, "login.roles");
  EXPECT_EQ(add_login(*session_, "m1", "M1", {Role::administrator, Role::hr}, clock_).error().code, "login.roles");
  make("m1");
  EXPECT_EQ(add_login(*session_, "m1", "M2", {Role::hr}, clock_).error().code, "login.taken");
  EXPECT_EQ(reset_password(*session_, "m2", clock_).error().code, "login.unknown");
  EXPECT_EQ(list_logins(*session_).size(), 1u);
}

TEST_P(Logins, RefusesWrongUnknownAndDisabledAlike) {
  std::string password = make("m1");
  EXPECT_EQ(code(enter("m1", "wrong")), "login.failed");
  EXPECT_EQ(code(enter("m2", "wrong")), "login.failed");
  ASSERT_TRUE(set_disabled(*session_, "m1", true).ok());
  EXPECT_EQ(code(enter("m1", password)), "login.failed");
}

TEST_P(Logins, SlowsAnAddressDownAndNotTheOthers) {
  std::string password = make("m1");
  for (int i = 0; i < 5; ++i) EXPECT_EQ(code(enter("m1", "wrong", "10.0.0.9")), "login.failed");
  EXPECT_EQ(code(enter("m1", password, "10.0.0.9")), "login.wait");
  EXPECT_EQ(code(enter("m1", password, "10.0.0.1")), "ok") << "another address is not locked out";
  pass(2);
  EXPECT_EQ(code(enter("m1", password, "10.0.0.9")), "ok");
}

TEST(Throttle, GrowsToItsLimits) {
  EXPECT_EQ(detail::pause_of_address(4), 0);
  EXPECT_EQ(detail::pause_of_address(5), 2);
  EXPECT_EQ(detail::pause_of_address(6), 4);
  EXPECT_EQ(detail::pause_of_address(100), 900);
  EXPECT_EQ(detail::pause_of_login(49), 0);
  EXPECT_EQ(detail::pause_of_login(50), 5);
  EXPECT_EQ(detail::pause_of_login(1000000), 30);
}

TEST_P(Logins, KeepsASessionUntilItIsUnusedOrOld) {
  std::string password = make("m1", {Role::branch_head, Role::risk_manager});
  auto ticket = enter("m1", password);
  ASSERT_TRUE(ticket);
  EXPECT_TRUE(ticket->login.must_change);
  EXPECT_FALSE(visitor_of(*session_, "forged", clock_));
  auto visitor = visitor_of(*session_, ticket->token, clock_);
  ASSERT_TRUE(visitor);
  EXPECT_EQ(visitor->csrf, ticket->csrf);
  EXPECT_EQ(visitor->login.roles.size(), 2u);
  pass(3599);
  EXPECT_TRUE(visitor_of(*session_, ticket->token, clock_)) << "used within the hour";
  pass(3600);
  EXPECT_FALSE(visitor_of(*session_, ticket->token, clock_)) << "an hour unused";
  auto again = enter("m1", password);
  for (int i = 0; i < 23; ++i) {
    pass(1800);
    EXPECT_TRUE(visitor_of(*session_, again->token, clock_)) << i;
  }
  pass(1800);
  EXPECT_FALSE(visitor_of(*session_, again->token, clock_)) << "twelve hours after the login";
}

TEST_P(Logins, EndsSessionsOnLogOutResetAndDisabling) {
  std::string password = make("m1");
  auto a = enter("m1", password);
  log_out(*session_, a->token);
  EXPECT_FALSE(visitor_of(*session_, a->token, clock_));
  auto b = enter("m1", password);
  std::string fresh = reset_password(*session_, "m1", clock_).value();
  EXPECT_FALSE(visitor_of(*session_, b->token, clock_));
  EXPECT_EQ(code(enter("m1", password)), "login.failed");
  auto c = enter("m1", fresh);
  ASSERT_TRUE(set_disabled(*session_, "m1", true).ok());
  EXPECT_FALSE(visitor_of(*session_, c->token, clock_));
}

TEST_P(Logins, ChangesAPassword) {
  std::string first = make("m1");
  auto kept = enter("m1", first), other = enter("m1", first);
  auto change = [&](const std::string& old, const std::string& fresh) {
    auto status = change_password(*session_, "m1", old, fresh, kept->token, clock_);
    return status ? "ok" : status.error().code;
  };
  EXPECT_EQ(change("wrong", "right-horse-7"), "password.wrong");
  EXPECT_EQ(change(first, "123456789"), "password.short");
  EXPECT_EQ(change(first, first), "password.same");
  EXPECT_EQ(change(first, "aaaaaaaaaaaa"), "password.simple");
  EXPECT_EQ(change(first, "abcdefghijkl"), "password.simple");
  EXPECT_EQ(change(first, "hello-m1-hello"), "password.simple");
  EXPECT_EQ(change(first, "right-horse-7"), "ok");
  EXPECT_FALSE(find_login(*session_, "m1")->must_change);
  EXPECT_TRUE(visitor_of(*session_, kept->token, clock_));
  EXPECT_FALSE(visitor_of(*session_, other->token, clock_));
  EXPECT_EQ(code(enter("m1", "right-horse-7")), "ok");
}

INSTANTIATE_TEST_SUITE_P(Stores, Logins, testing::Values("sqlite", "postgres"),
                         [](const auto& param) { return std::string(param.param); });

TEST(Access, EveryPermissionHasSomebodyAndNobodyHasAll) {
  for (Permission p : all_permissions()) {
    int holders = 0;
    for (Role role : all_roles()) holders += scope_of(role, p) != Scope::none;
    EXPECT_GT(holders, 0) << permission_name(p);
  }
  for (Role role : all_roles()) {
    size_t all = 0;
    for (Permission p : all_permissions()) all += scope_of(role, p) == Scope::bank;
    EXPECT_LT(all, all_permissions().size()) << role_name(role);
    EXPECT_EQ(role_of(role_name(role)), role);
  }
  EXPECT_FALSE(role_of("boss"));
}

TEST(Access, TheWidestScopeWins) {
  std::vector<Role> both = {Role::manager, Role::branch_head};
  EXPECT_EQ(scope_of(both, Permission::score_read), Scope::branch);
  EXPECT_EQ(scope_of(Role::administrator, Permission::score_read), Scope::none);
  EXPECT_EQ(scope_of(std::vector<Role>{}, Permission::policy_read), Scope::none);
}

}  // namespace
}  // namespace guanhu::people
