// Forward migrations, per module. Each module lists its own steps; they are applied in order, each in
// one transaction, and recorded in schema_version(module, version, applied_at).
#pragma once
#include <span>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/error.h"
#include "store/store.h"

namespace guanhu::store {

struct Migration {
  int version;            // 1, 2, 3, ...: without gaps
  std::string_view what;  // one line for people
  // Statements; `{bigint}` stands for the engine's own 64-bit type, `{serial}` for a key column that
  // numbers its rows (PRIMARY KEY included), `{strict}` behind a table for SQLite's STRICT.
  std::string_view sql;
  // What one engine says in its own words (triggers), after `sql`, in the same transaction.
  std::string_view only_sqlite = {}, only_postgres = {};
};

struct ModuleMigrations {
  std::string_view module;
  std::span<const Migration> steps;
};

// Brings the store to this program's version. Refuses (store.newer) a store that a newer version of
// the program has written, naming both versions, and changes nothing then; and one whose record of
// migrations has holes (store.damaged). Modules that are not named here are left alone. A step that
// fails throws Broken and leaves the steps before it applied.
base::Status migrate(Session& session, std::span<const ModuleMigrations> modules, base::Clock& clock);

}  // namespace guanhu::store
