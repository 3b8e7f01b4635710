// For tests of posts, teams, roles, leavings: a store of each engine with logins and a small bank.
#pragma once
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "people/directory.h"
#include "people/doing.h"
#include "people/logins.h"
#include "people/role_rules.h"
#include "store/testing.h"

namespace guanhu::people {

class StaffTest : public testing::TestWithParam<store::Engine> {
 protected:
  void SetUp() override {
    if (!place_.available()) GTEST_SKIP() << store::testing::kNoPostgres;
    session_ = place_.open();
    store::ModuleMigrations all[] = {{"people", login_migrations()}};
    ASSERT_TRUE(store::migrate(*session_, all, clock_).ok());
  }
  // HQ with a department; two branches, each with an outlet.
  static Directory bank() {
    return Directory::of({{"HQ", "", "总行", "hq", {}, {}},
                          {"D1", "HQ", "业务部", "department", {}, {}},
                          {"B1", "HQ", "东街支行", "branch", {}, {}},
                          {"O1", "B1", "东街分理处", "outlet", {}, {}},
                          {"B2", "HQ", "西街支行", "branch", {}, {}},
                          {"X1", "HQ", "旧支行", "branch", {}, day("2025-06-30")}},
                         {person("H1", "B1", "branch_head"), person("M1", "B1", "manager"),
                          person("M2", "O1", "manager"), person("M3", "B2", "manager"), person("R1", "HQ", "hr"),
                          person("E1", "HQ", "executive"), gone("G1", "B1")});
  }
  static Staff person(const char* id, const char* org, const char* position) {
    Staff out;
    out.id = id, out.name = std::string("姓") + id, out.org = org, out.position = position;
    out.hired = day("2020-01-01");
    return out;
  }
  static Staff gone(const char* id, const char* org) {
    Staff out = person(id, org, "manager");
    out.left = day("2025-10-01");
    return out;
  }
  static base::Date day(const char* text) { return base::Date::parse(text).value(); }

  Doing as(const std::string& login, const std::string& staff = "") {
    return {login, staff, clock_.now(), day_here(clock_.now()),
            [this](const std::string& action, const std::string&, base::Json) { told_.push_back(action); }};
  }
  void login(const std::string& name, const std::string& staff, std::vector<Role> roles) {
    ASSERT_TRUE(add_login(*session_, name, staff, roles, clock_).ok()) << name;
  }
  template <class T>
  static std::string code(const base::Result<T>& result) {
    return result.ok() ? "ok" : result.error().code;
  }
  static std::string code(const base::Status& status) { return status.ok() ? "ok" : status.error().code; }
  void pass_to(const char* moment) { clock_.set(*base::Instant::parse(moment)); }
  store::Session& store() { return *session_; }

  base::FixedClock clock_{*base::Instant::parse("2025-12-31T08:00:00Z")};  // the afternoon there
  store::testing::Place place_{GetParam()};
  std::unique_ptr<store::Session> session_;
  Directory directory_ = bank();
  std::vector<std::string> told_;
};

inline std::string engine_name(const testing::TestParamInfo<store::Engine>& info) {
  return info.param == store::Engine::sqlite ? "sqlite" : "postgres";
}
#define STAFF_ENGINES(NAME)                                                                               \
  INSTANTIATE_TEST_SUITE_P(Stores, NAME, testing::Values(store::Engine::sqlite, store::Engine::postgres), \
                           engine_name)

}  // namespace guanhu::people
