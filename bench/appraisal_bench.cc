// The measuring engine against DuckDB alone, in one run over one bank.
//
//   appraisal_bench [--accounts N] [--changes N] [--managers N] [--loans N] [--dir DIR] [--keep] [--derive-only]
//
// Compares every manager's figure exactly (fen × share × days, before rounding) and prints ratios. Ends
// with 1 only when results differ. Times are the least of some rounds, everything warm.
#include <cstdio>
#include <cstring>
#include <ctime>
#include <iostream>
#include <thread>

#include "appraisal_bank.h"
#include "measures/engine.h"

namespace {
using namespace guanhu;
using base::Int128;
using policy::Aggregate;
using policy::Fact;
using policy::Measure;

double now() {  // double: a stop-watch
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

double processor() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }  // double: a stop-watch

// The least of some rounds, in milliseconds.
template <class Work>
double best(int rounds, const Work& work) {  // double: a stop-watch
  double least = 1e30;                       // double: a stop-watch
  for (int i = 0; i < rounds; ++i) {
    double start = now();  // double: a stop-watch
    work();
    least = std::min(least, now() - start);
  }
  return least * 1000;
}

Measure measure(const char* name, Fact fact, Aggregate aggregate, const char* column = "") {
  Measure m;
  m.name = name;
  m.unit = "元";
  m.fact = fact;
  m.aggregate = aggregate;
  m.column = column;
  return m;
}

using Sums = std::map<std::string, Int128>;

// DuckDB has the assignments ready with numbers, days and shares in 1/10,000: kinder than the raw rows.
void help_duckdb(warehouse::Warehouse& db) {
  db.exec(
      "CREATE TABLE IF NOT EXISTS bench_held AS SELECT k.account, a.staff_id, a.share // 10000 AS share, "
      "a.valid_from, a.valid_to FROM f_assignments a JOIN account_keys k ON k.account_id = a.subject_id "
      "WHERE a.subject_kind = 'account'");
}

// The formulations that were the fastest of those tried.
std::vector<std::pair<std::string, std::string>> queries(const std::string& first, const std::string& last,
                                                         const std::string& value) {
  std::string p = "DATE '" + first + "'", q = "DATE '" + last + "'";
  std::string overlap =
      " SELECT h.staff_id, CAST(SUM(CAST(" + value + " AS BIGINT) * h.share * (LEAST(b.t, h.valid_to + 1, " + q +
      " + 1) - GREATEST(b.f, h.valid_from, " + p +
      "))) AS VARCHAR) FROM b JOIN bench_held h ON "
      "h.account = b.account AND h.valid_from < b.t AND h.valid_to >= b.f WHERE b.f <= " +
      q + " AND b.t > " + p + " AND h.valid_from <= " + q + " AND h.valid_to >= " + p + " GROUP BY h.staff_id";
  return {
      {"lead() over all changes",
       "WITH b AS (SELECT account, date AS f, LEAD(date, 1, DATE '9999-12-31') OVER (PARTITION BY account ORDER "
       "BY "
       "date) AS t, balance FROM f_balances)" +
           overlap},
      {"lead() over the period's changes and the balance before",
       "WITH r AS (SELECT account, date, balance FROM f_balances WHERE date > " + p + " AND date <= " + q +
           " UNION ALL SELECT account, " + p + ", arg_max(balance, date) FROM f_balances WHERE date <= " + p +
           " GROUP BY account), b AS (SELECT account, date AS f, LEAD(date, 1, DATE '9999-12-31') OVER (PARTITION "
           "BY "
           "account ORDER BY date) AS t, balance FROM r)" +
           overlap},
  };
}

Int128 parse(std::string_view text) {
  Int128 v = 0;
  bool negative = !text.empty() && text[0] == '-';
  for (char c : text.substr(negative)) v = v * 10 + (c - '0');
  return negative ? -v : v;
}

Sums run(warehouse::Warehouse& db, const std::string& sql) {
  Sums out;
  const warehouse::Type types[] = {warehouse::Type::text, warehouse::Type::text};
  db.scan(sql, types, [&](const warehouse::Chunk& c) {
    for (size_t i = 0; i < c.rows; ++i) out[std::string(c.columns[0].text[i])] = parse(c.columns[1].text[i]);
  });
  return out;
}

// The better of the formulations, after one round to warm up.
std::pair<double, Sums> duckdb_best(warehouse::Warehouse& db, const base::Period& period,
                                    const std::string& value) {
  double least = 1e30;  // double: a stop-watch
  Sums out;
  for (const auto& [name, sql] : queries(period.first().str(), period.last().str(), value)) {
    out = run(db, sql);
    double ms = best(2, [&] { run(db, sql); });  // double: a stop-watch
    std::printf("  DuckDB, %s, %s: %.0f ms\n", period.str().c_str(), name.c_str(), ms);
    least = std::min(least, ms);
  }
  return {least, out};
}

// A plain sum over as many bytes as the walk reads, on two threads: the memory's limit.
double plain_sum_ms(size_t changes, size_t accounts) {  // double: a stop-watch
  std::vector<int64_t> fen(changes, 3);
  std::vector<uint16_t> day(changes, 5);
  std::vector<int64_t> entries(accounts * 5, 1);  // offsets of points and entries, two entries of 16 bytes each
  volatile int64_t sink = 0;
  auto sum = [&](auto& v, size_t part) {
    int64_t s = 0;
    for (size_t i = v.size() * part / 2, end = v.size() * (part + 1) / 2; i < end; ++i) s += v[i];
    return s;
  };
  return best(7, [&] {
    int64_t other = 0;
    std::thread second([&] { other = sum(fen, 1) + sum(day, 1) + sum(entries, 1); });
    int64_t mine = sum(fen, 0) + sum(day, 0) + sum(entries, 0);
    second.join();
    sink = sink + mine + other;
  });
}

class Bench {
 public:
  Bench(warehouse::Warehouse& db, measures::Engine& engine, int managers) : db_(db), engine_(engine) {
    for (int m = 0; m < managers; ++m)
      holders_.push_back({measures::HolderKind::manager, "M" + std::to_string(m)});
  }

  // All linear figures of the scheme, and the average against DuckDB.
  void linear(const char* text) {
    base::Period period = *base::Period::parse(text);
    const Measure all[] = {measure("存款日均余额", Fact::deposit_balance, Aggregate::average_daily),
                           measure("存款时点余额", Fact::deposit_balance, Aggregate::at_end),
                           measure("存款净增", Fact::deposit_balance, Aggregate::net_change),
                           measure("贷款余额", Fact::loan_balance, Aggregate::at_end),
                           measure("收回本金", Fact::repayment, Aggregate::sum, "principal"),
                           measure("收回利息", Fact::repayment, Aggregate::sum, "interest")};
    measures::MeasureValues average;
    double ours = best(7, [&] {  // double: a stop-watch
      for (const Measure& m : all) {
        auto got = engine_.evaluate(m, period, holders_);
        if (&m == all) average = std::move(*got);
        else if (!got.ok()) throw base::Broken(got.error().text());
      }
    });
    auto [theirs, sums] = duckdb_best(db_, period, "b.balance");
    compare(text, average, sums);
    report(std::string("all linear figures, ") + text, ours, theirs, 40);
  }

  void rule(const char* text, double memory) {  // double: a ratio
    base::Period period = *base::Period::parse(text);
    Measure m = measure("存款日均余额(每户封顶)", Fact::deposit_balance, Aggregate::average_daily);
    m.cap = 50'000'000;
    m.minimum = 100'000;
    measures::MeasureValues values;
    double ours =
        best(7, [&] { values = std::move(*engine_.evaluate(m, period, holders_)); });  // double: a stop-watch
    auto [theirs, sums] =
        duckdb_best(db_, period, "CASE WHEN b.balance < 100000 THEN 0 ELSE LEAST(b.balance, 50000000) END");
    compare(text, values, sums);
    report(std::string("with a rule per account, ") + text, ours, theirs, 15);
    std::printf("  %.1f ms is %.1f times the memory's limit of %.1f ms (target: at most 5)\n", ours, ours / memory,
                memory);
  }

  // One manager's average down to its rows.
  void open_figure(const char* text) {
    Measure m = measure("存款日均余额", Fact::deposit_balance, Aggregate::average_daily);
    size_t items = 0;
    double ms = best(3, [&] {  // double: a stop-watch
      auto opened = engine_.open_figure(m, *base::Period::parse(text), holders_[holders_.size() / 2], 200);
      if (!opened.ok()) throw base::Broken(opened.error().text());
      items = opened->items.size();
    });
    std::printf(
        "one average of %s opened, %zu accounts with rows and shares: %.0f ms (target at everyday size: 200)\n",
        text, items, ms);
  }

  bool same() const { return same_; }

 private:
  void compare(const char* what, const measures::MeasureValues& ours, const Sums& theirs) {
    size_t wrong = 0;
    for (size_t h = 0; h < holders_.size(); ++h) {
      auto found = theirs.find(holders_[h].id);
      wrong += ours.exact[h].numerator != (found == theirs.end() ? 0 : found->second);
    }
    std::printf("  %s: %zu of %zu managers' figures identical to the fen\n", what, holders_.size() - wrong,
                holders_.size());
    same_ &= wrong == 0;
  }
  static void report(const std::string& what, double ours, double theirs, int target) {  // double: ratios
    std::printf("%-40s engine %8.2f ms   DuckDB %8.0f ms   1/%.0f (target 1/%d) %s\n", what.c_str(), ours, theirs,
                theirs / ours, target, theirs / ours >= target ? "reached" : "MISSED");
  }
  warehouse::Warehouse& db_;
  measures::Engine& engine_;
  std::vector<measures::Holder> holders_;
  bool same_ = true;
};

int run_bench(const bench::BankSize& size, const std::filesystem::path& dir, bool derive_only) {
  std::filesystem::create_directories(dir);
  warehouse::DuckDbOptions options;
  options.file = dir / "warehouse.duckdb";
  options.memory_mb = 4'000;
  bool there = std::filesystem::exists(options.file);
  auto db = warehouse::open_duckdb(options);
  double start = now();  // double: a stop-watch
  if (!there) bench::make_bank(*db, size);
  auto changes = *warehouse::one_int(*db, "SELECT count(*) FROM f_balances");
  std::printf("%d accounts, %lld balance changes, %d managers, made in %.0f s\n", size.accounts,
              static_cast<long long>(changes), size.managers, now() - start);
  std::filesystem::remove_all(dir / "columns");
  measures::Engine::Options engine_options;
  engine_options.columns = dir / "columns";
  start = now();
  double used = processor();  // double: a stop-watch
  auto progress = [&](std::string_view what) {
    std::printf("  %6.2f s (%.2f s of processor) %.*s\n", now() - start, processor() - used,
                static_cast<int>(what.size()), what.data());
  };
  auto engine = measures::Engine::open(*db, engine_options, progress);
  if (!engine) throw base::Broken(engine.error().text());
  std::printf("column files and moments derived in %.2f s (%.2f s of processor)\n", now() - start,
              processor() - used);
  start = now();
  engine = measures::Engine::open(*db, engine_options);
  std::printf("opened again in %.3f s\n", now() - start);
  if (derive_only) return 0;
  help_duckdb(*db);
  Bench bench(*db, **engine, size.managers);
  bench.linear("2025Q3");
  bench.linear("2025");
  double memory =
      plain_sum_ms(static_cast<size_t>(changes), static_cast<size_t>(size.accounts));  // double: a stop-watch
  bench.rule("2025Q3", memory);
  bench.rule("2025", memory);
  bench.open_figure("2025");
  return bench.same() ? 0 : 1;
}
}  // namespace

int main(int argc, char** argv) {
  bench::BankSize size;
  std::filesystem::path dir = std::filesystem::temp_directory_path() / "guanhu_appraisal_bench";
  bool keep = false, derive_only = false;
  for (int i = 1; i < argc; ++i) {
    auto number = [&](const char* name, int& to) {
      if (std::strcmp(argv[i], name) != 0 || i + 1 >= argc) return false;
      to = std::atoi(argv[++i]);
      return true;
    };
    if (number("--accounts", size.accounts) || number("--changes", size.changes) ||
        number("--managers", size.managers) || number("--loans", size.loans))
      continue;
    if (!std::strcmp(argv[i], "--dir") && i + 1 < argc) dir = argv[++i];
    else if (!std::strcmp(argv[i], "--keep")) keep = true;
    else if (!std::strcmp(argv[i], "--derive-only")) derive_only = true;
    else
      return std::fprintf(stderr,
                          "usage: appraisal_bench [--accounts N] [--changes N] [--managers N] [--loans N] [--dir "
                          "DIR] [--keep] [--derive-only]\n"),
             2;
  }
  int code = 2;
  try {
    code = run_bench(size, dir, derive_only);
  } catch (const base::Broken& broken) {
    std::fprintf(stderr, "%s\n", broken.what());
  }
  if (!keep) std::filesystem::remove_all(dir);
  return code;
}
