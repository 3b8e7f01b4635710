// What every sample must be, checked on a small bank that is read back by an independent reader.
#include "sample/sample.h"

#include <gtest/gtest.h>

#include <set>
#include <tuple>

#include "base/digest.h"
#include "base/identity.h"
#include "base/json.h"
#include "sample/sample_fixture.h"

namespace guanhu::sample {
namespace {
// ---- refusals

base::Error refusal(Options o) {
  auto result = write_sample(o);
  EXPECT_FALSE(result.ok());
  return result.ok() ? base::Error{} : result.error();
}

TEST(SampleRefusals, ImpossibleNumbers) {
  TempFolder folder("refused");
  Options good = small_bank(folder.path());
  Options o = good;
  o.to = o.from - 1;
  EXPECT_EQ(refusal(o).code, "sample.period");
  o = good;
  o.from = day("2009-12-31");
  EXPECT_EQ(refusal(o).code, "sample.period");
  o = good;
  o.to = day("2041-01-01");
  EXPECT_EQ(refusal(o).code, "sample.period");
  o = good;
  o.to = o.from + 3660;
  EXPECT_EQ(refusal(o).code, "sample.period");
  o = good;
  o.customers = 0;
  EXPECT_EQ(refusal(o).code, "sample.customers");
  o = good;
  o.managers = 0;
  EXPECT_EQ(refusal(o).code, "sample.managers");
  o = good;
  o.managers = o.customers + 1;
  EXPECT_EQ(refusal(o).code, "sample.managers");
  EXPECT_FALSE(fs::exists(folder.path())) << "a refusal must leave nothing behind";
}

TEST(SampleRefusals, FoldersInUse) {
  TempFolder folder("in_use");
  fs::create_directories(folder.path());
  Options o = small_bank(folder.path());
  o.customers = 20;
  o.managers = 2;
  o.to = o.from + 2;
  std::ofstream(folder.path() / "letter.txt") << "mine";
  EXPECT_EQ(refusal(o).code, "sample.folder");
  fs::remove(folder.path() / "letter.txt");
  ASSERT_TRUE(write_sample(o).ok());
  Options other = o;
  other.seed = 8;
  EXPECT_EQ(refusal(other).code, "sample.folder");
  EXPECT_TRUE(write_sample(o).ok()) << "the same sample may be written again";
  EXPECT_EQ(refusal([&] {
              other.out = folder.path() / "2024-12-20" / "orgs.csv";
              return other;
            }())
                .code,
            "sample.folder");
}

TEST(Sample, SmallestBanksLive) {
  for (int managers : {1, 2, 3, 5}) {
    TempFolder folder("tiny");
    Options o = small_bank(folder.path());
    o.customers = managers;
    o.managers = managers;
    o.to = o.from + 100;
    auto result = write_sample(o);
    ASSERT_TRUE(result.ok());
    EXPECT_EQ(result->dates, o.to - o.from + 1);
  }
}

// ---- the contract of the feed

struct Contract {
  std::string name;
  // NAME or NAME:KIND; kinds: d date, d? date or empty, m money, m0 money not below 0, t time, s share,
  // b true/false or empty, i whole number, anything with | a choice, else text that must not be
  // empty; ? text that may be. Key columns end in *.
  std::vector<std::string> columns;
};

const std::vector<Contract>& contracts() {
  static const std::vector<Contract> list = {
      {"orgs.csv",
       {"org_id*", "parent_id:?", "name", "kind:hq|department|branch|outlet", "opened_on:d", "closed_on:d?"}},
      {"staff.csv",
       {"staff_id*", "name", "org_id",
        "position:manager|trainee_manager|branch_head|risk_manager|accountant|cashier|teller|supervisor|auditor|"
        "hr|executive|other",
        "education:postgraduate|bachelor|college|secondary|lower", "title:senior|intermediate|junior|none",
        "credit_exam:passed|exempt|failed|none", "credit_since:d?", "hired_on:d", "left_on:d?", "born_on:d",
        "phone"}},
      {"customers.csv",
       {"customer_id*", "kind:person|company|other", "name", "id_type", "id_no", "phone", "address", "area_code",
        "industry_code:?", "org_id", "is_farmer:b", "born_on:d?", "opened_on:d", "group_id:?"}},
      {"relations.csv",
       {"customer_id*", "related_id*",
        "kind*:spouse|family|guarantor|controls|shareholder|legal_representative|group_member", "share:s?",
        "valid_from*:d", "valid_to:d?"}},
      {"accounts.csv",
       {"account_id*", "customer_id", "org_id", "product", "kind:demand|time|margin|basic|general", "currency",
        "opened_on:d", "matures_on:d?", "closed_on:d?"}},
      {"balances.csv", {"account_id*", "date*:d", "balance:m0"}},
      {"transactions.csv",
       {"txn_id*", "account_id", "booked_at:t", "amount:m", "balance_after:m0", "counter_account:?",
        "counter_name:?",
        "kind:cash|transfer|loan_disbursement|loan_repayment|interest|fee|bill|salary|card|other", "memo"}},
      {"loans.csv",
       {"loan_id*", "contract_id", "customer_id", "org_id", "product",
        "kind:farmer_micro|urban_micro|personal_business|personal_consumer|working_capital|fixed_asset|bill|other",
        "guarantee:credit|guaranteed|mortgage|pledge|low_risk", "principal:m0", "rate", "issued_on:d", "due_on:d",
        "extended_to:d?", "settled_on:d?", "purpose"}},
      {"loan_states.csv",
       {"loan_id*", "date*:d", "balance:m0", "overdue_principal:m0", "overdue_interest:m0", "overdue_days:i",
        "class:normal|special_mention|substandard|doubtful|loss", "off_balance:b"}},
      {"repayments.csv",
       {"repayment_id*", "loan_id", "date:d", "principal:m0", "interest:m0", "penalty:m0",
        "means:cash|transfer|refinanced|assets|written_off"}},
      {"notices.csv",
       {"notice_id*", "loan_id", "kind:maturity|overdue", "receiver:borrower|guarantor", "sent_on:d",
        "receipt_on:d?"}},
      {"limitations.csv", {"loan_id*", "expires_on:d"}},
      {"sales.csv",
       {"sale_id*", "date:d", "customer_id", "account_id", "staff_id",
        "product:credit_card|gold_card|e_banking|phone_banking|pos|payroll|insurance|fund|wealth|bond|other",
        "quantity:i", "amount:m0", "fee_income:m0"}},
      {"assignments.csv",
       {"subject_kind*:customer|account|loan", "subject_id*", "staff_id*", "role:main|assist", "share:s",
        "valid_from*:d", "valid_to:d?"}},
      {"targets.csv",
       {"holder_kind*:staff|org", "holder_id*",
        "indicator*:存款净增|收回利息|利息收回|贷款投放|中间业务收入|不良净降|不良现金清收|表外清收", "period*",
        "value:m0"}},
      {"ledger_totals.csv",
       {"org_id*", "date*:d", "subject*:deposits|loans|bad_loans|interest_received|fee_income", "amount:m0"}},
  };
  return list;
}

bool fits(const std::string& kind, const std::string& value) {
  if (kind == "?") return true;
  if (kind == "d?" || kind == "s?" || kind == "b")
    if (value.empty()) return true;
  if (kind == "d" || kind == "d?") return Date::parse(value).has_value();
  if (kind == "m") return fen(value) != 0;
  if (kind == "m0") return fen(value) >= 0;
  if (kind == "s" || kind == "s?") return tiny::share(value) > 0;
  if (kind == "b") return value == "true" || value == "false";
  if (kind == "i") return !value.empty() && value.find_first_not_of("0123456789") == std::string::npos;
  if (kind == "t") return value.size() == 19 && value[10] == 'T' && Date::parse(value.substr(0, 10)).has_value();
  if (kind.empty()) return !value.empty();
  return ("|" + kind + "|").find("|" + value + "|") != std::string::npos && !value.empty();
}

TEST(SampleFeed, EveryFieldKeepsTheContract) {
  std::set<std::string> seen;
  for (const Contract& contract : contracts()) {
    for (const DayFolder& d : bank().days) {
      auto at = d.files.find(contract.name);
      if (at == d.files.end()) continue;
      seen.insert(contract.name);
      ASSERT_EQ(at->second.header.size(), contract.columns.size()) << contract.name;
      std::set<std::string> keys;
      for (const Record& row : at->second.rows) {
        std::string key;
        for (const std::string& column : contract.columns) {
          size_t colon = column.find(':');
          std::string name = column.substr(0, colon),
                      kind = colon == std::string::npos ? "" : column.substr(colon + 1);
          bool is_key = name.back() == '*';
          if (is_key) name.pop_back();
          ASSERT_EQ(row.count(name), 1u) << contract.name << " has no column " << name;
          ASSERT_TRUE(fits(kind, row.at(name)))
              << contract.name << " " << d.date << " " << name << "=" << row.at(name);
          if (is_key) key += row.at(name) + "\n";
        }
        ASSERT_TRUE(keys.insert(key).second) << contract.name << " " << d.date << ": key twice: " << key;
      }
    }
  }
  EXPECT_EQ(seen.size(), contracts().size()) << "every file of the contract must appear";
}

// The opening and the events of the first day meet in one folder: no key may stand there twice.
TEST(SampleFeed, FirstDaysKeepKeysUnique) {
  for (const char* first : {"2025-03-31", "2025-09-20"}) {
    TempFolder folder("first");
    Options o = small_bank(folder.path());
    o.customers = 5000;
    o.from = o.to = day(first);
    ASSERT_TRUE(write_sample(o).ok());
    const DayFolder only = tiny::read_feed(folder.path()).at(0);
    EXPECT_GE(only.files.size(), 14u);
    for (const Contract& contract : contracts()) {
      auto at = only.files.find(contract.name);
      if (at == only.files.end()) continue;
      std::set<std::string> keys;
      for (const Record& row : at->second.rows) {
        std::string key;
        for (const std::string& column : contract.columns)
          if (size_t star = column.find('*'); star != std::string::npos)
            key += row.at(column.substr(0, star)) + "\n";
        ASSERT_TRUE(keys.insert(key).second) << contract.name << " " << first << ": key twice: " << key;
      }
    }
  }
}

TEST(SampleFeed, ManifestsAreTrue) {
  int64_t files = 0, rows = 0;
  Date expected = small_bank("").from;
  for (const DayFolder& d : bank().days) {
    EXPECT_EQ(d.date, expected.str()) << "every calendar day has a folder";
    expected = expected + 1;
    auto manifest = base::Json::parse(d.manifest).value();
    EXPECT_EQ(*manifest.find("business_date")->as_string(), d.date);
    EXPECT_EQ(*manifest.find("encoding")->as_string(), "UTF-8");
    EXPECT_EQ(*manifest.find("delimiter")->as_string(), ",");
    const auto& listed = *manifest.find("files")->as_object();
    EXPECT_EQ(listed.size(), d.files.size());
    for (const auto& [name, entry] : listed) {
      const tiny::Table& table = d.files.at(name);
      EXPECT_EQ(entry.find("rows")->as_number()->to_int64(), static_cast<int64_t>(table.rows.size()));
      EXPECT_EQ(*entry.find("sha256")->as_string(), base::sha256_hex(table.bytes));
      ++files;
      rows += static_cast<int64_t>(table.rows.size());
      const base::Json* totals = entry.find("totals");
      if (!totals) continue;
      for (const auto& [column, total] : *totals->as_object()) {
        int64_t sum = 0;
        for (const Record& row : table.rows) sum += fen(row.at(column));
        EXPECT_EQ(fen(*total.as_string()), sum) << d.date << " " << name << " " << column;
      }
    }
  }
  EXPECT_EQ(expected, small_bank("").to + 1);
  EXPECT_EQ(bank().summary.files, files);
  EXPECT_EQ(bank().summary.rows, rows);
}

TEST(SampleFeed, EverythingNamedIsKnown) {
  std::map<std::string, std::set<std::string>> known;
  static const std::vector<std::tuple<std::string, std::string>> kOwn = {{"orgs.csv", "org_id"},
                                                                         {"staff.csv", "staff_id"},
                                                                         {"customers.csv", "customer_id"},
                                                                         {"accounts.csv", "account_id"},
                                                                         {"loans.csv", "loan_id"}};
  static const std::map<std::string, std::string> kAlias = {{"parent_id", "org_id"},
                                                            {"related_id", "customer_id"}};
  for (const DayFolder& d : bank().days) {
    for (const auto& [file, column] : kOwn)
      if (d.files.count(file))
        for (const Record& row : d.files.at(file).rows) known[column].insert(row.at(column));
    for (const auto& [name, table] : d.files) {
      for (const Record& row : table.rows) {
        for (const auto& [column, value] : row) {
          auto alias = kAlias.find(column);
          auto at = known.find(alias == kAlias.end() ? column : alias->second);
          if (at == known.end() || value.empty()) continue;
          ASSERT_TRUE(at->second.count(value)) << d.date << " " << name << " " << column << "=" << value;
        }
        for (const std::string subject : {"subject", "holder"}) {
          if (!row.count(subject + "_kind")) continue;
          ASSERT_TRUE(known[row.at(subject + "_kind") + "_id"].count(row.at(subject + "_id")))
              << row.at(subject + "_id");
        }
      }
    }
  }
}

TEST(SampleFeed, OnlyTheFirstDayBringsTheOpening) {
  const DayFolder& first = bank().days.front();
  EXPECT_EQ(first.files.at("customers.csv").rows.size(), 1200u);
  std::string before = (day(first.date) - 1).str();
  std::set<std::string> opening;
  for (const Record& row : first.files.at("balances.csv").rows)
    if (row.at("date") == before) opening.insert(row.at("account_id"));
  for (const Record& row : first.files.at("accounts.csv").rows) {
    bool older = row.at("opened_on") < first.date;
    EXPECT_EQ(opening.count(row.at("account_id")), older ? 1u : 0u) << row.at("account_id");
    EXPECT_LE(row.at("opened_on"), first.date);
  }
  for (const char* file : {"balances.csv", "loan_states.csv", "repayments.csv", "sales.csv", "ledger_totals.csv"})
    each(file, [&](const DayFolder& d, const Record& row) {
      if (row.at("date") != before || d.date != first.date) {
        ASSERT_EQ(row.at("date"), d.date) << file;
      }
    });
  size_t later = 0;
  each("customers.csv", [&](const DayFolder& d, const Record&) { later += d.date != first.date; });
  EXPECT_GT(later, 5u);
  EXPECT_LT(later, 100u);
}

// ---- people

TEST(SamplePeople, NumbersAreWellFormedAndPlainlyMadeUp) {
  std::map<std::string, std::string> owner;
  int persons = 0, companies = 0, farmers = 0;
  each("customers.csv", [&](const DayFolder&, const Record& row) {
    const std::string& number = row.at("id_no");
    auto [at, added] = owner.emplace(number, row.at("customer_id"));
    EXPECT_EQ(at->second, row.at("customer_id")) << "one number, two customers";
    EXPECT_EQ(row.at("phone").substr(0, 3), "100");
    EXPECT_NE(row.at("name").find("样本"), std::string::npos);
    EXPECT_EQ(row.at("area_code").substr(0, 6), "460323");
    if (!added) return;
    if (row.at("kind") == "person") {
      ++persons;
      farmers += row.at("is_farmer") == "true";
      EXPECT_TRUE(base::valid_resident_id(number)) << number;
      EXPECT_EQ(base::resident_birthday(number)->str(), row.at("born_on"));
    } else {
      ++companies;
      EXPECT_TRUE(base::valid_credit_code(number)) << number;
    }
  });
  EXPECT_GT(persons, 1000);
  EXPECT_GT(companies, 40);
  EXPECT_GT(farmers, persons / 2);
}

TEST(SamplePeople, KeyRowsComeAgainWhenTheyChange) {
  std::map<std::string, Record> last;
  int phones = 0, addresses = 0;
  each("customers.csv", [&](const DayFolder&, const Record& row) {
    auto [at, added] = last.emplace(row.at("customer_id"), row);
    if (added) return;
    ASSERT_NE(at->second, row) << "sent again unchanged";
    phones += at->second.at("phone") != row.at("phone");
    addresses += at->second.at("address") != row.at("address");
    EXPECT_EQ(at->second.at("id_no"), row.at("id_no"));
    at->second = row;
  });
  EXPECT_GT(phones, 0);
  EXPECT_GT(addresses, 0);
}

struct Post {
  Date hired, left;
  std::string position;
};
std::map<std::string, Post> posts() {
  std::map<std::string, Post> out;
  each("staff.csv", [&](const DayFolder&, const Record& row) {
    Date left = row.at("left_on").empty() ? day("9999-12-31") : day(row.at("left_on"));
    out[row.at("staff_id")] = {day(row.at("hired_on")), left, row.at("position")};
  });
  return out;
}

using AssignmentKey = std::tuple<std::string, std::string, Date>;  // subject, staff, valid_from
struct AssignmentRow {
  int share;
  Date to;
  std::string role;
};
std::map<AssignmentKey, AssignmentRow> assignments() {
  std::map<AssignmentKey, AssignmentRow> out;
  each("assignments.csv", [&](const DayFolder& d, const Record& row) {
    AssignmentKey key(row.at("subject_kind") + row.at("subject_id"), row.at("staff_id"),
                      day(row.at("valid_from")));
    Date to = row.at("valid_to").empty() ? day("9999-12-31") : day(row.at("valid_to"));
    auto at = out.find(key);
    if (at != out.end()) {
      EXPECT_EQ(at->second.share, tiny::share(row.at("share"))) << "an ending row keeps its share";
      EXPECT_LT(to, day("9999-12-31")) << "sent again without an end";
    } else {
      EXPECT_TRUE(row.at("valid_to").empty()) << "ended before it was ever sent";
    }
    EXPECT_LE(std::get<2>(key), day(d.date));
    EXPECT_LE(std::get<2>(key), to);
    out[key] = {tiny::share(row.at("share")), to, row.at("role")};
  });
  return out;
}

TEST(SampleAssignments, SharesAddUpToOneOnEveryDay) {
  std::map<std::string, std::map<Date, std::pair<int, int>>> changes;  // share, main rows
  std::set<int> shares;
  for (const auto& [key, row] : assignments()) {
    int main = row.role == "main";
    auto& subject = changes[std::get<0>(key)];
    subject[std::get<2>(key)].first += row.share;
    subject[std::get<2>(key)].second += main;
    subject[row.to + 1].first -= row.share;
    subject[row.to + 1].second -= main;
    shares.insert(row.share);
  }
  for (const auto& [subject, days] : changes) {
    int share = 0, main = 0;
    for (const auto& [from, change] : days) {
      share += change.first;
      main += change.second;
      if (share != 0 || main != 0) {
        // A co-holder may have been hired after the others began.
        EXPECT_LE(share, 10000) << subject << " " << from.str();
        EXPECT_GE(share, 0);
        EXPECT_LE(main, 1) << subject << " " << from.str();
        EXPECT_TRUE(share == 10000 || from < small_bank("").from) << subject << " " << from.str();
      }
    }
  }
  for (int wanted : {10000, 5000, 7000, 3000, 3333, 3334}) EXPECT_TRUE(shares.count(wanted)) << wanted;
}

TEST(SampleAssignments, NobodyHoldsAnythingBeforeOrAfterTheirTime) {
  auto people = posts();
  std::set<std::string> leavers;
  for (const auto& [id, post] : people)
    if (post.left < day("9999-12-31")) leavers.insert(id);
  EXPECT_EQ(static_cast<int64_t>(leavers.size()), bank().summary.leavers);
  ASSERT_FALSE(leavers.empty());
  int handed_over = 0;
  for (const auto& [key, row] : assignments()) {
    const Post& post = people.at(std::get<1>(key));
    EXPECT_TRUE(post.position == "manager" || post.position == "trainee_manager");
    EXPECT_GE(std::get<2>(key), post.hired);
    EXPECT_LE(row.to, post.left) << std::get<0>(key) << " still with " << std::get<1>(key);
    handed_over += leavers.count(std::get<1>(key)) && row.to == post.left;
  }
  EXPECT_GT(handed_over, 10);
}

TEST(SampleAssignments, SomeByCustomerSomeByAccountSomeByNobody) {
  std::map<std::string, std::string> owner;
  each("accounts.csv",
       [&](const DayFolder&, const Record& r) { owner[r.at("account_id")] = r.at("customer_id"); });
  std::set<std::string> subjects;
  for (const auto& [key, row] : assignments()) subjects.insert(std::get<0>(key));
  int by_customer = 0, by_account = 0, nobody = 0;
  for (const auto& [account, customer] : owner) {
    bool c = subjects.count("customer" + customer), a = subjects.count("account" + account);
    EXPECT_FALSE(c && a) << account << " is assigned twice";
    by_customer += c;
    by_account += a;
    nobody += !a && !c;
  }
  EXPECT_GT(by_customer, by_account);
  EXPECT_GT(by_account, nobody);
  EXPECT_GT(nobody, 0);
}

}  // namespace
}  // namespace guanhu::sample
