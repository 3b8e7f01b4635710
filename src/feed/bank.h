// A bank's data, opened for a command: its folder, its store and its warehouse, at this program's
// version and mended after whatever crash. Start here when a command needs facts.
//
// Readers and writers alike hold the folder's lock while they are open: DuckDB admits one process.
#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "store/folder.h"
#include "store/migrations.h"
#include "store/store.h"
#include "warehouse/warehouse.h"

namespace guanhu::feed {

// Store tables of this module; a program with more modules migrates theirs as well.
store::ModuleMigrations store_migrations();

// What an interrupted import left, and what became of it.
struct Recovered {
  // "recovered.absent": undone, the date is not there; "recovered.former": undone, an earlier import of the
  // date still stands; "recovered.whole": completed
  std::string code;
  std::string business_date;
  std::string message;  // for people
};

struct BankOptions {
  int wait_seconds = 10;  // for another command that holds the folder
  bool rebuild = false;   // a warehouse that lacks imports is no error: it will be rebuilt
  std::vector<store::ModuleMigrations> migrations = {};  // of other modules
  // Told of each import (its import.json) inside the transaction that records it in the store: for its audit
  // record. What it throws undoes the recording, not the import: the next open() records it.
  std::function<void(store::Session&, const std::string& record)> recorded = {};
  // When both are at this program's version: brings up to date what the warehouse copies from the store.
  std::function<void(store::Session&, warehouse::Warehouse&)> prepared = {};
};

class Bank {
 public:
  // Refusals: those of Folder::open, folder.busy (after waiting), store.newer, bank.behind (the warehouse
  // lacks imports that the store knows: rebuild it), bank.landed.
  static base::Result<Bank> open(const std::filesystem::path& dir, base::Clock& clock,
                                 const BankOptions& options = {});
  // The same bank for another thread: connections of its own, the folder's lock shared, nothing mended.
  // `recorded` as in BankOptions.
  Bank again(std::function<void(store::Session&, const std::string& record)> recorded = {}) const;
  const store::Folder& folder() const { return folder_; }
  store::Session& store() { return *store_; }
  warehouse::Warehouse& warehouse() { return *warehouse_; }
  base::Clock& clock() { return *clock_; }
  // Opens what of a person lies sealed in the warehouse and the landed files.
  const store::PersonalKey& personal_key() const { return *key_; }
  // What opening had to mend. A command tells it to its user.
  const std::vector<Recovered>& recovered() const { return recovered_; }
  // The same as sentences.
  std::vector<std::string> notes() const;
  // Control totals that do not hold (waiting or broken), a sentence each: figures rest on such details.
  std::vector<std::string> open_totals();

  // Another connection to the warehouse (a second thread).
  std::unique_ptr<warehouse::Warehouse> open_warehouse() const;

  // Records applied imports in the store, in their order; each is an import.json. What a crash keeps from
  // being recorded is completed by the next open().
  void record_imports(std::span<const std::string> records);

 private:
  Bank(store::Folder folder, std::shared_ptr<store::FolderLock> lock, base::Clock& clock)
      : folder_(std::move(folder)), lock_(std::move(lock)), clock_(&clock) {}
  base::Status prepare(const BankOptions& options);
  base::Status recover(bool rebuild);
  base::Status complete(int64_t import_id, const std::string& date);
  void remove_unfinished(std::span<const int64_t> known);

  store::Folder folder_;
  std::shared_ptr<store::FolderLock> lock_;
  base::Clock* clock_;
  std::shared_ptr<const store::PersonalKey> key_;
  std::unique_ptr<store::Session> store_;
  std::unique_ptr<warehouse::Warehouse> warehouse_;
  std::vector<Recovered> recovered_;
  std::function<void(store::Session&, const std::string& record)> recorded_;
};

}  // namespace guanhu::feed
