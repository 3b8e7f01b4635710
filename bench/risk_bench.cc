// The search for findings in a month of a bank with a million transactions a day.
//
//   risk_bench [--accounts N] [--per-day N] [--days N] [--dir DIR] [--keep]
//
// The bank is made in the process: few accounts have most transactions, amounts are round as people make them, a
// third of the transfers go to other banks. Circles of 2 to 6 hops and returning loans are planted among them;
// ends with 1 when one of these is not found, or a run takes over a minute. The second run has its column files.
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <set>

#include "base/date.h"
#include "feed/schema.h"
#include "policy/load.h"
#include "risk/scan.h"

namespace {
using namespace guanhu;

constexpr int kPlanted = 200;
struct Size {
  long accounts = 1'000'000, per_day = 1'000'000, days = 31;
  long loans() const { return std::max<long>(kPlanted, per_day * days / 1000); }
  long each() const { return loans() / kPlanted; }  // of so many loans one comes back
};
constexpr int kTarget = 60;  // seconds

double now() {  // double: a stop-watch
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

// Of all threads, user and system.
double worked() {  // double: a stop-watch
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
  };  // double: see above
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

// Pseudo-random whole numbers of a row: h(i, salt) in SQL.
std::string chance(const std::string& i, int salt, const std::string& below) {
  return "(CAST(hash(" + i + " * 31 + " + std::to_string(salt) + ") % " + below + " AS BIGINT))";
}

class Maker {
 public:
  Maker(warehouse::Warehouse& db, const Size& size) : db_(db), size_(size) {}

  void make() {
    feed::create_schema(db_);
    people();
    accounts();
    balances();
    transactions();
    loans();
    sales();
    planted();
  }

 private:
  std::string n(long value) const { return std::to_string(value); }
  std::string accounts_text() const { return n(size_.accounts); }
  // Account numbers of which one in a hundred has a third of everything.
  std::string account(const std::string& i, int salt) const {
    return "(CASE WHEN " + chance(i, salt, "3") + " = 0 THEN " + chance(i, salt + 1, n(size_.accounts / 100)) +
           " ELSE " + chance(i, salt + 2, accounts_text()) + " END)";
  }

  void people() {
    db_.exec(
        "INSERT INTO imports (import_id, business_date, applied_at) SELECT d + 1, DATE '2025-11-30' + CAST(d AS "
        "INTEGER), TIMESTAMP '2026-01-01 00:00:00' + to_minutes(CAST(d AS INTEGER)) FROM range(" +
        n(size_.days + 12) + ") t(d)");
    db_.exec(
        "INSERT INTO f_orgs (org_id, name, kind, import_id, line) SELECT 'O' || i, 'O', 'branch', 1, i + 2 FROM "
        "range(50) t(i)");
    db_.exec(
        "INSERT INTO f_staff (staff_id, name, org_id, position, import_id, line) SELECT 'M' || i, 'M', 'O' || (i "
        "% "
        "50), 'manager', 1, i + 2 FROM range(2000) t(i)");
  }
  void accounts() {
    std::string all = " FROM range(" + accounts_text() + ") t(i)";
    db_.exec("INSERT INTO account_keys SELECT CAST(i AS INTEGER), 'A' || i" + all);
    db_.exec(
        "INSERT INTO f_accounts (account, account_id, customer_id, org_id, opened_on, import_id, line) SELECT "
        "CAST(i "
        "AS INTEGER), 'A' || i, 'C' || (i * 7 // 10), 'O' || (i % 50), DATE '2020-01-01', 1, i + 2" +
        all);
    db_.exec(
        "INSERT INTO f_assignments (subject_kind, subject_id, staff_id, role, share, valid_from, import_id, line) "
        "SELECT 'account', 'A' || i, 'M' || (i % 2000), 'main', 100000000, DATE '2020-01-01', 1, i + 2" +
        all);
  }
  // Most balances wander by a tenth; of one account in five hundred five times as much stands on the last day.
  void balances() {
    std::string base = "10 ** (5 + 4 * power(" + chance("i", 7, "1000000") + " / 1e6, 2))";
    db_.exec(
        "INSERT INTO f_balances (account, date, balance, import_id, line, changed) SELECT CAST(i AS INTEGER), "
        "DATE "
        "'2025-12-01' + CAST(d AS INTEGER), CAST(" +
        base + " * (90 + " + chance("(i * 64 + d)", 8, "20") +
        ") / 100 * (CASE WHEN i % 500 = 0 AND d = 30 THEN 5 ELSE 1 END) AS BIGINT), CAST(d + 2 AS INTEGER), "
        "CAST(i + 2 "
        "AS INTEGER), TRUE FROM range(" +
        accounts_text() + ") t(i), range(" + n(size_.days + 11) +
        ") s(d) WHERE d IN (0, 30, 33) OR hash(i * 64 + d) % 2 = 0");
  }
  void transactions() {
    std::string kind =
        "(CASE WHEN k < 35 THEN 'transfer' WHEN k < 65 THEN 'card' WHEN k < 85 THEN 'cash' ELSE 'other' END)";
    for (long d = 0; d < size_.days + 10; ++d)
      db_.exec(
          "INSERT INTO f_transactions (txn_id, account_id, booked_at, amount, counter_account, kind, import_id, "
          "line) SELECT 'T' || i, 'A' || a, TIMESTAMP '2025-12-01 00:00:00' + to_seconds(CAST(d * 86400 + s AS "
          "BIGINT)), CASE WHEN p = 0 THEN -m ELSE m END, CASE WHEN k < 35 THEN CASE WHEN o < 2 THEN 'A' || c ELSE "
          "'X' || x END END, " +
          kind + ", CAST(d + 2 AS INTEGER), CAST(i - " + n(d * size_.per_day) +
          " + 2 AS INTEGER) FROM (SELECT i, " + n(d) + " AS d, " + account("i", 11) + " AS a, " +
          account("i", 21) + " AS c, " + chance("i", 31, "2000000") + " AS x, " + chance("i", 32, "100") +
          " AS k, " + chance("i", 33, "3") + " AS o, " + chance("i", 34, "2") + " AS p, " +
          chance("i", 35, "86400") + " AS s, " + "(CASE WHEN " + chance("i", 36, "2") +
          " = 0 THEN 10000 ELSE 1 END) * CAST(10 ** (3 + 5 * power(" + chance("i", 37, "1000000") +
          " / 1e6, 2)) / (CASE WHEN " + chance("i", 36, "2") +
          " = 0 THEN 10000 ELSE 1 END) + 1 AS BIGINT) AS m FROM range(" + n(d * size_.per_day) + ", " +
          n((d + 1) * size_.per_day) + ") t(i))");
  }
  void loans() {
    std::string all = " FROM range(" + n(size_.loans()) + ") t(i)";
    std::string principal = "(500000000 // (1 + i % 97) + 5000000)", day = "(i % " + n(size_.days) + ")";
    db_.exec("INSERT INTO loan_keys SELECT CAST(i AS INTEGER), 'L' || i" + all);
    db_.exec(
        "INSERT INTO f_loans (loan, loan_id, customer_id, org_id, principal, issued_on, import_id, line) SELECT "
        "CAST(i AS INTEGER), 'L' || i, 'C' || (i * 20 * 7 // 10), 'O1', " +
        principal + ", DATE '2025-12-01' + CAST(" + day + " AS INTEGER), CAST(" + day +
        " + 2 AS INTEGER), CAST(i + 2 AS INTEGER)" + all);
    db_.exec(
        "INSERT INTO f_transactions (txn_id, account_id, booked_at, amount, kind, import_id, line) SELECT 'D' || "
        "i, "
        "'A' || (i * 20), TIMESTAMP '2025-12-01 10:00:00' + to_days(CAST(" +
        day + " AS INTEGER)), " + principal + ", 'loan_disbursement', CAST(" + day +
        " + 2 AS INTEGER), CAST(50000000 + i AS INTEGER)" + all);
  }
  void sales() {
    db_.exec(
        "INSERT INTO f_sales (sale_id, date, customer_id, staff_id, product, quantity, amount, import_id, line) "
        "SELECT 'S' || i, DATE '2025-12-01' + CAST(i % " +
        n(size_.days) + " AS INTEGER), 'C' || " + chance("i", 41, n(size_.accounts * 7 / 10)) +
        ", 'M' || (i % 2000), CASE WHEN i % 3 = 0 THEN 'wealth' ELSE "
        "'e_banking' END, 10000, 100000, CAST(i % " +
        n(size_.days) +
        " + 2 AS INTEGER), CAST(i + 2 AS INTEGER) FROM "
        "range(" +
        n(size_.per_day * size_.days / 200) + ") t(i)");
  }
  // Circle k has 2 + k % 5 hops, two days apart at most, in an amount of its own; loan k comes back after k % 7
  // days.
  void planted() {
    for (int k = 0; k < kPlanted; ++k)
      for (int hop = 0; hop < 2 + k % 5; ++hop) {
        int hops = 2 + k % 5;
        auto party = [&](int at) {
          return "'A" + std::to_string(500'000 * size_.accounts / 1'000'000 + k * 40 + (at % hops) * 3) + "'";
        };
        add("P" + std::to_string(k) + "-" + std::to_string(hop), party(hop), party(hop + 1), 5 + 2 * hop,
            -(77'000'001 + 13 * k));
      }
    for (int k = 0; k < kPlanted; ++k) {
      long loan = k * size_.each();
      long principal = 500'000'000 / (1 + loan % 97) + 5'000'000;
      add("R" + std::to_string(k), "'A" + std::to_string(loan * 20) + "'", "'X1'",
          static_cast<int>(loan % size_.days) + k % 7, principal - 1, 11);
    }
  }
  void add(const std::string& id, const std::string& account, const std::string& counter, int day, long amount,
           int hour = 12) {
    db_.exec(
        "INSERT INTO f_transactions (txn_id, account_id, booked_at, amount, counter_account, kind, import_id, "
        "line) "
        "VALUES ('" +
        id + "', " + account + ", TIMESTAMP '2025-12-01 00:00:00' + to_days(" + std::to_string(day) +
        ") + to_hours(" + std::to_string(hour) + "), " + n(amount) + ", " + counter + ", 'transfer', " +
        std::to_string(day + 2) + ", " + std::to_string(60'000'000 + planted_++) + ")");
  }

  warehouse::Warehouse& db_;
  const Size& size_;
  int planted_ = 0;
};

// Planted circles and loans that no finding names.
size_t missed(const risk::Scan& scan, const Size& size) {
  std::set<std::string> circles, loans;
  for (const risk::Finding& f : scan.findings)
    for (const risk::Evidence& e : f.evidence) {
      if (f.kind == risk::Kind::circle && e.id.rfind("P", 0) == 0) circles.insert(e.id.substr(0, e.id.find('-')));
      if (f.kind == risk::Kind::loan_return && e.table == "loans") loans.insert(e.id);
    }
  size_t out = static_cast<size_t>(kPlanted) - std::min<size_t>(circles.size(), kPlanted);
  for (int k = 0; k < kPlanted; ++k) out += !loans.contains("L" + std::to_string(k * size.each()));
  return out;
}

int run_bench(const Size& size, const std::filesystem::path& dir) {
  std::filesystem::create_directories(dir);
  warehouse::DuckDbOptions options;
  options.file = dir / "bank.duckdb";
  auto db = warehouse::open_duckdb(options);
  double start = now();  // double: a stop-watch
  if (!db->has_table("f_transactions")) Maker(*db, size).make();
  std::printf("%ld accounts, %ld transactions a day for %ld days: made in %.1f s\n", size.accounts, size.per_day,
              size.days, now() - start);
  auto pack = policy::open_pack(std::filesystem::path(GUANHU_SOURCE_DIR) / "policies", "anti-gaming");
  if (!pack) throw base::Broken(pack.error().text());
  auto period = *base::Period::parse("2025-12");
  auto rules = risk::rules_of(*pack, period.last());
  if (!rules) throw base::Broken(rules.error().text());
  int code = 0;
  for (const char* what : {"column files derived", "column files there"}) {
    double from = now(), last = from, before = worked();  // double: a stop-watch
    std::string doing;
    auto tell = [&](std::string_view next) {
      if (!doing.empty()) std::printf("  %-28s %6.1f s\n", doing.c_str(), now() - last);
      doing = next, last = now();
    };
    auto scan = risk::scan(*db, *rules, {.period = period, .columns = dir / "columns"}, tell);
    if (!scan) throw base::Broken(scan.error().text());
    tell("");
    double took = now() - from;  // double: a stop-watch
    std::printf(
        "a month, %s: %.1f s (target under %d s), %.1f s of processor time: %zu findings, %zu transactions kept "
        "in memory, %zu transfers, "
        "%zu starts given up, %zu planted missed\n",
        what, took, kTarget, worked() - before, scan->findings.size(), scan->transactions, scan->transfers,
        scan->given_up, missed(*scan, size));
    if (missed(*scan, size) || took > kTarget) code = 1;
  }
  return code;
}

}  // namespace

int main(int argc, char** argv) {
  Size size;
  std::filesystem::path dir = std::filesystem::temp_directory_path() / "guanhu_risk_bench";
  bool keep = false;
  for (int i = 1; i < argc; ++i) {
    auto number = [&](const char* name, long& to) {
      if (std::strcmp(argv[i], name) != 0 || i + 1 >= argc) return false;
      to = std::atol(argv[++i]);
      return true;
    };
    if (number("--accounts", size.accounts) || number("--per-day", size.per_day) || number("--days", size.days))
      continue;
    if (!std::strcmp(argv[i], "--dir") && i + 1 < argc) dir = argv[++i];
    else if (!std::strcmp(argv[i], "--keep")) keep = true;
    else
      return std::fprintf(stderr,
                          "usage: risk_bench [--accounts N] [--per-day N] [--days N] [--dir DIR] [--keep]\n"),
             2;
  }
  int code = 2;
  try {
    code = run_bench(size, dir);
  } catch (const base::Broken& broken) {
    std::fprintf(stderr, "%s\n", broken.what());
  }
  if (!keep) std::filesystem::remove_all(dir);
  return code;
}
