#include "feed/bank.h"

#include <algorithm>
#include <chrono>
#include <set>
#include <thread>

#include "base/files.h"
#include "base/json.h"
#include "base/json_member.h"
#include "feed/landing.h"
#include "feed/ledger.h"
#include "feed/schema.h"
#include "feed/texts.h"
#include "feed/totals.h"

namespace guanhu::feed {

namespace fs = std::filesystem;

namespace {

constexpr store::Migration kSteps[] = {
    {1, "imports of business dates",
     "CREATE TABLE imports ("
     "  import_id {bigint} NOT NULL PRIMARY KEY,"
     "  business_date TEXT NOT NULL,"
     "  applied_at TEXT NOT NULL,"
     "  replaced_at TEXT,"
     "  bank TEXT NOT NULL,"
     "  feed TEXT NOT NULL,"
     "  tolerance {bigint},"
     "  rejects {bigint} NOT NULL,"
     "  report TEXT NOT NULL"
     ") {strict};"
     "CREATE INDEX imports_by_date ON imports (business_date);"},
};

base::Result<store::FolderLock> take_lock(const store::Folder& folder, int seconds) {
  auto end = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
  for (;;) {
    auto lock = store::FolderLock::take(folder);
    if (lock.ok() || std::chrono::steady_clock::now() >= end) return lock;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
}

void insert_import(store::Session& store, const std::string& record) {
  auto json = base::Json::parse(record);
  if (!json) throw base::Broken("import.json: " + json.error().text());
  const base::Json* report = json->find("report");
  auto id = maybe_whole_in(*json, "import_id");
  if (!id || !report) throw base::Broken("import.json lacks import_id or report");
  std::string date = text_in(*json, "business_date"), at = text_in(*json, "applied_at");
  auto tolerance = maybe_whole_in(*json, "tolerance");
  store::Value allowed = tolerance ? store::Value(*tolerance) : store::Value();
  store.exec("UPDATE imports SET replaced_at = ? WHERE business_date = ? AND replaced_at IS NULL", {at, date});
  store.exec(
      "INSERT INTO imports (import_id, business_date, applied_at, replaced_at, bank, feed, tolerance, rejects, "
      "report) "
      "VALUES (?, ?, ?, NULL, ?, ?, ?, ?, ?)",
      {*id, date, at, text_in(*json, "bank"), text_in(*report, "feed"), allowed,
       maybe_whole_in(*report, "rejects").value_or(0), report->dump()});
}

}  // namespace

store::ModuleMigrations store_migrations() { return {"feed", kSteps}; }

base::Result<Bank> Bank::open(const fs::path& dir, base::Clock& clock, const BankOptions& options) {
  auto folder = store::Folder::open(dir);
  if (!folder) return folder.error();
  auto lock = take_lock(*folder, options.wait_seconds);
  if (!lock) return lock.error();
  Bank bank(std::move(*folder), std::make_shared<store::FolderLock>(std::move(*lock)), clock);
  bank.recorded_ = options.recorded;
  if (auto status = bank.prepare(options); !status) return status.error();
  return bank;
}

Bank Bank::again(std::function<void(store::Session&, const std::string& record)> recorded) const {
  Bank bank(folder_, lock_, *clock_);
  bank.key_ = key_;
  bank.recorded_ = std::move(recorded);
  bank.store_ = folder_.open_store();
  bank.warehouse_ = bank.open_warehouse();
  return bank;
}

std::vector<std::string> Bank::notes() const {
  std::vector<std::string> out;
  for (const Recovered& r : recovered_) out.push_back(r.message);
  return out;
}

std::vector<std::string> Bank::open_totals() {
  std::vector<std::string> out;
  for (const StoredTotal& stored : read_totals(*warehouse_)) {
    const ControlTotal& t = stored.total;
    if (t.state == TotalState::ok) continue;
    std::string difference = base::format_fen(t.found - t.expected);
    out.push_back(say(t.state == TotalState::waiting ? "total.is_waiting" : "total.is_broken",
                      {t.org_id, t.date.str(), t.subject, base::format_fen(t.expected), base::format_fen(t.found),
                       difference, t.reason.empty() ? "" : "：" + t.reason}));
  }
  return out;
}

std::unique_ptr<warehouse::Warehouse> Bank::open_warehouse() const {
  if (folder_.engine() == store::Engine::postgres)
    return warehouse::open_postgres({folder_.postgres_dsn(), folder_.facts_schema()});
  warehouse::DuckDbOptions options;
  options.file = folder_.warehouse_file();
  return warehouse::open_duckdb(options);
}

base::Status Bank::prepare(const BankOptions& options) {
  auto key = folder_.personal_key();
  if (!key) return key.error();
  key_ = std::move(*key);
  store_ = folder_.open_store();
  std::vector<store::ModuleMigrations> modules{store_migrations()};
  modules.insert(modules.end(), options.migrations.begin(), options.migrations.end());
  if (auto status = store::migrate(*store_, modules, *clock_); !status) return status;
  try {
    warehouse_ = open_warehouse();
  } catch (const base::Broken&) {
    // A file that DuckDB cannot read is worth nothing: everything in it comes from the landed files.
    if (!options.rebuild || folder_.engine() == store::Engine::postgres) throw;
    fs::remove(folder_.warehouse_file());
    fs::remove(folder_.warehouse_file().string() + ".wal");
    warehouse_ = open_warehouse();
  }
  create_schema(*warehouse_);
  if (options.prepared) options.prepared(*store_, *warehouse_);
  return recover(options.rebuild);
}

base::Status Bank::recover(bool rebuild) {
  std::set<int64_t> stored;
  std::string first_missing;
  int64_t missing = 0;
  std::vector<ImportRow> there = read_imports(*warehouse_);
  std::set<int64_t> applied;
  for (const ImportRow& row : there) applied.insert(row.import_id);
  for (const store::Row& row : store_->query("SELECT import_id, business_date FROM imports ORDER BY import_id")) {
    stored.insert(row.integer(0));
    if (applied.count(row.integer(0))) continue;
    if (missing++ == 0) first_missing = row.text(1);
  }
  if (missing > 0 && !rebuild)
    return refuse("bank.behind", folder_.path().string(), {std::to_string(missing), first_missing});
  for (const ImportRow& row : there) {
    if (stored.count(row.import_id)) continue;
    std::string date = base::Date(row.business_date).str();
    if (auto status = complete(row.import_id, date); !status) return status;
    recovered_.push_back({"recovered.whole", date, say("recovered.whole", {date})});
  }
  std::vector<int64_t> known(stored.begin(), stored.end());
  known.insert(known.end(), applied.begin(), applied.end());
  remove_unfinished(known);
  return {};
}

base::Status Bank::complete(int64_t import_id, const std::string& date) {
  fs::path file = landed_folder(folder_.landed(), *base::Date::parse(date), import_id) / kRecordName;
  auto record = base::read_file(file);
  if (!record) return refuse("bank.landed", file.string(), {record.error().message});
  record_imports({&*record, 1});
  return {};
}

// Landed folders of imports that never came about.
void Bank::remove_unfinished(std::span<const int64_t> known) {
  std::vector<std::pair<std::string, fs::path>> gone;
  std::error_code error;
  for (const auto& date : fs::directory_iterator(folder_.landed(), error)) {
    if (!date.is_directory()) continue;
    for (const auto& import : fs::directory_iterator(date.path())) {
      const std::string name = import.path().filename().string();
      bool number = !name.empty() && name.size() < 18 && name.find_first_not_of("0123456789") == std::string::npos;
      if (number && std::find(known.begin(), known.end(), std::stoll(name)) != known.end()) continue;
      gone.emplace_back(date.path().filename().string(), import.path());
    }
  }
  for (const auto& [date, path] : gone) {
    fs::remove_all(path);
    std::error_code ignored;
    fs::remove(path.parent_path(), ignored);  // when it holds no other import
    bool exists =
        !store_->query("SELECT 1 FROM imports WHERE business_date = ? AND replaced_at IS NULL", {date}).empty();
    std::string code = exists ? "recovered.former" : "recovered.absent";
    recovered_.push_back({code, date, say(code, {date})});
  }
}

void Bank::record_imports(std::span<const std::string> records) {
  if (records.empty()) return;
  store_->transaction([&] {
    for (const std::string& record : records) {
      insert_import(*store_, record);
      if (recorded_) recorded_(*store_, record);
    }
  });
}

}  // namespace guanhu::feed
