// guanhu backup, guanhu restore: a consistent copy of a bank while its server runs, and back.
#include <ostream>
#include <set>

#include "api/services.h"
#include "audit/chain.h"
#include "base/compress.h"
#include "base/files.h"
#include "cli/command.h"
#include "cli/options.h"
#include "cli/wiring.h"
#include "feed/importer.h"
#include "feed/landing.h"
#include "store/archive.h"

namespace guanhu::cli {

namespace {

namespace fs = std::filesystem;
using base::Error;
using base::Json;
using base::JsonObject;

constexpr std::string_view kBackupHelp = R"(usage: guanhu backup --data DIR --to FILE [--without-key] [--json]

Copies the bank in DIR into one file (a tar): the store as of one moment, and every extract its imports landed.
A server may hold DIR meanwhile; imports may run. The warehouse is not in it: a restore makes it from the extracts.

  --to FILE      the backup; written beside it and renamed when it is whole, readable by its owner only
  --without-key  leaves out the key of personal data (DIR/personal.key). Keep that one elsewhere: a backup
                 without its key is worth nothing. A key that GUANHU_KEY_FILE names is never in it.

Of a bank in PostgreSQL the database is copied with PostgreSQL's own pg_dump; the refusal says how.
Exit status: 0 done; 2 wrong use, or it could not be written.
)";

constexpr std::string_view kRestoreHelp = R"(usage: guanhu restore --from FILE --data DIR [--json]

Makes the bank of a backup anew in DIR, a new or empty folder. Everything is checked before anything is written:
a file that is cut or changed is refused. The warehouse is made from the landed extracts, and the audit chain must
be whole and end where it ended when the backup was taken.

The key of personal data comes out of the backup, or from where GUANHU_KEY_FILE says.
Exit status: 0 done; 1 the restored audit chain is not whole; 2 wrong use, or no whole backup.
)";

int fail(Io& io, const char* command, const Error& error) {
  io.err << "guanhu " << command << ": " << error.text() << "\n";
  return kWrong;
}

Error use_pg_dump(const store::Folder& folder) {
  return {
      "backup.postgres",
      "this bank lives in PostgreSQL, in the schemas " + folder.store_schema() + " and " + folder.facts_schema(),
      folder.path().string(),
      "copy both with: pg_dump --format=custom --schema=" + folder.store_schema() +
          " --schema=" + folder.facts_schema() + " --file=bank.dump DSN (the DSN is in guanhu.json), then keep " +
          (folder.path() / "landed").string() + ", guanhu.json and personal.key with it; back with pg_restore"};
}

// The store as of one moment, while others write.
std::string store_copy(feed::Bank& bank) {
  fs::path copy = bank.folder().temp() / ("backup-" + std::to_string(bank.clock().now().micros) + ".db");
  struct Gone {
    const fs::path& file;
    ~Gone() {
      std::error_code ignored;
      fs::remove(file, ignored);
    }
  } gone{copy};
  bank.store().exec("VACUUM INTO ?", {copy.string()});
  auto bytes = base::read_file(copy);
  if (!bytes) throw base::Broken(bytes.error().text());
  return std::move(*bytes);
}

// The landed files of the imports that this copy of the store knows; later ones are of a later backup.
void add_landed(store::ArchiveWriter& archive, const store::Folder& folder, store::Session& copy) {
  for (const auto& row : copy.query("SELECT business_date, import_id FROM imports ORDER BY import_id")) {
    fs::path from = feed::landed_folder(folder.landed(), *base::Date::parse(row.text(0)), row.integer(1));
    std::set<fs::path> files;
    for (const auto& file : fs::directory_iterator(from)) files.insert(file.path());
    for (const auto& file : files) {
      auto bytes = base::read_file(file);
      if (!bytes) throw base::Broken(bytes.error().text());
      archive.add(fs::relative(file, folder.path()).generic_string(), *bytes);
    }
  }
}

JsonObject summary_of(const store::ArchiveWriter& archive, const audit::Head& head, base::Instant at) {
  return {{"format", 1},
          {"made_at", at.str()},
          {"members", archive.files()},
          {"audit", JsonObject{{"sequence", head.sequence}, {"hash", head.hash}}}};
}

base::Result<JsonObject> back_up(feed::Bank& bank, const fs::path& to, bool with_key, Io& io) {
  const store::Folder& folder = bank.folder();
  bank.store().transaction([&] {
    audit::append(bank.store(), {actor_of(io), "backup", "", JsonObject{{"with_key", with_key}}}, io.clock);
  });
  const std::string bytes = store_copy(bank);
  fs::path opened = folder.temp() / "backup-read.db";
  base::write_file_unsynced(opened, bytes, 0600);
  JsonObject about;
  try {
    auto copy = store::open_sqlite(opened);
    store::ArchiveWriter archive(to);
    archive.add("guanhu.json", base::read_file(folder.path() / "guanhu.json").value());
    if (with_key) archive.add("personal.key", base::read_file(folder.path() / "personal.key").value());
    archive.add("guanhu.db.zst", base::compress(bytes));
    add_landed(archive, folder, *copy);
    about = summary_of(archive, audit::head(*copy), io.clock.now());
    archive.finish(about);
    about.emplace_back("bytes", base::Decimal(static_cast<int64_t>(archive.bytes())));
  } catch (const std::exception& e) {
    for (const char* more : {"", "-wal", "-shm"}) fs::remove(opened.string() + more);
    return Error{"backup.write", e.what(), to.string(),
                 "name a file in a folder that can be written and has room"};
  }
  for (const char* more : {"", "-wal", "-shm"}) fs::remove(opened.string() + more);
  return about;
}

int run_backup(const std::vector<std::string>& arguments, Io& io) {
  auto options = Options::parse(arguments, {"data", "to"}, {"without-key", "json"});
  if (!options) return fail(io, "backup", options.error());
  if (!options->rest().empty())
    return fail(io, "backup",
                {"cli.argument", "'" + options->rest()[0] + "' is not expected here", "", "see --help"});
  auto data = options->need("data"), to = options->need("to");
  for (const auto* each : {&data, &to})
    if (!*each) return fail(io, "backup", each->error());
  auto bank = open_bank(*data, io);
  if (!bank) return fail(io, "backup", bank.error());
  const store::Folder& folder = bank->folder();
  if (folder.engine() == store::Engine::postgres) return fail(io, "backup", use_pg_dump(folder));
  bool with_key = !options->has("without-key") && folder.key_file() == folder.path() / "personal.key";
  auto about = back_up(*bank, path_of(io, *to), with_key, io);
  if (!about) return fail(io, "backup", about.error());
  if (options->has("json")) {
    io.out << Json(*about).dump(1) << "\n";
  } else {
    io.out << "the backup is in " << *to << ": " << Json(*about).find("members")->dump() << " files, "
           << Json(*about).find("bytes")->dump() << " bytes"
           << (with_key ? "" : "; it holds no key of personal data: keep that one elsewhere") << "\n";
  }
  return kDone;
}

// The members as files of the folder; the store uncompressed.
base::Status lay_out(const fs::path& from, const fs::path& dir) {
  return store::unpack_archive(from, [&](const std::string& name, std::string_view bytes) {
    fs::path to = dir / name;
    if (name == "guanhu.db.zst") {
      auto plain = base::decompress(bytes);
      if (!plain) throw base::Broken(plain.error().text());
      return base::write_file_synced(dir / "guanhu.db", *plain, 0600);
    }
    fs::create_directories(to.parent_path());
    base::write_file_synced(to, bytes, 0600);
  });
}

std::optional<Error> why_not_here(const fs::path& dir) {
  std::error_code error;
  if (!fs::exists(dir, error) || (fs::is_directory(dir, error) && fs::is_empty(dir, error))) return std::nullopt;
  return Error{"folder.taken", "the folder is not empty", dir.string(), "name a new or empty folder"};
}

// The bank in its folder: warehouse made anew, chain checked.
base::Result<audit::Verdict> raise(const fs::path& dir, const Json& list, Io& io) {
  feed::BankOptions options = bank_options(io);
  options.rebuild = true;
  auto bank = feed::Bank::open(dir, io.clock, options);
  if (!bank) return bank.error();
  {
    feed::Importer importer(*bank);
    if (auto status = importer.rebuild(); !status) return status.error();
  }
  std::optional<audit::Head> expected;
  if (const Json* head = list.find("audit"))
    expected =
        audit::Head{head->find("sequence")->as_number()->to_int64().value_or(0), *head->find("hash")->as_string()};
  auto verdict = audit::verify(bank->store(), expected);
  bank->store().transaction([&] {
    audit::append(bank->store(), {actor_of(io), "restore", "", JsonObject{{"made_at", *list.find("made_at")}}},
                  io.clock);
  });
  return verdict;
}

int run_restore(const std::vector<std::string>& arguments, Io& io) {
  auto options = Options::parse(arguments, {"data", "from"}, {"json"});
  if (!options) return fail(io, "restore", options.error());
  if (!options->rest().empty())
    return fail(io, "restore",
                {"cli.argument", "'" + options->rest()[0] + "' is not expected here", "", "see --help"});
  auto data = options->need("data"), from = options->need("from");
  for (const auto* each : {&data, &from})
    if (!*each) return fail(io, "restore", each->error());
  const fs::path dir = fs::absolute(*data).lexically_normal();
  if (auto error = why_not_here(dir)) return fail(io, "restore", *error);
  auto list = store::check_archive(*from);
  if (!list) return fail(io, "restore", list.error());
  // Under a provisional name until it stands: an interrupted restore leaves no half bank under the real one.
  const fs::path part = (dir.has_filename() ? dir : dir.parent_path()).string() + ".part";
  std::error_code ignored;
  struct Cleared {
    const fs::path& part;
    std::error_code& ignored;
    ~Cleared() { fs::remove_all(part, ignored); }
  } cleared{part, ignored};
  fs::remove_all(part, ignored);
  fs::create_directories(part);
  fs::permissions(part, fs::perms::owner_all);
  if (auto status = lay_out(*from, part); !status) return fail(io, "restore", status.error());
  auto verdict = raise(part, *list, io);
  if (!verdict) return fail(io, "restore", verdict.error());
  fs::remove(dir, ignored);
  fs::rename(part, dir);
  if (options->has("json")) {
    io.out << Json(JsonObject{{"made_at", *list->find("made_at")},
                              {"members", *list->find("members")},
                              {"audit_whole", verdict->faults.empty()}})
                  .dump(1)
           << "\n";
  } else {
    io.out << "the bank of " << *list->find("made_at")->as_string() << " is in " << *data << "\n";
    for (const auto& fault : verdict->faults)
      io.out << "audit record " << fault.sequence << ": " << fault.what << "\n";
  }
  return verdict->faults.empty() ? kDone : kNo;
}

}  // namespace

const Command kBackupCommand = {"backup", "a consistent copy of a bank, also while its server runs", kBackupHelp,
                                run_backup};
const Command kRestoreCommand = {"restore", "makes the bank of a backup anew", kRestoreHelp, run_restore};

}  // namespace guanhu::cli
