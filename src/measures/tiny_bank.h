// For tests: a small bank as the rows of its feed, imported at known moments, written straight into
// the warehouse's tables (docs/warehouse-schema.md).
#pragma once
#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "feed/schema.h"
#include "measures/fact_sql.h"
#include "warehouse/warehouse.h"

namespace guanhu::measures::testing {

using Day = int32_t;  // since 1970

inline Day day(const std::string& text) { return base::Date::parse(text)->days(); }

struct ImportRow {
  int id;
  Day business_date;
  int64_t applied;  // microseconds since 1970
  std::optional<int64_t> replaced;
};
struct OrgRow {
  int import;
  std::string id, parent;
};
struct StaffRow {
  int import;
  std::string id, org;
};
struct CustomerRow {
  int import;
  std::string id, kind;
  bool farmer;
};
struct AccountRow {
  int import;
  std::string id, customer, org, product, kind;
  Day opened;
  std::optional<Day> closed;
};
struct BalanceRow {
  int import;
  std::string account;
  Day date;
  int64_t fen;
  bool changed = true;
};
struct LoanRow {
  int import;
  std::string id, customer, org, kind;
  Day issued;
  std::optional<Day> settled;
};
struct StateRow {
  int import;
  std::string loan;
  Day date;
  int64_t balance, overdue_principal, overdue_interest;
  std::string grade;
  std::optional<bool> off_balance;
};
struct AssignmentRow {
  int import;
  std::string kind, id, staff;
  bool main;
  int64_t raw;  // 1/100,000,000
  Day from;
  std::optional<Day> to;
};
// A claim of what people of the bank recorded (recorded_assignments); claims of one entry belong together.
struct RecordedClaim {
  int64_t entry;
  std::string kind, id, staff;
  bool main;
  int64_t raw;  // 1/100,000,000; of an entry together the whole
  Day from;
  std::optional<Day> to;
  int64_t known;                           // microseconds since 1970
  std::optional<int64_t> taken_back = {};  // until then
};
struct RepaymentRow {
  int import;
  std::string id, loan;
  Day date;
  int64_t principal, interest;
};
struct SaleRow {
  int import;
  std::string id;
  Day date;
  std::string customer, account, staff, product;
  int64_t quantity;
};
struct TransactionRow {
  int import;
  std::string id, account;
  Day date;
  int64_t amount;
  std::string kind;
};
struct TargetRow {
  int import;
  std::string holder_kind, holder, indicator, period;
  int64_t value;
};

struct TinyBank {
  std::vector<ImportRow> imports;
  std::vector<OrgRow> orgs;
  std::vector<StaffRow> staff;
  std::vector<CustomerRow> customers;
  std::vector<AccountRow> accounts;
  std::vector<BalanceRow> balances;
  std::vector<LoanRow> loans;
  std::vector<StateRow> states;
  std::vector<AssignmentRow> assignments;
  std::vector<RecordedClaim> recorded;
  std::vector<RepaymentRow> repayments;
  std::vector<SaleRow> sales;
  std::vector<TransactionRow> transactions;
  std::vector<TargetRow> targets;

  // A new import of `date`, a second after the one before; an earlier import of the date is replaced.
  int import(const std::string& date) { return import(day(date)); }
  int import(Day date) {
    int64_t now = 1'000'000 * (1'700'000'000 + static_cast<int64_t>(imports.size()));
    for (ImportRow& i : imports)
      if (i.business_date == date && !i.replaced) i.replaced = now;
    imports.push_back({static_cast<int>(imports.size()) + 1, date, now, std::nullopt});
    return imports.back().id;
  }

  // Into empty tables.
  void write(warehouse::Warehouse& db) {
    feed::create_schema(db);
    db.begin();
    write_keys(db);
    write_things(db);
    write_facts(db);
    write_recorded(db);
    db.commit();
  }
  // What was recorded, alone: into the tables of a bank that was written before.
  void write_recorded(warehouse::Warehouse& db) const {
    for (const RecordedClaim& r : recorded)
      db.exec(
          "INSERT INTO recorded_assignments (entry, subject_kind, subject_id, staff_id, role, share, valid_from, "
          "valid_to, known_from, known_to, reason, made_by) VALUES (" +
          number(r.entry) + ", " + text(r.kind) + ", " + text(r.id) + ", " + text(r.staff) + ", " +
          (r.main ? "'main'" : "'assist'") + ", " + number(r.raw) + ", " + date(r.from) + ", " + date(r.to) +
          ", " + moment(r.known) + ", " + (r.taken_back ? moment(*r.taken_back) : "NULL") + ", '轮岗', 'li')");
  }

  std::map<std::string, int> account_numbers, loan_numbers;

 private:
  static std::string text(const std::string& s) { return s.empty() ? "NULL" : quote(s); }
  static std::string date(Day d) { return "DATE '" + base::Date(d).str() + "'"; }
  static std::string date(const std::optional<Day>& d) { return d ? date(*d) : "NULL"; }
  static std::string flag(const std::optional<bool>& b) { return b ? (*b ? "TRUE" : "FALSE") : "NULL"; }
  static std::string number(int64_t n) { return std::to_string(n); }
  static std::string moment(int64_t micros) {
    std::string t = base::Instant{micros}.str();
    t.pop_back();
    t[10] = ' ';
    return "TIMESTAMP '" + t + "'";
  }

  // One INSERT of all rows; `cells` gives a row's values without its line.
  template <class Rows, class Cells>
  static void insert(warehouse::Warehouse& db, const std::string& table, const std::string& columns,
                     const Rows& rows, const Cells& cells) {
    std::string values;
    std::map<int, int> line;
    for (const auto& row : rows)
      values += (values.empty() ? "(" : ", (") + cells(row) + ", " + number(row.import) + ", " +
                number(2 + line[row.import]++) + ")";
    if (!values.empty())
      db.exec("INSERT INTO f_" + table + " (" + columns + ", import_id, line) VALUES " + values);
  }

  static int key(std::map<std::string, int>& numbers, const std::string& id) {
    return numbers.emplace(id, static_cast<int>(numbers.size())).first->second;
  }

  void write_keys(warehouse::Warehouse& db) {
    for (const auto& r : accounts) key(account_numbers, r.id);
    for (const auto& r : balances) key(account_numbers, r.account);
    for (const auto& r : loans) key(loan_numbers, r.id);
    for (const auto& r : states) key(loan_numbers, r.loan);
    for (const auto& [id, n] : account_numbers)
      db.exec("INSERT INTO account_keys (account, account_id) VALUES (" + number(n) + ", " + text(id) + ")");
    for (const auto& [id, n] : loan_numbers)
      db.exec("INSERT INTO loan_keys (loan, loan_id) VALUES (" + number(n) + ", " + text(id) + ")");
    for (const ImportRow& i : imports)
      db.exec("INSERT INTO imports (import_id, business_date, applied_at, replaced_at) VALUES (" + number(i.id) +
              ", " + date(i.business_date) + ", " + moment(i.applied) + ", " +
              (i.replaced ? moment(*i.replaced) : "NULL") + ")");
  }

  void write_things(warehouse::Warehouse& db) {
    insert(db, "orgs", "org_id, parent_id, name, kind", orgs,
           [](const OrgRow& r) { return text(r.id) + ", " + text(r.parent) + ", " + text(r.id) + ", 'branch'"; });
    insert(db, "staff", "staff_id, name, org_id, position", staff,
           [](const StaffRow& r) { return text(r.id) + ", " + text(r.id) + ", " + text(r.org) + ", 'manager'"; });
    insert(db, "customers", "customer_id, name, kind, is_farmer", customers, [](const CustomerRow& r) {
      return text(r.id) + ", " + text("Name of " + r.id) + ", " + text(r.kind) + ", " + flag(r.farmer);
    });
    insert(db, "accounts", "account, account_id, customer_id, org_id, product, kind, opened_on, closed_on",
           accounts, [&](const AccountRow& r) {
             return number(account_numbers[r.id]) + ", " + text(r.id) + ", " + text(r.customer) + ", " +
                    text(r.org) + ", " + text(r.product) + ", " + text(r.kind) + ", " + date(r.opened) + ", " +
                    date(r.closed);
           });
    insert(db, "loans", "loan, loan_id, customer_id, org_id, kind, principal, issued_on, due_on, settled_on",
           loans, [&](const LoanRow& r) {
             return number(loan_numbers[r.id]) + ", " + text(r.id) + ", " + text(r.customer) + ", " + text(r.org) +
                    ", " + text(r.kind) + ", 0, " + date(r.issued) + ", " + date(r.issued + 365) + ", " +
                    date(r.settled);
           });
    insert(db, "assignments", "subject_kind, subject_id, staff_id, role, share, valid_from, valid_to", assignments,
           [](const AssignmentRow& r) {
             return text(r.kind) + ", " + text(r.id) + ", " + text(r.staff) + ", " +
                    (r.main ? "'main'" : "'assist'") + ", " + number(r.raw) + ", " + date(r.from) + ", " +
                    date(r.to);
           });
  }

  void write_facts(warehouse::Warehouse& db) {
    insert(db, "balances", "account, date, balance, changed", balances, [&](const BalanceRow& r) {
      return number(account_numbers[r.account]) + ", " + date(r.date) + ", " + number(r.fen) + ", " +
             flag(r.changed);
    });
    insert(db, "loan_states", "loan, date, balance, overdue_principal, overdue_interest, class, off_balance",
           states, [&](const StateRow& r) {
             return number(loan_numbers[r.loan]) + ", " + date(r.date) + ", " + number(r.balance) + ", " +
                    number(r.overdue_principal) + ", " + number(r.overdue_interest) + ", " + text(r.grade) + ", " +
                    flag(r.off_balance);
           });
    insert(db, "repayments", "repayment_id, loan, date, principal, interest, means", repayments,
           [&](const RepaymentRow& r) {
             return text(r.id) + ", " + number(loan_numbers[r.loan]) + ", " + date(r.date) + ", " +
                    number(r.principal) + ", " + number(r.interest) + ", 'cash'";
           });
    insert(db, "sales", "sale_id, date, customer_id, account_id, staff_id, product, quantity", sales,
           [](const SaleRow& r) {
             return text(r.id) + ", " + date(r.date) + ", " + text(r.customer) + ", " + text(r.account) + ", " +
                    text(r.staff) + ", " + text(r.product) + ", " + number(r.quantity);
           });
    insert(db, "transactions", "txn_id, account_id, booked_at, amount, kind", transactions,
           [](const TransactionRow& r) {
             return text(r.id) + ", " + text(r.account) + ", " +
                    moment(r.date * int64_t{86'400'000'000} + 3'600'000'000) + ", " + number(r.amount) + ", " +
                    text(r.kind);
           });
    insert(db, "targets", "holder_kind, holder_id, indicator, period, value", targets, [](const TargetRow& r) {
      return text(r.holder_kind) + ", " + text(r.holder) + ", " + text(r.indicator) + ", " + text(r.period) +
             ", " + number(r.value);
    });
  }
};

}  // namespace guanhu::measures::testing
