#include "warehouse/detail/duckdb_connection.h"

#include <map>
#include <mutex>
#include <vector>

#include "base/error.h"
#include "warehouse/detail/check.h"

namespace guanhu::warehouse::detail {

namespace {
struct Instance {
  duckdb_database database = nullptr;
  bool read_only = false;
  int users = 0;
};

struct Registry {
  std::mutex mutex;
  std::map<std::string, Instance> open;
};

// Never destroyed: a connection in a static of another file may be closed after this one's end.
Registry& registry() {
  static Registry& all = *new Registry;
  return all;
}

class Config {
 public:
  Config() {
    if (duckdb_create_config(&config_) != DuckDBSuccess) throw base::Broken("DuckDB makes no configuration");
  }
  ~Config() { duckdb_destroy_config(&config_); }
  Config(const Config&) = delete;
  void set(const char* name, const std::string& value) {
    if (duckdb_set_config(config_, name, value.c_str()) != DuckDBSuccess) {
      throw base::Broken(std::string("DuckDB refuses the setting ") + name + " = " + value);
    }
  }
  duckdb_config get() const { return config_; }

 private:
  duckdb_config config_ = nullptr;
};

// DuckDB's lock message, "Could not set lock on file ...: Conflicting lock is held in NAME (PID 7)",
// told as what it means here.
std::string why_not_open(const DuckDbOptions& options, const std::string& words) {
  std::string file = options.file.string();
  if (words.find("Could not set lock on file") == std::string::npos) {
    return "cannot open the warehouse " + file + ": " + words;
  }
  std::string holder;
  if (size_t at = words.find("(PID "); at != std::string::npos) {
    size_t end = words.find(')', at);
    if (end != std::string::npos) holder = " (process " + words.substr(at + 5, end - at - 5) + ")";
  }
  return "the data folder is in use by another process" + holder + ": " + file;
}

duckdb_database open_database(const DuckDbOptions& options) {
  Config config;
  config.set("threads", std::to_string(options.threads));
  config.set("memory_limit", std::to_string(options.memory_mb) + "MB");
  config.set("access_mode", options.read_only ? "READ_ONLY" : "AUTOMATIC");
  config.set("autoinstall_known_extensions", "false");
  config.set("autoload_known_extensions", "false");
  config.set("enable_external_access", options.external_access ? "true" : "false");
  // As PostgreSQL has them: 7 / 2 is 3, NULLs are larger than everything.
  config.set("integer_division", "true");
  config.set("default_null_order", "nulls_last_on_asc_first_on_desc");
  std::string path = options.file.empty() ? ":memory:" : options.file.string();
  duckdb_database database = nullptr;
  char* words = nullptr;
  if (duckdb_open_ext(path.c_str(), &database, config.get(), &words) != DuckDBSuccess) {
    std::string copy = words ? words : "no reason given";
    duckdb_free(words);
    throw base::Broken(why_not_open(options, copy));
  }
  return database;
}

// What only a session can set (the time zone belongs to an extension), and then no more settings.
void settle(duckdb_connection connection, bool first) {
  DuckDbResult result;
  const char* sql = first ? "SET GLOBAL TimeZone = 'UTC'; SET GLOBAL lock_configuration = true" : "SELECT 1";
  if (duckdb_query(connection, sql, result.get()) != DuckDBSuccess) duckdb_failed(sql, result.error());
}

// The database of a process that was killed leaves what it had spilled; we hold the file's lock, so
// nobody uses it.
void remove_stale_spill(const DuckDbOptions& options) {
  if (options.read_only) return;
  std::error_code ignored;
  std::filesystem::remove_all(options.file.string() + ".tmp", ignored);
}

duckdb_database join(const std::string& key, const DuckDbOptions& options, bool& first) {
  auto found = registry().open.find(key);
  first = found == registry().open.end();
  if (first) {
    Instance fresh{open_database(options), options.read_only, 0};
    remove_stale_spill(options);
    found = registry().open.emplace(key, fresh).first;
  }
  if (found->second.read_only && !options.read_only) {
    throw base::Broken("the warehouse is open for reading only in this process: " + key);
  }
  ++found->second.users;
  return found->second.database;
}

void leave(const std::string& key) {
  auto found = registry().open.find(key);
  if (--found->second.users > 0) return;
  duckdb_close(&found->second.database);
  registry().open.erase(found);
}
}  // namespace

DuckDbConnection::DuckDbConnection(const DuckDbOptions& options) {
  std::lock_guard lock(registry().mutex);
  bool first = true;
  duckdb_database database = nullptr;
  if (options.file.empty()) {
    database = private_ = open_database(options);
  } else {
    key_ = std::filesystem::weakly_canonical(options.file).string();
    database = join(key_, options, first);
  }
  try {
    if (duckdb_connect(database, &connection_) != DuckDBSuccess) throw base::Broken("DuckDB gives no connection");
    settle(connection_, first);
  } catch (...) {
    duckdb_disconnect(&connection_);
    if (private_) duckdb_close(&private_);
    else leave(key_);
    throw;
  }
}

DuckDbConnection::~DuckDbConnection() {
  std::lock_guard lock(registry().mutex);
  duckdb_disconnect(&connection_);
  if (private_) duckdb_close(&private_);
  else leave(key_);
}

void DuckDbConnection::check_usable() const {
  if (failed_) throw base::Broken("the warehouse transaction has failed: it can only be rolled back");
}

void duckdb_failed(const std::string& sql, const std::string& words) {
  throw base::Broken("DuckDB: " + words + "\nstatement: " + shown(sql));
}

DuckDbStatement::DuckDbStatement(duckdb_connection connection, const std::string& sql,
                                 std::span<const Value> parameters) {
  std::string trouble;
  if (duckdb_prepare(connection, sql.c_str(), &statement_) != DuckDBSuccess) {
    const char* words = duckdb_prepare_error(statement_);
    trouble = words ? words : "no such statement";
  } else if (duckdb_nparams(statement_) != parameters.size()) {
    trouble = std::to_string(parameters.size()) + " parameters given, the statement has " +
              std::to_string(duckdb_nparams(statement_));
  }
  for (size_t i = 0; trouble.empty() && i < parameters.size(); ++i) {
    duckdb_state state = DuckDBSuccess;
    if (auto* boolean = std::get_if<bool>(&parameters[i])) {
      state = duckdb_bind_boolean(statement_, i + 1, *boolean);
    } else if (auto* integer = std::get_if<int64_t>(&parameters[i])) {
      state = fits_integer(*integer) ? duckdb_bind_int32(statement_, i + 1, static_cast<int32_t>(*integer))
                                     : duckdb_bind_int64(statement_, i + 1, *integer);
    } else if (auto* text = std::get_if<std::string>(&parameters[i])) {
      try {
        check_utf8(*text, "parameter $" + std::to_string(i + 1));
        state = duckdb_bind_varchar_length(statement_, i + 1, text->data(), text->size());
      } catch (const base::Broken& bad) {
        trouble = bad.what();
      }
    } else {
      state = duckdb_bind_null(statement_, i + 1);
    }
    if (state != DuckDBSuccess) trouble = "cannot bind parameter $" + std::to_string(i + 1);
  }
  if (!trouble.empty()) {
    duckdb_destroy_prepare(&statement_);
    duckdb_failed(sql, trouble);
  }
}

}  // namespace guanhu::warehouse::detail
