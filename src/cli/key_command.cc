// guanhu key rotate: a new key for the bank's personal data.
#include <fstream>
#include <ostream>

#include "audit/chain.h"
#include "base/files.h"
#include "cli/command.h"
#include "cli/options.h"
#include "cli/wiring.h"
#include "feed/importer.h"
#include "store/reseal.h"

namespace guanhu::cli {

namespace {

namespace fs = std::filesystem;
using base::JsonObject;

constexpr std::string_view kHelp = R"(usage: guanhu key rotate --data DIR [--json]

Seals the bank's personal data with a new key: the landed extracts are sealed anew, the warehouse is made from them,
whatever lies sealed in the store's tables (phones of leads and of other systems' rows, kept files, secrets of
channels, devices) is sealed anew, and then the old key is forgotten. Until the end the key file holds both, so that
an interrupted rotation loses nothing: run it again. The server must be stopped.

Backups taken before keep the old key (unless they were taken --without-key: then keep a copy of the key file).
The key lies in DIR/personal.key, or in the file that GUANHU_KEY_FILE names.
Exit status: 0 done; 2 wrong use, or it could not be done.
)";

bool is_inside(const fs::path& file, const fs::path& folder) {
  const fs::path inside = file.lexically_relative(folder);
  return !inside.empty() && *inside.begin() != "..";
}

// Every sealed file of the bank's folder, and every landed one that no key has sealed. The number of them.
base::Result<size_t> seal_files(const store::Folder& folder, const store::PersonalKey& key) {
  constexpr size_t kHead = 64;
  size_t done = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder.path())) {
    if (!entry.is_regular_file()) continue;
    std::string head(kHead, '\0');
    std::ifstream file(entry.path(), std::ios::binary);
    file.read(head.data(), kHead);
    const bool landed = entry.path().extension() == ".zst" && is_inside(entry.path(), folder.landed());
    if (!landed && !store::PersonalKey::is_sealed_file(head)) continue;
    auto bytes = base::read_file(entry.path());
    if (!bytes) return bytes.error();
    if (store::PersonalKey::is_sealed_file(*bytes)) bytes = key.open_file(*bytes);
    if (!bytes) {
      base::Error error = bytes.error();
      error.where = entry.path().string();
      return error;
    }
    base::write_file_atomic(entry.path(), key.seal_file(*bytes), 0600);
    ++done;
  }
  return done;
}

struct Rotated {
  size_t files = 0;
  store::Resealed store;
};

base::Result<Rotated> rotate(const std::string& data, Io& io) {
  feed::BankOptions options = bank_options(io);
  options.rebuild = true;
  Rotated done;
  fs::path stale;
  {
    auto bank = feed::Bank::open(data, io.clock, options);
    if (!bank) return bank.error();
    store::Folder folder = bank->folder();
    store::PersonalKey key = bank->personal_key();
    key.rotate();
    folder.keep_key(key);
    auto sealed = seal_files(folder, key);
    if (!sealed) return sealed.error();
    done.files = *sealed;
    done.store = store::reseal(bank->store(), key);
    // A new file: in the old one, blocks that are free now would still hold what the old key sealed.
    if (folder.engine() == store::Engine::sqlite) stale = folder.warehouse_file();
  }
  for (const char* more : {"", ".wal"})
    if (!stale.empty()) fs::remove(stale.string() + more);
  auto bank = feed::Bank::open(data, io.clock, options);
  if (!bank) return bank.error();
  {
    feed::Importer importer(*bank);
    if (auto status = importer.rebuild(); !status) return status.error();
  }
  store::Folder folder = bank->folder();
  store::PersonalKey key = bank->personal_key();
  key.forget_old();
  bank->store().transaction([&] {
    audit::append(bank->store(),
                  {actor_of(io), "key.rotate", "key " + key.current(),
                   JsonObject{{"files", done.files}, {"values", done.store.values}, {"lost", done.store.lost}}},
                  io.clock);
  });
  folder.keep_key(key);
  return done;
}

int run(const std::vector<std::string>& arguments, Io& io) {
  auto fail = [&](const base::Error& error) {
    io.err << "guanhu key rotate: " << error.text() << "\n";
    return kWrong;
  };
  auto options = Options::parse(arguments, {"data"}, {"json"});
  if (!options) return fail(options.error());
  if (!options->rest().empty())
    return fail({"cli.argument", "'" + options->rest()[0] + "' is not expected here", "", "see --help"});
  auto data = options->need("data");
  if (!data) return fail(data.error());
  auto done = rotate(*data, io);
  if (!done) return fail(done.error());
  if (options->has("json")) {
    io.out << base::Json(
                  JsonObject{{"files", done->files}, {"values", done->store.values}, {"lost", done->store.lost}})
                  .dump(1)
           << "\n";
    return kDone;
  }
  io.out << done->files << " files were sealed anew and the warehouse made from them, " << done->store.values
         << " values of the store were sealed anew; the old key is gone\n";
  // Of a rotation before this one, or damaged: a backup of that time with its key still opens them.
  if (done->store.lost)
    io.err << "guanhu key rotate: " << done->store.lost
           << " values of the store are sealed under a key that is no longer there; they stay as they are\n";
  return kDone;
}

}  // namespace

const Command kKeyRotateCommand = {"key rotate", "a new key for the bank's personal data", kHelp, run};

}  // namespace guanhu::cli
