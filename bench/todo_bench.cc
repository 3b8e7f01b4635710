// A night in which 200,000 to-dos arise, the same night again, and the night after.
//
//   todo_bench [--todos N] [--dir DIR] [--postgres DSN]
//
// The bank is made in the process: a time deposit for every to-do, half as many again that are not due yet, loans
// that are to be visited; the duties are those of policies/daily-duties. Ends with 1 when the first night makes
// another number of to-dos than it should, or takes 10 seconds of work and more, or the second changes anything.
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "appraisal/assess_plan.h"
#include "appraisal/people_facts.h"
#include "attribution/register.h"
#include "customers/customer.h"
#include "customers/field.h"
#include "customers/lead.h"
#include "customers/signal.h"
#include "customers/visit_device.h"
#include "feed/schema.h"
#include "policy/life.h"
#include "policy/load.h"
#include "records/records.h"
#include "workbench/todo_run.h"

namespace {
using namespace guanhu;

constexpr int kTarget = 10;  // seconds
const base::Date kDay = *base::Date::parse("2026-01-05");

struct Clock {
  double wall, work;  // double: a stop-watch
  static Clock now() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    auto seconds = [](const timeval& t) {
      return double(t.tv_sec) + double(t.tv_usec) / 1e6;
    };  // double: a stop-watch
    return {std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch())
                .count(),  // double: same
            seconds(usage.ru_utime) + seconds(usage.ru_stime)};
  }
};

class Bank {
 public:
  Bank(warehouse::Warehouse& db, long todos) : db_(db), todos_(todos) {}

  // Accounts 0 … todos - 1 mature from 5 to 8 January (shown three working days before), the rest in a year.
  void make() {
    feed::create_schema(db_);
    db_.exec("INSERT INTO imports VALUES (1, DATE '2026-01-04', TIMESTAMP '2026-01-05 00:00:00', NULL)");
    db_.exec(
        "INSERT INTO f_orgs (org_id, parent_id, name, kind, import_id, line) VALUES ('HQ', NULL, '总行', 'hq', 1, "
        "1)");
    rows("f_orgs (org_id, parent_id, name, kind, import_id, line)", kBranches,
         "'B' || i, 'HQ', '支行' || i, 'branch', 1, CAST(i + 2 AS INTEGER)");
    rows("f_staff (staff_id, name, org_id, position, import_id, line)", kManagers,
         "'M' || i, '经理' || i, 'B' || (i % 100), 'manager', 1, CAST(i + 2 AS INTEGER)");
    rows("f_staff (staff_id, name, org_id, position, import_id, line)", kBranches,
         "'H' || i, '行长' || i, 'B' || i, 'branch_head', 1, CAST(i + 5000 AS INTEGER)");
    const std::string all = std::to_string(accounts());
    rows("f_customers (customer_id, kind, name, org_id, is_farmer, opened_on, import_id, line)", accounts() / 2,
         "'C' || i, 'person', '客户' || i, 'B' || (i % 100), FALSE, DATE '2020-01-01', 1, CAST(i + 2 AS INTEGER)");
    rows("account_keys (account, account_id)", accounts(), "CAST(i AS INTEGER), 'A' || i");
    rows(
        "f_accounts (account, account_id, customer_id, org_id, product, kind, opened_on, matures_on, import_id, "
        "line)",
        accounts(),
        "CAST(i AS INTEGER), 'A' || i, 'C' || (i / 2), 'B' || (i / 2 % 100), '定期', 'time', DATE '2025-01-01', "
        "CASE WHEN i < " +
            std::to_string(todos_) +
            " THEN DATE '2026-01-05' + CAST(i % 4 AS INTEGER) ELSE DATE '2027-01-05' END, 1, CAST(i + 2 AS "
            "INTEGER)");
    rows("f_balances (account, date, balance, import_id, line, changed)", accounts(),
         "CAST(i AS INTEGER), DATE '2025-12-31', 6000000 + i, 1, CAST(i + 2 AS INTEGER), TRUE");
    rows("f_assignments (subject_kind, subject_id, staff_id, role, share, valid_from, import_id, line)",
         accounts() / 2,
         "'customer', 'C' || i, 'M' || (i % 2000), 'main', 100000000, DATE '2020-01-01', 1, CAST(i + 2 AS "
         "INTEGER)");
  }
  long accounts() const { return todos_ + todos_ / 2; }

 private:
  static constexpr long kBranches = 100, kManagers = 2000;
  // DuckDB's / is no whole division.
  void rows(const std::string& into, long count, std::string what) {
    for (size_t at = what.find("i / 2"); at != what.npos; at = what.find("i / 2", at + 6))
      what.replace(at, 5, db_.engine() == warehouse::Warehouse::Engine::duckdb ? "i // 2" : "i / 2");
    const std::string from = db_.engine() == warehouse::Warehouse::Engine::duckdb
                                 ? "range(" + std::to_string(count) + ") r(i)"
                                 : "generate_series(0, " + std::to_string(count - 1) + ") r(i)";
    db_.exec("INSERT INTO " + into + " SELECT " + what + " FROM " + from);
  }
  warehouse::Warehouse& db_;
  long todos_;
};

class Nights {
 public:
  Nights(warehouse::Warehouse& db, store::Session& store) : db_(db), store_(store) {
    auto opened = policy::open_pack(std::filesystem::path(GUANHU_SOURCE_DIR) / "policies", "daily-duties");
    if (!opened.ok()) throw base::Broken(opened.error().text());
    pack_ = std::make_shared<const policy::Pack>(std::move(*opened));
    directory_ = people::Directory::load(db, kDay, std::nullopt);
  }
  // The report; prints what it took. `work` gets the seconds of processor time.
  workbench::TodoRunReport night(const char* what, base::Date day, double& work) {  // double: a stop-watch
    workbench::TodoRunAsk ask;
    ask.day = day, ask.business = kDay - 1, ask.packs = {pack_}, ask.directory = &directory_;
    const Clock before = Clock::now();
    auto report = workbench::run_todos(db_, store_, ask, {"bench", "", {kDay.days() * 86'400'000'000LL}, day, {}});
    const Clock after = Clock::now();
    work = after.work - before.work;
    std::printf(
        "  %-28s %6.2f s of work (%.2f s by the wall): %ld made, %ld moved, %ld closed, %ld raised, %ld open\n",
        what, work, after.wall - before.wall, report.made, report.moved, report.closed, report.escalated,
        report.open);
    return report;
  }

 private:
  warehouse::Warehouse& db_;
  store::Session& store_;
  std::shared_ptr<const policy::Pack> pack_;
  people::Directory directory_ = people::Directory::of({}, {});
};

int measure(warehouse::Warehouse& db, store::Session& store, long todos) {
  base::SystemClock clock;
  const store::ModuleMigrations all[] = {{"records", records::migrations()},
                                         {"attribution", attribution::migrations()},
                                         {"customers", customers::register_migrations()},
                                         {"intake", customers::intake_migrations()},
                                         {"field", customers::visit_migrations()},
                                         {"leads", customers::lead_migrations()},
                                         {"signals", customers::signal_migrations()},
                                         {"people_facts", appraisal::people_migrations()},
                                         {"policy", policy::life_migrations()},
                                         {"workbench", workbench::migrations()}};
  if (auto done = store::migrate(store, all, clock); !done.ok()) throw base::Broken(done.error().text());
  Bank bank(db, todos);
  bank.make();
  std::printf("  %ld accounts, %ld of them mature within three working days\n", bank.accounts(), todos);
  Nights nights(db, store);
  double first = 0, second = 0, third = 0;  // double: stop-watches
  auto made = nights.night("the first night", kDay, first);
  auto again = nights.night("the same night again", kDay, second);
  auto next = nights.night("the night after", kDay + 1, third);
  bool right = made.made == todos && !again.changed() && next.made == 0;
  if (!right) std::printf("  WRONG: not what the duties ask for\n");
  if (first >= kTarget) std::printf("  SLOW: over %d s\n", kTarget);
  return right && first < kTarget ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  long todos = 200'000;
  std::filesystem::path dir =
      std::filesystem::temp_directory_path() / ("todo_bench_" + std::to_string(::getpid()));
  std::string dsn;
  for (int i = 1; i + 1 < argc; i += 2) {
    if (!std::strcmp(argv[i], "--todos")) todos = std::atol(argv[i + 1]);
    if (!std::strcmp(argv[i], "--dir")) dir = argv[i + 1];
    if (!std::strcmp(argv[i], "--postgres")) dsn = argv[i + 1];
  }
  std::filesystem::create_directories(dir);
  int status = 1;
  try {
    if (dsn.empty()) {
      warehouse::DuckDbOptions options;
      options.file = dir / "warehouse.duckdb";
      auto db = warehouse::open_duckdb(options);
      auto store = store::open_sqlite(dir / "store.db");
      status = measure(*db, *store, todos);
    } else {
      auto db = warehouse::open_postgres({dsn, "todo_bench_facts"});
      auto store = store::open_postgres(dsn, "todo_bench");
      status = measure(*db, *store, todos);
    }
  } catch (const std::exception& broken) {
    std::fprintf(stderr, "todo_bench: %s\n", broken.what());
  }
  std::error_code ignored;
  std::filesystem::remove_all(dir, ignored);
  return status;
}
