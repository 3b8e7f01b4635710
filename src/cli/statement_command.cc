// guanhu statement: the pages of a sealed run, one a person.
#include <filesystem>
#include <ostream>

#include "api/services.h"
#include "appraisal/statement.h"
#include "base/files.h"
#include "cli/command.h"
#include "cli/options.h"
#include "cli/places.h"
#include "cli/prepare.h"
#include "cli/wiring.h"

namespace guanhu::cli {

namespace {

namespace fs = std::filesystem;
using base::Error;
using base::JsonObject;

// A staff number as a file's name: what a file system might not take becomes "_".
std::string file_name(const std::string& holder) {
  std::string out;
  for (char c : holder) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
    out += plain || static_cast<unsigned char>(c) >= 0x80 ? c : '_';
  }
  return out + ".html";
}

base::Result<std::vector<std::string>> holders_of(store::Session& session, int64_t run,
                                                  const std::optional<std::string>& one) {
  if (one) return std::vector<std::string>{*one};
  std::vector<std::string> out;
  for (const auto& row :
       session.query("SELECT holder_id FROM run_holders WHERE run_id = ? ORDER BY holder_id", {run}))
    out.push_back(row.text(0));
  return out;
}

base::Result<size_t> write_all(feed::Bank& bank, const Options& options, int64_t run, const fs::path& folder,
                               Io& io) {
  auto policies = policies_folder(options.get("policies"));
  appraisal::Desk desk{bank, policies ? *policies : fs::path()};
  auto book = appraisal::open_statements(desk, run);
  if (!book) return book.error();
  auto holders = holders_of(bank.store(), run, options.get("holder"));
  std::vector<std::pair<fs::path, std::string>> pages;
  for (const auto& holder : *holders) {
    auto sheet = appraisal::statement_sheet(bank.store(), *book, holder);
    if (!sheet) return sheet.error();
    pages.emplace_back(folder / file_name(holder), appraisal::statement_html(*book, *sheet));
  }
  std::error_code error;
  fs::create_directories(folder, error);
  if (error)
    return Error{"statement.folder", "the folder cannot be made: " + error.message(), folder.string(), ""};
  bank.store().transaction([&] {
    api::record(bank.store(), actor_of(io), "export.statement", "run " + std::to_string(run),
                JsonObject{{"statements", pages.size()},
                           {"holder", options.get("holder") ? base::Json(*options.get("holder")) : base::Json()}},
                io.clock);
  });
  for (const auto& [path, page] : pages) base::write_file_atomic(path, page, 0600);
  return pages.size();
}

int run(const std::vector<std::string>& arguments, Io& io) {
  auto options = Options::parse(arguments, {"data", "run", "holder", "out", "policies"}, {});
  if (!options) return refuse(io, "statement", options.error());
  if (!options->rest().empty())
    return refuse(io, "statement",
                  {"cli.extra", "'" + options->rest()[0] + "' is one word too many", "", "see --help"});
  for (const char* name : {"data", "run", "out"})
    if (auto given = options->need(name); !given) return refuse(io, "statement", given.error());
  auto number = options->number("run", 0);
  if (!number) return refuse(io, "statement", number.error());
  auto bank = open_bank(*options->get("data"), io);
  if (!bank) return refuse(io, "statement", bank.error());
  const fs::path folder = path_of(io, *options->get("out"));
  auto written = write_all(*bank, *options, *number, folder, io);
  if (!written) return refuse(io, "statement", written.error());
  io.out << *written << (*written == 1 ? " statement" : " statements") << " in " << folder.string() << "\n";
  return kDone;
}

}  // namespace

const Command kStatementCommand = {
    "statement", "the statements of a sealed run, one page a person",
    R"(usage: guanhu statement --data DIR --run ID [--holder ID] --out DIR [--policies DIR]

Writes one HTML file for each person of a sealed run: scores, total, grade, formulas and articles, what changed since
the last sealed period, and the receipt that proves it is part of the seal (guanhu audit verify --receipt). The files
open without a network and print on A4; only their owner may read them. The export is recorded.

  --data DIR      the bank's data folder
  --run ID        the sealed run
  --holder ID     only this one
  --out DIR       where to write; made when it is not there
  --policies DIR  the folder of packs (else $GUANHU_POLICIES, ./policies, beside the program)

Exit status: 0 done; 2 wrong use or input.
)",
    run};

}  // namespace guanhu::cli
