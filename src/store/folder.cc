#include "store/folder.h"

#include <sys/stat.h>

#include <array>
#include <cerrno>
#include <cstdlib>

#include "base/files.h"
#include "base/json.h"

namespace guanhu::store {

namespace fs = std::filesystem;

namespace {
constexpr int64_t kFormat = 1;
constexpr const char* kDescription = "guanhu.json";
constexpr const char* kKey = "personal.key";
constexpr std::array<const char*, 3> kFolders = {"landed", "columns", "temp"};

base::Error refuse(std::string code, std::string message, const fs::path& where, std::string hint) {
  return base::Error{std::move(code), std::move(message), where.string(), std::move(hint)};
}

fs::path plain(const fs::path& dir) {
  fs::path path = fs::absolute(dir).lexically_normal();
  return path.has_filename() ? path : path.parent_path();  // "bank/"
}

// What an interrupted create leaves behind.
bool is_ours(const fs::directory_entry& entry) {
  const std::string name = entry.path().filename().string();
  if (name == "guanhu.lock" || name == "guanhu.json.new" || name == kKey) return entry.is_regular_file();
  for (const char* folder : kFolders) {
    if (name == folder) return entry.is_directory() && fs::is_empty(entry.path());
  }
  return false;
}

// Nothing when a bank may be made here.
std::optional<base::Error> why_not_here(const fs::path& dir) {
  std::error_code error;
  if (!fs::exists(dir, error)) return std::nullopt;
  if (!fs::is_directory(dir, error)) {
    return refuse("folder.foreign", "this is no folder", dir, "name a new or empty folder");
  }
  if (fs::exists(dir / kDescription, error)) {
    return refuse("folder.taken", "the folder holds a bank already", dir,
                  "use it as it is, or name another folder");
  }
  fs::directory_iterator entries(dir, error);
  if (error)
    return refuse("folder.make", "cannot read the folder: " + error.message(), dir, "check its permissions");
  for (const fs::directory_entry& entry : entries) {
    if (is_ours(entry)) continue;
    return refuse("folder.foreign", "the folder is not empty (it holds " + entry.path().filename().string() + ")",
                  dir, "name a new or empty folder");
  }
  return std::nullopt;
}

// The bank's files are for its own user only.
std::optional<base::Error> make_folder(const fs::path& dir) {
  std::error_code error;
  fs::create_directories(dir.parent_path(), error);
  if (!error && ::mkdir(dir.c_str(), 0700) != 0 && errno != EEXIST) error.assign(errno, std::generic_category());
  if (!error) return std::nullopt;
  return refuse("folder.make", "cannot make the folder: " + error.message(), dir,
                "check the path and its permissions");
}

// A name that needs no quoting, short enough for "_facts" behind it (PostgreSQL's names end at 63).
bool is_schema_name(const std::string& name) {
  if (name.empty() || name.size() > 40 || !(name[0] >= 'a' && name[0] <= 'z') || name.starts_with("pg_"))
    return false;
  return name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string::npos;
}

std::optional<base::Error> why_not_in_database(const std::string& dsn, const std::string& schema,
                                               const std::string& facts) {
  try {
    auto session = open_postgres(dsn, schema);
    auto taken = session->query(
        "SELECT schemaname FROM pg_tables WHERE (schemaname = ? AND tablename <> 'writer_turn') OR schemaname = ?",
        {schema, facts});
    if (taken.empty()) return std::nullopt;
    return base::Error{"folder.taken", "the database holds a bank in schema " + taken[0].text(0) + " already", "",
                       "name another schema or another database"};
  } catch (const base::Broken& broken) {
    return base::Error{"folder.store", broken.what(), "", "check the DSN and that the server answers"};
  }
}

const std::string* text_of(const base::Json& description, const char* name) {
  const base::Json* member = description.find(name);
  return member ? member->as_string() : nullptr;
}
}  // namespace

base::Result<Folder> Folder::create(const fs::path& dir, const std::optional<std::string>& dsn,
                                    const std::string& schema) {
  Folder folder;
  folder.dir_ = plain(dir);
  if (auto error = why_not_here(folder.dir_)) return *error;
  if (dsn) {
    if (dsn->empty())
      return base::Error{"folder.store", "the DSN is empty", "", "it looks like postgresql://USER@HOST/DATABASE"};
    if (!is_schema_name(schema)) {
      return base::Error{"folder.schema", "'" + schema + "' is no schema name", "",
                         "small letters, digits and _, at most 40, a letter first, not pg_"};
    }
    folder.dsn_ = *dsn;
    folder.store_schema_ = schema;
    folder.facts_schema_ = schema + "_facts";
  }
  if (auto error = make_folder(folder.dir_)) return *error;
  auto lock = FolderLock::take(folder.dir_);
  if (!lock.ok()) return lock.error();
  if (auto error = why_not_here(folder.dir_)) return *error;  // another one may have been faster
  if (dsn) {
    if (auto error = why_not_in_database(folder.dsn_, folder.store_schema_, folder.facts_schema_)) return *error;
  }
  for (const char* name : kFolders) fs::create_directory(folder.dir_ / name);
  if (auto key = folder.personal_key(); !key) return key.error();
  base::write_file_atomic(folder.dir_ / kDescription, folder.describe(), 0600);
  base::sync_folder(folder.dir_.parent_path());
  return folder;
}

std::string Folder::describe() const {
  base::JsonObject members = {{"format", kFormat}, {"engine", dsn_.empty() ? "sqlite" : "postgres"}};
  if (!dsn_.empty()) {
    members.emplace_back("dsn", dsn_);
    members.emplace_back("store_schema", store_schema_);
    members.emplace_back("facts_schema", facts_schema_);
  }
  if (!key_.empty()) members.emplace_back("personal_key", key_);
  return base::Json(members).dump(2) + "\n";
}

fs::path Folder::key_file() const {
  const char* named = std::getenv("GUANHU_KEY_FILE");
  return named && *named ? fs::path(named) : dir_ / kKey;
}

base::Result<std::shared_ptr<const PersonalKey>> Folder::personal_key() {
  const fs::path file = key_file();
  std::error_code error;
  // Never made anew for a bank that has one: what it sealed would be lost.
  if (key_.empty() && !fs::exists(file, error)) PersonalKey::make().write(file);
  auto key = PersonalKey::read(file);
  if (!key) return key.error();
  if (!key_.empty() && !key->has(key_))
    return refuse("key.other", "this is not the key that the bank's personal data was sealed with", file,
                  "restore the bank's own key");
  const bool known = fs::exists(dir_ / kDescription, error);
  if (key_ != key->current()) {
    key_ = key->current();
    if (known) base::write_file_atomic(dir_ / kDescription, describe(), 0600);
  }
  return std::make_shared<const PersonalKey>(std::move(*key));
}

void Folder::keep_key(const PersonalKey& key) {
  key.write(key_file());
  key_ = key.current();
  base::write_file_atomic(dir_ / kDescription, describe(), 0600);
}

base::Result<Folder> Folder::open(const fs::path& dir) {
  Folder folder;
  folder.dir_ = plain(dir);
  const fs::path file = folder.dir_ / kDescription;
  std::error_code error;
  if (!fs::is_regular_file(file, error)) {
    bool there = fs::exists(folder.dir_, error);
    return refuse("folder.none", there ? "there is no bank in this folder" : "there is no such folder",
                  folder.dir_, "make one with: guanhu init --data " + folder.dir_.string());
  }
  auto text = base::read_file(file);
  if (!text.ok()) return text.error();
  auto json = base::Json::parse(*text);
  auto damaged = [&](const std::string& what) {
    return refuse("folder.damaged", what, file, "restore this file from a backup");
  };
  if (!json.ok()) return damaged("the file is damaged: " + json.error().message);
  const base::Json* format = json->find("format");
  if (!format || !format->as_number()) return damaged("the file names no format");
  if (*format->as_number() != base::Decimal(kFormat)) {
    return refuse("folder.newer",
                  "the folder has format " + format->as_number()->str() + ", this program knows format " +
                      std::to_string(kFormat) + ": it was made by a newer version",
                  folder.dir_, "use the newer program");
  }
  const std::string* engine = text_of(*json, "engine");
  if (!engine || (*engine != "sqlite" && *engine != "postgres")) return damaged("the file names no engine");
  if (*engine == "postgres") {
    const std::string* dsn = text_of(*json, "dsn");
    const std::string* store = text_of(*json, "store_schema");
    const std::string* facts = text_of(*json, "facts_schema");
    if (!dsn || dsn->empty() || !store || store->empty() || !facts || facts->empty()) {
      return damaged("dsn, store_schema or facts_schema is missing");
    }
    folder.dsn_ = *dsn;
    folder.store_schema_ = *store;
    folder.facts_schema_ = *facts;
  }
  if (const std::string* key = text_of(*json, "personal_key")) folder.key_ = *key;
  // Derived folders may have been deleted; where they cannot be made, whoever writes there says so.
  for (const char* name : kFolders) fs::create_directory(folder.dir_ / name, error);
  return folder;
}

std::unique_ptr<Session> Folder::open_store() const {
  if (engine() == Engine::sqlite) return open_sqlite(dir_ / "guanhu.db");
  return open_postgres(dsn_, store_schema_);
}

}  // namespace guanhu::store
