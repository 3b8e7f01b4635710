// guanhu policy check: reads packs and says what is wrong with them.
#include <algorithm>
#include <filesystem>
#include <ostream>

#include "base/json.h"
#include "cli/command.h"
#include "cli/options.h"
#include "policy/load.h"

namespace guanhu::cli {

namespace {

namespace fs = std::filesystem;

// The packs a path stands for: itself, the packs directly below it, or the pack a file belongs to.
base::Result<std::vector<fs::path>> packs_at(const std::string& argument) {
  std::error_code ignored;
  fs::path path(argument);
  if (!fs::exists(path, ignored))
    return base::Error{"cli.path", "there is no file or folder '" + argument + "'", "", ""};
  if (!fs::is_directory(path, ignored)) {
    for (fs::path folder = fs::absolute(path).parent_path(); folder.has_relative_path();
         folder = folder.parent_path())
      if (fs::exists(folder / "pack.toml", ignored)) return std::vector<fs::path>{folder};
    return base::Error{"cli.path", "'" + argument + "' does not belong to a pack", "",
                       "a pack is a folder with pack.toml"};
  }
  if (fs::exists(path / "pack.toml", ignored)) return std::vector<fs::path>{path};
  std::vector<fs::path> out;
  for (fs::directory_iterator at(path, ignored), end; !ignored && at != end; at.increment(ignored))
    if (fs::exists(at->path() / "pack.toml", ignored)) out.push_back(at->path());
  std::sort(out.begin(), out.end());
  if (out.empty())
    return base::Error{"cli.path", "there is no pack in '" + argument + "'", "",
                       "a pack is a folder with pack.toml"};
  return out;
}

// What must stand before the paths in messages ("policies/sample/…") so that they can be opened from
// the working folder.
std::string prefix_of(const fs::path& pack) {
  fs::path folder = fs::absolute(pack).lexically_normal();
  if (!folder.has_filename()) folder = folder.parent_path();
  fs::path above = folder.parent_path().parent_path();
  fs::path relative = above.lexically_relative(fs::current_path());
  if (relative == ".") return "";
  bool climbs = relative.empty() || *relative.begin() == "..";
  return ((climbs ? above : relative) / "").string();
}

base::Json json_of(const fs::path& path, const policy::Loaded& loaded) {
  base::JsonArray errors;
  for (const base::Error& error : loaded.problems.errors)
    errors.push_back(base::JsonObject{
        {"code", error.code}, {"message", error.message}, {"where", error.where}, {"hint", error.hint}});
  return base::JsonObject{{"pack", loaded.pack.id},
                          {"path", path.string()},
                          {"version", loaded.pack.version},
                          {"hash", loaded.pack.hash},
                          {"errors", std::move(errors)}};
}

void print_sound(const fs::path& path, const policy::Pack& pack, std::ostream& out) {
  size_t unconfirmed = static_cast<size_t>(
      std::count_if(pack.parameters.begin(), pack.parameters.end(), [](const auto& p) { return p.to_confirm; }));
  out << path.string() << ": " << pack.title << " " << pack.version << "，没有问题\n  原始指标 "
      << pack.measures.size() << "、计算指标 " << pack.indicators.size() << "、计分指标 " << pack.scores.size()
      << "、同业比较值 " << pack.peers.size() << "、参数 " << pack.parameters.size() << "、考核方案 "
      << pack.schemes.size() << "\n";
  if (unconfirmed) {
    out << "  待本行确认的参数：";
    bool first = true;
    for (const auto& parameter : pack.parameters) {
      if (!parameter.to_confirm) continue;
      out << (first ? "" : "、") << parameter.name;
      first = false;
    }
    out << "\n";
  }
  out << "  指纹 " << pack.hash << "\n";
}

int check(const std::vector<std::string>& arguments, Io& io) {
  auto wrong = [&](const base::Error& error) {
    io.err << "guanhu policy check: " << error.text() << "\n";
    return kWrong;
  };
  auto options = Options::parse(arguments, {}, {"json"});
  if (!options.ok()) return wrong(options.error());
  if (options->rest().empty())
    return wrong({"cli.missing", "no PATH is given", "", "guanhu policy check policies/sample"});
  std::vector<fs::path> packs;
  for (const std::string& argument : options->rest()) {
    auto found = packs_at(argument);
    if (!found.ok()) return wrong(found.error());
    packs.insert(packs.end(), found->begin(), found->end());
  }
  size_t errors = 0;
  base::JsonArray report;
  for (const fs::path& path : packs) {
    policy::Loaded loaded = policy::load_pack(path);
    errors += loaded.problems.errors.size();
    if (options->has("json")) report.push_back(json_of(path, loaded));
    else if (loaded.problems.errors.empty()) print_sound(path, loaded.pack, io.out);
    else
      io.out << loaded.problems.text(prefix_of(path)) << path.string() << ": " << loaded.problems.errors.size()
             << " 处问题\n";
  }
  if (options->has("json")) io.out << base::Json(base::JsonObject{{"packs", std::move(report)}}).dump(2) << "\n";
  return errors ? kNo : kDone;
}

}  // namespace

const Command kPolicyCheckCommand = {
    "policy check", "checks policy packs",
    "usage: guanhu policy check PATH... [--json]\n\n"
    "Checks policy packs. PATH is a pack (a folder with pack.toml), a folder of packs, or a file of a pack.\n"
    "Prints every problem as file:line:column, the line with a caret, and how to mend it.\n"
    "Exit status 0: all packs are sound; 1: problems were found; 2: PATH is no pack.\n\n"
    "  --json   one document: "
    "{\"packs\":[{\"pack\",\"path\",\"version\",\"hash\",\"errors\":[{\"code\",\"message\","
    "\"where\",\"hint\"}]}]}\n\n"
    "example: guanhu policy check policies/sample\n",
    check};

}  // namespace guanhu::cli
