// guanhu init: makes an empty bank.
#include <ostream>

#include "cli/command.h"
#include "cli/options.h"
#include "cli/wiring.h"
#include "feed/bank.h"

namespace guanhu::cli {

namespace {

constexpr std::string_view kHelp = R"(usage: guanhu init --data DIR [--store DSN] [--schema NAME]

Makes an empty bank in DIR, a new or empty folder.

  --data DIR      the bank's data folder
  --store DSN     keep store and warehouse in PostgreSQL: postgresql://user:password@host/database
                  (else SQLite and DuckDB, in DIR)
  --schema NAME   PostgreSQL's schema for this bank (default guanhu): several banks may share a database

Example:
  guanhu init --data bank && guanhu import --data bank feed
)";

int run(const std::vector<std::string>& arguments, Io& io) {
  auto fail = [&](const base::Error& error) {
    io.err << "guanhu init: " << error.text() << "\n";
    return kWrong;
  };
  auto options = Options::parse(arguments, {"data", "store", "schema"}, {});
  if (!options) return fail(options.error());
  if (!options->rest().empty())
    return fail({"cli.argument", "'" + options->rest()[0] + "' is not expected here", "", "see --help"});
  auto data = options->need("data");
  if (!data) return fail(data.error());
  if (options->has("schema") && !options->has("store"))
    return fail({"cli.argument", "--schema is for PostgreSQL", "", "give --store as well"});
  auto folder = store::Folder::create(*data, options->get("store"), options->get("schema").value_or("guanhu"));
  if (!folder) return fail(folder.error());
  auto bank = open_bank(*data, io);
  if (!bank) return fail(bank.error());
  io.out << "an empty bank is in " << folder->path().string() << "\n";
  return kDone;
}

}  // namespace

const Command kInitCommand = {"init", "makes an empty bank", kHelp, run};

}  // namespace guanhu::cli
