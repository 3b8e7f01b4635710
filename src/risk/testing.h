// For tests of this module: a small bank written as a feed and imported, on either engine.
#pragma once
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "base/date.h"
#include "feed/testing.h"
#include "policy/load.h"
#include "risk/scan.h"

namespace guanhu::risk::testing {

inline const std::filesystem::path kPolicies = std::filesystem::path(GUANHU_SOURCE_DIR) / "policies";

inline base::Date date(const std::string& text) { return *base::Date::parse(text); }
inline base::Period period(const std::string& text) { return *base::Period::parse(text); }

// The shipped pack's parameters: what the tests stand on both sides of.
inline Rules shipped_rules() {
  auto pack = policy::open_pack(kPolicies, "anti-gaming");
  if (!pack) throw base::Broken(pack.error().text());
  auto rules = rules_of(*pack, date("2025-12-31"));
  if (!rules) throw base::Broken(rules.error().text());
  return *rules;
}

// Customers C1.. with an account A1.. each, held by managers M1.. of branch B1, in turn.
class SmallBank {
 public:
  explicit SmallBank(store::Engine engine, int customers = 4, int managers = 2) : place_(engine) {
    line("orgs", "HQ,,总行,hq,2010-01-01");
    line("orgs", "B1,HQ,一支行,branch,2010-01-01");
    for (int m = 1; m <= managers; ++m) line("staff", number("M", m) + ",经理,B1,manager");
    for (int c = 1; c <= customers; ++c) add(c, 1 + (c - 1) % managers);
  }

  bool available() const { return place_.available(); }
  static std::string number(const char* prefix, int n) { return prefix + std::to_string(n); }

  void line(const std::string& file, const std::string& text) { files_[file] += text + "\n"; }
  void account(const std::string& account, const std::string& customer, const std::string& staff) {
    line("accounts", account + "," + customer + ",B1,p,demand,2020-01-01");
    line("assignments", "account," + account + "," + staff + ",main,1,2020-01-01,");
  }
  void balance(const std::string& account, const std::string& day, const std::string& yuan) {
    line("balances", account + "," + day + "," + yuan);
  }
  // `time`: "2025-12-30T10:00:00"
  void move(const std::string& id, const std::string& account, const std::string& time, const std::string& yuan,
            const std::string& counter = "", const std::string& kind = "transfer") {
    line("transactions", id + "," + account + "," + time + "," + yuan + "," + counter + "," + kind);
  }
  // Both sides of one transfer.
  void transfer(const std::string& id, const std::string& from, const std::string& to, const std::string& time,
                const std::string& yuan, const std::string& arrives = "") {
    move(id + "o", from, time, "-" + yuan, to);
    move(id + "i", to, time, arrives.empty() ? yuan : arrives, from);
  }
  void loan(const std::string& id, const std::string& customer, const std::string& issued,
            const std::string& yuan) {
    line("loans", id + "," + customer + ",B1,p,other," + yuan + "," + issued + ",2030-01-01");
    line("assignments", "loan," + id + ",M1,main,1,2020-01-01,");
  }
  void sale(const std::string& id, const std::string& day, const std::string& customer, const std::string& staff,
            const std::string& product) {
    line("sales", id + "," + day + "," + customer + ",," + staff + "," + product + ",1,100.00");
  }

  // Everything said since the last import, as one business date.
  void import(const std::string& business_date) {
    static const std::map<std::string, std::string> kHeads = {
        {"orgs", "org_id,parent_id,name,kind,opened_on"},
        {"staff", "staff_id,name,org_id,position"},
        {"customers", "customer_id,kind,name,org_id,opened_on,group_id"},
        {"relations", "customer_id,related_id,kind,share,valid_from,valid_to"},
        {"accounts", "account_id,customer_id,org_id,product,kind,opened_on"},
        {"balances", "account_id,date,balance"},
        {"transactions", "txn_id,account_id,booked_at,amount,counter_account,kind"},
        {"loans", "loan_id,customer_id,org_id,product,kind,principal,issued_on,due_on"},
        {"sales", "sale_id,date,customer_id,account_id,staff_id,product,quantity,amount"},
        {"assignments", "subject_kind,subject_id,staff_id,role,share,valid_from,valid_to"}};
    std::map<std::string, std::string> texts;
    for (const auto& [name, lines] : files_) texts[name + ".csv"] = kHeads.at(name) + "\n" + lines;
    files_.clear();
    bank_.reset();
    feed::testing::FeedWriter writer(place_.feed());
    auto report = place_.import_one(writer.date(business_date, texts));
    if (!report.applied) throw base::Broken(problem_of(report));
  }

  feed::Bank& bank() {
    if (!bank_) bank_.emplace(place_.open());
    return *bank_;
  }
  Scan scan(const std::string& of, const Rules& rules, std::vector<Kind> kinds) {
    ScanOptions options{.period = period(of), .kinds = std::move(kinds)};
    auto out = risk::scan(bank().warehouse(), rules, options);
    if (!out) throw base::Broken(out.error().text());
    return std::move(*out);
  }
  std::vector<Finding> find(const std::string& of, Kind kind, const Rules& rules = shipped_rules()) {
    return scan(of, rules, {kind}).findings;
  }

 private:
  static std::string problem_of(const feed::DateReport& report) {
    std::ostringstream out;
    feed::write_text(out, report);
    return out.str();
  }
  void add(int c, int m) {
    line("customers", number("C", c) + ",person,客户,B1,2020-01-01,");
    account(number("A", c), number("C", c), number("M", m));
  }

  feed::testing::BankPlace place_;
  std::map<std::string, std::string> files_;
  std::optional<feed::Bank> bank_;
};

// One test for both engines.
class OnEngine : public ::testing::TestWithParam<store::Engine> {
 protected:
  void SetUp() override {
    if (GetParam() == store::Engine::postgres && !store::testing::postgres_dsn())
      GTEST_SKIP() << warehouse::testing::kNoPostgres;
  }
};

}  // namespace guanhu::risk::testing
