// A business date of 1,000,000 balance rows, imported as the night batch would have it, against DuckDB
// reading the same CSV into an empty table. Both in this process, on two threads, alternating.
//
//   import_bench [FOLDER] [ROUNDS]
#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "base/clock.h"
#include "base/digest.h"
#include "base/files.h"
#include "feed/bank.h"
#include "feed/importer.h"
#include "store/folder.h"
#include "warehouse/warehouse.h"

namespace fs = std::filesystem;
using namespace guanhu;

namespace {

constexpr int kAccounts = 1'000'000;

double now() {  // double: seconds of a stopwatch
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch())
      .count();  // double: stopwatch
}

std::string account(int i) {
  char buffer[24];
  std::snprintf(buffer, sizeof buffer, "62%014d", i * 7 + 1);
  return buffer;
}

// One folder of the feed: its files and a manifest with rows and digests.
class FeedDate {
 public:
  FeedDate(fs::path feed, std::string date) : folder_(std::move(feed) / date), date_(std::move(date)) {
    fs::create_directories(folder_);
  }
  void file(const std::string& name, const std::string& content, long rows) {
    std::ofstream(folder_ / name, std::ios::binary) << content;
    files_ += (files_.empty() ? "" : ",\n") + ("\"" + name + "\": {\"rows\": " + std::to_string(rows) +
                                               ", \"sha256\": \"" + base::sha256_hex(content) + "\"}");
  }
  fs::path finish() {
    std::ofstream(folder_ / "manifest.json")
        << "{\"bank\": \"bench\", \"business_date\": \"" << date_
        << "\", \"encoding\": \"UTF-8\", \"delimiter\": \",\", \"files\": {" << files_ << "}}";
    return folder_;
  }

 private:
  fs::path folder_;
  std::string date_, files_;
};

struct Balances {
  std::string csv;
  base::Fen total = 0;
};

Balances balances(const std::string& date, uint64_t seed) {
  Balances out;
  out.csv = "account_id,date,balance\n";
  for (int i = 0; i < kAccounts; ++i) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    base::Fen fen = static_cast<base::Fen>((seed >> 33) % 100'000'000);
    out.total += fen;
    out.csv += account(i) + "," + date + "," + base::format_fen(fen) + "\n";
  }
  return out;
}

void totals(FeedDate& date, const std::string& on, base::Fen total) {
  date.file("ledger_totals.csv",
            "org_id,date,subject,amount\nHQ," + on + ",deposits," + base::format_fen(total) + "\n", 1);
}

fs::path opening(const fs::path& feed) {
  FeedDate date(feed, "2025-01-01");
  date.file("orgs.csv",
            "org_id,parent_id,name,kind,opened_on,closed_on\nHQ,,样本总行,hq,2000-01-01,\nB1,HQ,样本支行,branch,"
            "2000-01-01,\n",
            2);
  std::string accounts = "account_id,customer_id,org_id,product,kind,currency,opened_on,matures_on,closed_on\n";
  for (int i = 0; i < kAccounts; ++i)
    accounts += account(i) + ",C" + std::to_string(i / 2) + ",B1,demand,demand,CNY,2020-01-01,,\n";
  date.file("accounts.csv", accounts, kAccounts);
  Balances b = balances("2025-01-01", 1);
  date.file("balances.csv", b.csv, kAccounts);
  totals(date, "2025-01-01", b.total);
  return date.finish();
}

fs::path next_date(const fs::path& feed, int round) {
  std::string on = (*base::Date::parse("2025-01-02") + round).str();
  FeedDate date(feed, on);
  Balances b = balances(on, static_cast<uint64_t>(round) + 2);
  date.file("balances.csv", b.csv, kAccounts);
  totals(date, on, b.total);
  return date.finish();
}

double import_one(feed::Bank& bank, const fs::path& date) {  // double: stopwatch
  double start = now();                                      // double: stopwatch
  {
    feed::Importer importer(bank);
    importer.import({{date, date.filename().string()}}, std::nullopt, [](const feed::DateReport& report) {
      if (!report.applied) std::fprintf(stderr, "%s was refused\n", report.business_date.c_str()), std::exit(1);
    });
  }
  return now() - start;
}

double duckdb_reads(const fs::path& folder, const fs::path& csv, int round) {  // double: stopwatch
  fs::path file = folder / ("peer" + std::to_string(round) + ".duckdb");
  auto db = warehouse::open_duckdb({.file = file, .external_access = true});
  db->exec("CREATE TABLE b (account_id VARCHAR, date DATE, balance DECIMAL(18,2))");
  double start = now();  // double: stopwatch
  db->exec("INSERT INTO b SELECT * FROM read_csv('" + csv.string() +
           "', header = true, columns = {'account_id': 'VARCHAR', 'date': 'DATE', 'balance': 'DECIMAL(18,2)'})");
  double took = now() - start;  // double: stopwatch
  db.reset();
  fs::remove(file);
  return took;
}

double median(std::vector<double> v) {  // double: stopwatch
  std::sort(v.begin(), v.end());
  return v[v.size() / 2];
}

}  // namespace

int main(int argc, char** argv) {
  fs::path folder = argc > 1 ? fs::path(argv[1])
                             : fs::temp_directory_path() / ("guanhu-import-bench-" + std::to_string(::getpid()));
  int rounds = argc > 2 ? std::atoi(argv[2]) : 5;
  fs::create_directories(folder);
  base::SystemClock clock;
  fs::path data = folder / "bank";
  if (!store::Folder::create(data, std::nullopt)) return std::fprintf(stderr, "%s is taken\n", data.c_str()), 2;
  auto bank = feed::Bank::open(data, clock);
  if (!bank) return std::fprintf(stderr, "%s\n", bank.error().text().c_str()), 2;
  std::printf("opening date (accounts and balances): %.2f s\n", import_one(*bank, opening(folder / "feed")));
  std::vector<double> ours, peer;  // double: stopwatch
  for (int round = 0; round < rounds; ++round) {
    fs::path date = next_date(folder / "feed", round);
    peer.push_back(duckdb_reads(folder, date / "balances.csv", round));
    ours.push_back(import_one(*bank, date));
    std::printf("round %d: import %.3f s, DuckDB read_csv %.3f s\n", round + 1, ours.back(), peer.back());
  }
  struct rusage usage {};
  ::getrusage(RUSAGE_SELF, &usage);
  std::printf(
      "1,000,000 balance rows: import median %.3f s, DuckDB alone %.3f s; speed %.0f %% of DuckDB's (target 40 "
      "%%); "
      "peak memory %ld MiB (target under 2048)\n",
      median(ours), median(peer), 100 * median(peer) / median(ours), usage.ru_maxrss / 1024);
  fs::remove_all(folder);
  return 0;
}
