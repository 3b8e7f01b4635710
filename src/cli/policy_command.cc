// guanhu policy check: reads packs and says what is wrong with them.
#include <algorithm>
#include <filesystem>
#include <ostream>

#include "base/json.h"
#include "cli/command.h"
#include "cli/options.h"
#include "cli/places.h"
#include "policy/decide.h"
#include "policy/edition.h"
#include "policy/load.h"

namespace guanhu::cli {

namespace {

namespace fs = std::filesystem;

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

size_t cases_of(const policy::Pack& pack) {
  size_t out = 0;
  for (const auto& table : pack.cases) out += table.cases.size();
  return out;
}

void print_sound(const fs::path& path, const policy::Pack& pack, std::ostream& out) {
  size_t unconfirmed = static_cast<size_t>(
      std::count_if(pack.parameters.begin(), pack.parameters.end(), [](const auto& p) { return p.to_confirm; }));
  out << path.string() << ": " << pack.title << " " << pack.version << "，没有问题\n  原始指标 "
      << pack.measures.size() << "、计算指标 " << pack.indicators.size() << "、计分指标 " << pack.scores.size()
      << "、同业比较值 " << pack.peers.size() << "、参数 " << pack.parameters.size() << "、考核方案 "
      << pack.schemes.size() << "\n  决策 " << pack.decisions.size() << "、函数 " << pack.functions.size()
      << "、案例 " << cases_of(pack) << "\n";
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

// A pack that was checked before under the same name, and holds on the same days.
void find_overlaps(const fs::path& path, policy::Loaded& loaded, std::vector<policy::Edition>& seen) {
  const policy::Pack& pack = loaded.pack;
  if (pack.id.empty()) return;
  policy::Edition own{pack.id, pack.hash, path.string() + "(" + pack.version + ")", pack.from, pack.to};
  for (const policy::Edition& other : seen)
    if (auto error = policy::overlap(other, own)) {
      error->where = pack.id + "/pack.toml:1:1";
      loaded.problems.errors.push_back(*error);
    }
  seen.push_back(std::move(own));
}

// The packs the arguments stand for.
base::Result<std::vector<fs::path>> packs_of(const Options& options) {
  if (options.rest().empty())
    return base::Error{"cli.missing", "no PATH is given", "", "for example policies/sample"};
  std::vector<fs::path> packs;
  for (const std::string& argument : options.rest()) {
    auto found = packs_at(argument);
    if (!found.ok()) return found.error();
    packs.insert(packs.end(), found->begin(), found->end());
  }
  return packs;
}

int check(const std::vector<std::string>& arguments, Io& io) {
  auto wrong = [&](const base::Error& error) {
    io.err << "guanhu policy check: " << error.text() << "\n";
    return kWrong;
  };
  auto options = Options::parse(arguments, {}, {"json"});
  if (!options.ok()) return wrong(options.error());
  auto packs = packs_of(*options);
  if (!packs.ok()) return wrong(packs.error());
  size_t errors = 0;
  base::JsonArray report;
  std::vector<policy::Edition> seen;
  for (const fs::path& path : *packs) {
    policy::Loaded loaded = policy::load_pack(path);
    if (loaded.problems.errors.empty())
      loaded.problems.errors = policy::failing_cases(loaded.pack, local_day(io.clock));
    find_overlaps(path, loaded, seen);
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

int test(const std::vector<std::string>& arguments, Io& io) {
  auto wrong = [&](const base::Error& error) {
    io.err << "guanhu policy test: " << error.text() << "\n";
    return kWrong;
  };
  auto options = Options::parse(arguments, {}, {});
  if (!options.ok()) return wrong(options.error());
  auto packs = packs_of(*options);
  if (!packs.ok()) return wrong(packs.error());
  bool failed = false;
  for (const fs::path& path : *packs) {
    policy::Loaded loaded = policy::load_pack(path);
    if (!loaded.problems.errors.empty()) {
      io.out << loaded.problems.text(prefix_of(path)) << path.string() << ": 制度包有问题，案例没有跑\n";
      failed = true;
      continue;
    }
    policy::Problems wrong_cases;
    wrong_cases.errors = policy::failing_cases(loaded.pack, local_day(io.clock));
    io.out << wrong_cases.text(prefix_of(path)) << path.string() << ": " << cases_of(loaded.pack) << " 个案例，"
           << wrong_cases.errors.size() << " 个不对\n";
    for (const auto& decision : loaded.pack.decisions)
      if (std::none_of(loaded.pack.cases.begin(), loaded.pack.cases.end(),
                       [&](const auto& table) { return table.decision == decision.id; }))
        io.out << "  没有案例：" << decision.id << " " << decision.title << "\n";
    failed = failed || !wrong_cases.errors.empty();
  }
  return failed ? kNo : kDone;
}

}  // namespace

const Command kPolicyTestCommand = {
    "policy test", "runs the worked cases of policy packs",
    "usage: guanhu policy test PATH...\n\n"
    "Runs every `case` block of the packs and says which come out otherwise than written, with the place.\n"
    "PATH is a pack (a folder with pack.toml), a folder of packs, or a file of a pack.\n"
    "Exit status 0: every case comes out right; 1: some do not, or a pack has problems; 2: PATH is no pack.\n\n"
    "example: guanhu policy test policies/sample\n",
    test};

const Command kPolicyCheckCommand = {
    "policy check", "checks policy packs",
    "usage: guanhu policy check PATH... [--json]\n\n"
    "Checks policy packs and runs their worked cases. PATH is a pack (a folder with pack.toml), a folder of "
    "packs, or a file of a pack.\n"
    "Prints every problem as file:line:column, the line with a caret, and how to mend it.\n"
    "Exit status 0: all packs are sound; 1: problems were found; 2: PATH is no pack.\n\n"
    "  --json   one document: "
    "{\"packs\":[{\"pack\",\"path\",\"version\",\"hash\",\"errors\":[{\"code\",\"message\","
    "\"where\",\"hint\"}]}]}\n\n"
    "example: guanhu policy check policies/sample\n",
    check};

}  // namespace guanhu::cli
