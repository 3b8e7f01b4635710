// guanhu policy export, import, diff: packs and other tools, packs and their older versions.
#include <filesystem>
#include <istream>
#include <ostream>

#include "base/files.h"
#include "base/json.h"
#include "cli/command.h"
#include "cli/options.h"
#include "cli/places.h"
#include "dmn/write.h"
#include "policy/diff.h"
#include "policy/dmn_export.h"
#include "policy/dmn_import.h"
#include "policy/load.h"

namespace guanhu::cli {
namespace {

namespace fs = std::filesystem;

// "-o X" is written out: Options knows long names only.
std::vector<std::string> long_names(std::vector<std::string> arguments) {
  for (std::string& argument : arguments)
    if (argument == "-o") argument = "--out";
  return arguments;
}

// A pack's folder: a path to it, or its name below the folder of packs.
base::Result<fs::path> pack_folder(const std::string& text, const Options& options) {
  std::error_code ignored;
  if (fs::exists(fs::path(text) / "pack.toml", ignored)) return fs::path(text);
  auto policies = policies_folder(options.get("policies"));
  if (!policies.ok()) return policies.error();
  if (fs::exists(*policies / text / "pack.toml", ignored)) return *policies / text;
  return base::Error{"cli.path", "there is no pack '" + text + "'", policies->string(),
                     "give a folder with pack.toml, or the name of one in --policies"};
}

base::Result<policy::Pack> sound_pack(const fs::path& folder) {
  policy::Loaded loaded = policy::load_pack(folder);
  if (loaded.problems.errors.empty()) return std::move(loaded.pack);
  base::Error first = loaded.problems.errors.front();
  first.hint = "guanhu policy check " + folder.string() + " shows all that is wrong with the pack";
  return first;
}

struct Asked {
  policy::Pack pack;
  policy::DmnChoice choice;
  dmn::Version version = dmn::Version::dmn15;
};

base::Result<Asked> read_export(const Options& options) {
  if (!options.has("dmn"))
    return base::Error{"cli.missing", "the form is not given", "", "guanhu policy export --dmn PACK"};
  if (options.rest().size() != 1)
    return base::Error{"cli.missing", "one PACK or PACK/DECISION is needed", "",
                       "guanhu policy export --dmn sample"};
  Asked out;
  std::string version = options.get("version").value_or("1.5");
  if (version != "1.3" && version != "1.5")
    return base::Error{"cli.version", "DMN " + version + " is not written", "--version", "1.3 or 1.5"};
  if (version == "1.3") out.version = dmn::Version::dmn13;
  if (auto on = options.get("on")) {
    out.choice.on = base::Date::parse(*on);
    if (!out.choice.on) return base::Error{"cli.date", "'" + *on + "' is no date", "--on", "write 2025-12-31"};
  }
  const std::string& name = options.rest()[0];
  auto folder = pack_folder(name, options);
  if (size_t slash = name.rfind('/'); !folder.ok() && slash != name.npos && slash > 0) {
    folder = pack_folder(name.substr(0, slash), options);
    out.choice.decisions = {name.substr(slash + 1)};
  }
  if (!folder.ok()) return folder.error();
  auto pack = sound_pack(*folder);
  if (!pack.ok()) return pack.error();
  out.pack = std::move(*pack);
  return out;
}

// One model for each decision, with all it requires.
base::Status write_folder(const Asked& asked, const fs::path& folder, Io& io) {
  std::vector<std::string> ids = asked.choice.decisions;
  if (ids.empty())
    for (const policy::Decision& decision : asked.pack.decisions) ids.push_back(decision.id);
  std::vector<std::pair<fs::path, std::string>> files;
  for (const std::string& id : ids) {
    policy::DmnChoice choice = asked.choice;
    choice.decisions = {id};
    auto document = policy::export_dmn(asked.pack, choice);
    if (!document.ok()) return document.error();
    std::string name = id;
    for (char& c : name)
      if (c == '/' || c == ':') c = '-';
    files.emplace_back(folder / (name + ".dmn"), dmn::write(*document, asked.version));
  }
  fs::create_directories(folder);
  for (const auto& [path, text] : files) {
    base::write_file_atomic(path, text);
    io.out << path.string() << "\n";
  }
  return {};
}

int run_export(const std::vector<std::string>& arguments, Io& io) {
  auto wrong = [&](const base::Error& error) {
    io.err << "guanhu policy export: " << error.text() << "\n";
    return kWrong;
  };
  auto options = Options::parse(long_names(arguments), {"policies", "out", "on", "version"}, {"dmn"});
  if (!options.ok()) return wrong(options.error());
  auto asked = read_export(*options);
  if (!asked.ok()) return wrong(asked.error());
  auto out = options->get("out");
  std::error_code ignored;
  if (out && (out->ends_with("/") || fs::is_directory(*out, ignored))) {
    if (auto done = write_folder(*asked, *out, io); !done.ok()) return wrong(done.error());
    return kDone;
  }
  auto document = policy::export_dmn(asked->pack, asked->choice);
  if (!document.ok()) return wrong(document.error());
  std::string text = dmn::write(*document, asked->version);
  if (!out) {
    io.out << text;
    return kDone;
  }
  if (fs::path above = fs::path(*out).parent_path(); !above.empty() && !fs::is_directory(above, ignored))
    return wrong({"cli.path", "there is no folder " + above.string(), "-o", "make it first"});
  base::write_file_atomic(*out, text);
  io.out << *out << "\n";
  return kDone;
}

base::Json errors_json(const std::vector<base::Error>& errors) {
  base::JsonArray out;
  for (const base::Error& error : errors)
    out.push_back(base::JsonObject{
        {"code", error.code}, {"message", error.message}, {"where", error.where}, {"hint", error.hint}});
  return out;
}

void report_import(const policy::DmnImport& import, bool json, bool written, Io& io) {
  if (json) {
    base::JsonArray changes, files;
    for (const std::string& words : import.words) changes.push_back(words);
    for (const auto& file : import.files) files.push_back(file.path.string());
    io.out << base::Json(base::JsonObject{{"changes", std::move(changes)},
                                          {"files", std::move(files)},
                                          {"written", written},
                                          {"errors", errors_json(import.errors)}})
                  .dump(2)
           << "\n";
    return;
  }
  for (const base::Error& error : import.errors) io.out << error.text() << "\n";
  for (const std::string& words : import.words) io.out << words << "\n";
  if (!import.errors.empty()) io.out << import.errors.size() << " 处收不进来，文档没有动\n";
  else if (import.files.empty()) io.out << "没有修改\n";
  for (const auto& file : import.files) io.out << (written ? "已写入 " : "会写入 ") << file.path.string() << "\n";
}

int run_import(const std::vector<std::string>& arguments, Io& io) {
  auto wrong = [&](const base::Error& error) {
    io.err << "guanhu policy import: " << error.text() << "\n";
    return kWrong;
  };
  auto options = Options::parse(arguments, {"policies", "dmn"}, {"json", "dry-run"});
  if (!options.ok()) return wrong(options.error());
  auto model = options->need("dmn");
  if (!model.ok()) return wrong(model.error());
  if (options->rest().size() != 1)
    return wrong({"cli.missing", "one PACK is needed", "", "guanhu policy import --dmn sample.dmn sample"});
  auto folder = pack_folder(options->rest()[0], *options);
  if (!folder.ok()) return wrong(folder.error());
  auto text = base::read_file(*model);
  if (!text.ok()) return wrong(text.error());
  policy::DmnImport import = policy::import_dmn(*folder, *model, *text);
  bool writes = import.errors.empty() && !options->has("dry-run");
  if (writes)
    for (const auto& file : import.files) {
      auto now = base::read_file(file.path);
      if (!now.ok() || *now != file.before)
        return wrong(
            {"policy.dmn.busy", "the document was changed meanwhile", file.path.string(), "import again"});
      base::write_file_atomic(file.path, file.after);
    }
  report_import(import, options->has("json"), writes, io);
  return import.errors.empty() ? kDone : kNo;
}

int run_diff(const std::vector<std::string>& arguments, Io& io) {
  auto wrong = [&](const base::Error& error) {
    io.err << "guanhu policy diff: " << error.text() << "\n";
    return kWrong;
  };
  auto options = Options::parse(arguments, {"policies"}, {"json", "table"});
  if (!options.ok()) return wrong(options.error());
  if (options->rest().size() != 2)
    return wrong({"cli.missing", "two packs are needed", "", "guanhu policy diff OLD NEW"});
  std::vector<policy::Pack> packs;
  for (const std::string& name : options->rest()) {
    auto folder = pack_folder(name, *options);
    if (!folder.ok()) return wrong(folder.error());
    auto pack = sound_pack(*folder);
    if (!pack.ok()) return wrong(pack.error());
    packs.push_back(std::move(*pack));
  }
  policy::PackDiff diff = policy::diff(packs[0], packs[1]);
  if (options->has("json")) io.out << diff.json().dump(2) << "\n";
  else io.out << (options->has("table") ? diff.table() : diff.words());
  return diff.changes.empty() ? kDone : kNo;
}

}  // namespace

const Command kPolicyDiffCommand = {
    "policy diff", "says what is different between two versions of a pack",
    "usage: guanhu policy diff OLD NEW [--table] [--json]\n\n"
    "OLD and NEW are packs (folders with pack.toml, or names in --policies DIR). Says in words what is "
    "different:\n"
    "parameters with their days, decisions, tables cell by cell, formulas, figures, cases, articles. Layout and\n"
    "comments are no difference. Exit status 0: none, 1: some.\n\n"
    "  --table  as a Markdown table\n"
    "  --json   one document: "
    "{\"before\",\"after\":{\"id\",\"title\",\"version\",\"hash\"},\"changes\":[{\"kind\",\n"
    "           \"element\",\"name\",\"part\",\"before\",\"after\",\"article\",\"where\",\"words\"}]}\n",
    run_diff};

const Command kPolicyExportCommand = {
    "policy export", "writes a pack's decisions as a DMN model",
    "usage: guanhu policy export --dmn PACK[/DECISION] [--policies DIR] [--on DATE] [--version 1.3|1.5]\n"
    "                            [-o FILE|DIR]\n\n"
    "Writes the decisions of a pack (or one, with all it requires) as a decision model that any DMN tool opens:\n"
    "tables, formulas and steps as they stand, functions as business knowledge models, articles as knowledge\n"
    "sources, types with units, and a diagram. PACK is a pack's name or folder.\n\n"
    "  -o FILE        one model; without -o it goes to standard output\n"
    "  -o DIR/        a model for each decision, DIR/DECISION.dmn\n"
    "  --on DATE      the parameters of that day; otherwise their newest values\n"
    "  --version 1.3  for tools that do not read 1.5 yet (bpmn.io, Camunda)\n\n"
    "example: guanhu policy export --dmn sample -o sample.dmn\n",
    run_export};

const Command kPolicyImportCommand = {
    "policy import", "takes over tables edited in a DMN tool",
    "usage: guanhu policy import --dmn FILE PACK [--policies DIR] [--dry-run] [--json]\n\n"
    "Takes over what was edited in a model that `guanhu policy export` wrote: cells, rows, hit policies and\n"
    "annotations of decision tables. The tables are written into the pack's documents, everything else stays "
    "byte\n"
    "for byte. Anything else that was changed is refused with its place, and so is what would not pass\n"
    "`guanhu policy check`; then nothing is written. Exit status 1: refused.\n\n"
    "  --dry-run  says what would be written\n"
    "  --json     one document: "
    "{\"changes\":[TEXT],\"files\":[PATH],\"written\",\"errors\":[{\"code\",\"message\",\n"
    "             \"where\",\"hint\"}]}\n\n"
    "example: guanhu policy import --dmn sample.dmn sample\n",
    run_import};

}  // namespace guanhu::cli
