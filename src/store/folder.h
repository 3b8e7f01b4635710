// The data folder of one bank. Start here when you need the bank's files or its store.
//
//   DIR/guanhu.json       what the folder is: format, engine, PostgreSQL's DSN and schemas (mode 0600)
//   DIR/personal.key      the key of personal data (personal_key.h; mode 0600), unless GUANHU_KEY_FILE names
//   another DIR/guanhu.lock       held by the command that writes (FolderLock), with its process number
//   DIR/guanhu.db         the store, when it is SQLite
//   DIR/warehouse.duckdb  the warehouse, when it is DuckDB
//   DIR/landed            extracts as they came, compressed: what every fact can be rebuilt from
//   DIR/columns           column files, derived from the warehouse; may be deleted
//   DIR/uploads           extracts that came through the server and wait for their import
//   DIR/temp              may be deleted while no command runs
//
// With PostgreSQL the store lives in schema S and the warehouse in schema S_facts of one database; S
// is "guanhu" unless several banks share the database.
#pragma once
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "base/error.h"
#include "store/personal_key.h"
#include "store/store.h"

namespace guanhu::store {

class Folder {
 public:
  // Makes an empty bank, whole or not at all: a folder that a crash left half made can be made again.
  // With a DSN, PostgreSQL is reached and its schema made. Refusals: folder.taken (a bank is here, or
  // in these schemas), folder.foreign (other files are here), folder.schema (no schema name),
  // folder.store (the database cannot be used; the words never hold the password), folder.make (the
  // folder cannot be made), folder.busy.
  static base::Result<Folder> create(const std::filesystem::path& dir,
                                     const std::optional<std::string>& dsn = std::nullopt,
                                     const std::string& schema = "guanhu");
  // Refusals: folder.none (no bank here), folder.newer (made by a newer program), folder.damaged.
  static base::Result<Folder> open(const std::filesystem::path& dir);

  const std::filesystem::path& path() const { return dir_; }
  std::filesystem::path landed() const { return dir_ / "landed"; }
  std::filesystem::path columns() const { return dir_ / "columns"; }
  std::filesystem::path uploads() const { return dir_ / "uploads"; }
  std::filesystem::path temp() const { return dir_ / "temp"; }

  // SQLite and DuckDB, or PostgreSQL for both.
  Engine engine() const { return dsn_.empty() ? Engine::sqlite : Engine::postgres; }
  // A new connection to the bank's store; throws Broken when the database cannot be reached.
  std::unique_ptr<Session> open_store() const;
  // Where the warehouse is: of the embedded engine its file; of PostgreSQL the DSN (a secret) and schema.
  std::filesystem::path warehouse_file() const { return dir_ / "warehouse.duckdb"; }
  const std::string& postgres_dsn() const { return dsn_; }
  const std::string& store_schema() const { return store_schema_; }
  const std::string& facts_schema() const { return facts_schema_; }

  // Where the key of personal data lies.
  std::filesystem::path key_file() const;
  // The key, made when the folder never had one (a bank from before there were keys). To be called by who holds
  // the folder's lock. Refusals: key.missing (it had one), key.damaged, key.other (not the one this bank was
  // sealed with).
  base::Result<std::shared_ptr<const PersonalKey>> personal_key();
  // After PersonalKey::rotate(): writes the key and which one it is now.
  void keep_key(const PersonalKey& key);

 private:
  Folder() = default;
  std::string describe() const;

  std::filesystem::path dir_;
  std::string dsn_;  // empty: embedded
  std::string store_schema_;
  std::string facts_schema_;
  std::string key_;  // id of the key that seals; empty: none was ever made
};

// Held by a command that writes the bank's files, so that two of them do not meet. Released with the
// object, and by the system when the process dies.
class FolderLock {
 public:
  // Does not wait. Refusal: folder.busy, naming the process that holds it. Throws Broken when the
  // folder cannot be written.
  static base::Result<FolderLock> take(const Folder& folder) { return take(folder.path()); }
  static base::Result<FolderLock> take(const std::filesystem::path& dir);

  FolderLock(FolderLock&& other) noexcept;
  FolderLock& operator=(FolderLock&& other) noexcept;
  ~FolderLock();

 private:
  explicit FolderLock(int fd) : fd_(fd) {}
  int fd_ = -1;
};

}  // namespace guanhu::store
