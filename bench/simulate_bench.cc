// A simulation against making the whole result anew, in one run over one bank: 5,000 managers, 100 indicators.
//
//   simulate_bench [--managers N] [--accounts N] [--indicators N] [--rounds N]
//
// Each round changes one formula or parameter in the text of the pack: the pack is written, read, checked and
// compiled, what follows from the change is evaluated, totals and ranks are compared with the result before. The
// peer is the ordinary path of a run (read, compile, evaluate all, rank); every total must be the same. Ends with
// 1 when one is not, or when an answer takes a second.
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <iostream>

#include "appraisal/simulate_margins.h"
#include "appraisal/simulate_pack.h"
#include "appraisal/step_cache.h"
#include "appraisal_bank.h"
#include "measures/engine.h"

namespace {

using namespace guanhu;
namespace fs = std::filesystem;
using Files = std::vector<std::pair<std::string, std::string>>;

double now() {  // double: a stop-watch
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

struct Size {
  int managers = 5'000, accounts = 200'000, indicators = 100, rounds = 5;
};

// Measures of a fifth of the indicators; each further one reads a measure, one before it, a parameter and (every
// fifth) the average of the peers; every tenth is scored.
std::string pack_text(int indicators) {
  const char* facts[][3] = {{"存款余额", "日均", ""}, {"存款余额", "期末", ""}, {"存款余额", "净增", ""},
                            {"贷款余额", "期末", ""}, {"贷款余额", "日均", ""}, {"还款", "合计", "利息"},
                            {"还款", "合计", "本金"}};
  std::string out = "# 考核\n来源: 示例.txt 示例办法 · 施行: 2000-01-01\n\n## 第一条 指标\n\n各项指标。\n\n";
  auto block = [&](const std::string& kind, const std::string& name, const std::string& body) {
    out += "```" + kind + " " + name + "\n" + body + "rules = [\"KPI-313\"]\n```\n\n";
  };
  const int measures = indicators / 5;
  for (int i = 0; i < measures; ++i) {
    const auto& fact = facts[static_cast<size_t>(i) % std::size(facts)];
    block("measure", "量" + std::to_string(i),
          std::string("fact = \"") + fact[0] + "\"\naggregate = \"" + fact[1] + "\"\n" +
              (*fact[2] ? std::string("column = \"") + fact[2] + "\"\n" : "") + "unit = \"元\"\n");
    if (i % 5 == 0)
      block("peer", "均" + std::to_string(i),
            "of = \"量" + std::to_string(i) + "\"\nhow = \"平均\"\nunit = \"元\"\n");
  }
  out += "```parameter\n";
  for (int i = 0; i < 9; ++i)
    out += "[\"参" + std::to_string(i) + "\"]\nvalue = " + std::to_string(1 + i) + "\nunit = \"元\"\n\n";
  out += "```\n\n";
  std::string items;
  int scores = 0;
  for (int i = 0; i < indicators - measures; ++i) {
    const std::string measure = "量" + std::to_string(i % measures),
                      mean = "均" + std::to_string(i % measures / 5 * 5);
    const std::string parameter = "参" + std::to_string(i % 10);
    if (i % 10 == 9) {
      const std::string name = "分" + std::to_string(scores++);
      block("score", name,
            "full = 10\ninputs = [\"指" + std::to_string(i - 1) + "\", \"" + measure + "\", \"" + mean +
                "\"]\nformula = \"if " + mean + " = 0 then 0 else max(0, min(满分, 满分 * (" + measure + " + 指" +
                std::to_string(i - 1) + " / 1000 * 1) / " + mean + "))\"\n");
      items += "[[items]]\nscore = \"" + name + "\"\nweight = 1\n\n";
    } else {
      const bool first = i % 10 == 0;
      block("indicator", "指" + std::to_string(i),
            "unit = \"元\"\ninputs = [" + (first ? "" : "\"指" + std::to_string(i - 1) + "\", ") + "\"" + measure +
                "\"]\nformula = \"max(0 元, " + measure + " * 0.5 + " +
                (first ? parameter : "指" + std::to_string(i - 1) + " * 0.1 + " + parameter) + ")\"\n");
    }
  }
  out +=
      "```scheme 考核\ntitle = \"考核\"\nholders = \"manager\"\nperiods = [\"year\"]\nfigures = [\"量0\"]\n"
      "full_total = 100\nmissing = \"rescale\"\nrank = [\"bank\"]\nrules = [\"KPI-313\"]\n\n" +
      items + "[[grades]]\ngrade = \"甲\"\nat_least = 60\n\n[[grades]]\ngrade = \"乙\"\nat_least = 0\n```\n";
  return out;
}

struct Bench {
  measures::Engine& engine;
  people::Directory directory;
  base::Period period = *base::Period::parse("2025");
  fs::path room;

  appraisal::Evaluation evaluate(const policy::Pack& pack, appraisal::StepCache* cache) const {
    auto scheme = policy::compile_scheme(pack, "考核", period.last());
    if (!scheme) throw base::Broken(scheme.error().text());
    auto out = appraisal::evaluate(*scheme, period, engine, directory, std::nullopt, {}, nullptr, cache);
    if (!out) throw base::Broken(out.error().text());
    return std::move(*out);
  }
  appraisal::RunPack pack(const Files& files, const appraisal::PackChange& change) const {
    auto out = appraisal::changed_pack(room, "b", "考核", period.last(), files, change);
    if (!out) throw base::Broken(out.error().text());
    return std::move(*out);
  }
};

struct Times {
  double least = 1e9, most = 0;  // double: a stop-watch
  void take(double seconds) {    // double: a stop-watch
    least = std::min(least, seconds), most = std::max(most, seconds);
  }
};

bool same(const std::vector<appraisal::HolderResult>& a, const std::vector<appraisal::HolderResult>& b) {
  for (size_t h = 0; h < a.size(); ++h)
    if (a[h].total.has_value() != b[h].total.has_value() || (a[h].total && *a[h].total != *b[h].total) ||
        a[h].grade != b[h].grade || a[h].in_bank.place != b[h].in_bank.place)
      return false;
  return a.size() == b.size();
}

// One change asked in rounds, each with another value, so that nothing is there from the round before.
int measure(const Bench& bench, const Files& files, appraisal::StepCache& cache, const char* what, int rounds,
            const std::function<appraisal::PackChange(int)>& change) {
  Times ours, whole;
  size_t made = 0, steps = 0;
  for (int round = 0; round < rounds; ++round) {
    cache.reset();
    double start = now();  // double: a stop-watch
    auto pack = bench.pack(files, change(round));
    auto e = bench.evaluate(*pack.pack, &cache);
    auto results = appraisal::results_of(e, bench.directory);
    ours.take(now() - start);
    made = cache.made(), steps = e.steps.size();
    start = now();
    auto again = bench.pack(files, change(round));
    auto all = bench.evaluate(*again.pack, nullptr);
    auto peer = appraisal::results_of(all, bench.directory);
    whole.take(now() - start);
    if (!same(results, peer)) return std::printf("%s: NOT THE SAME\n", what), 1;
  }
  std::printf("%-28s %4zu of %zu steps  %7.1f to %7.1f ms   all anew %7.1f to %7.1f ms   1/%.1f\n", what, made,
              steps, ours.least * 1e3, ours.most * 1e3, whole.least * 1e3, whole.most * 1e3,
              whole.least / ours.least);
  return ours.most < 1 ? 0 : 1;
}

int run(const Size& size, const fs::path& dir) {
  auto db = warehouse::open_duckdb({.file = dir / "warehouse.duckdb", .memory_mb = 2'000});
  bench::make_bank(*db, {size.accounts, 12, size.managers, size.accounts / 10});
  auto engine = measures::Engine::open(*db, {.columns = dir / "columns", .known_at = {}, .teams = {}});
  if (!engine) throw base::Broken(engine.error().text());
  Bench bench{**engine, people::Directory::load(*db, *base::Date::parse("2025-12-31"), std::nullopt),
              *base::Period::parse("2025"), dir / "room"};
  const Files files = {{"b/pack.toml",
                        "id = \"b\"\ntitle = \"示例\"\nversion = \"1\"\nfrom = 2000-01-01\n[[sources]]\n"
                        "document = \"示例.txt\"\ntitle = \"示例\"\n"},
                       {"b/考核.md", pack_text(size.indicators)}};
  appraisal::StepCache cache;
  double start = now();  // double: a stop-watch
  auto base = bench.pack(files, {});
  auto before = bench.evaluate(*base.pack, &cache);
  std::printf("%zu managers, %d indicators (%zu steps), %d accounts; the base once: %.0f ms\n",
              before.holders.size(), size.indicators, before.steps.size(), size.accounts, (now() - start) * 1e3);
  auto number = [](int round) { return std::to_string(round + 2); };
  int wrong = measure(bench, files, cache, "a score's formula", size.rounds, [&](int round) {
    appraisal::PackChange out;
    out.formulas = {{"分0", "if 均5 = 0 then 0 else max(0, min(满分, 满分 * (量9 + 指8 / 1000 * " + number(round) +
                                ") / 均5))"}};
    return out;
  });
  wrong |= measure(bench, files, cache, "an indicator others rest on", size.rounds, [&](int round) {
    appraisal::PackChange out;
    out.formulas = {{"指0", "max(0 元, 量0 * 0." + number(round) + " + 参0)"}};
    return out;
  });
  wrong |= measure(bench, files, cache, "a parameter", size.rounds, [&](int round) {
    appraisal::PackChange out;
    out.parameters = {{"参3", base::Json(round + 100)}};
    return out;
  });
  wrong |= measure(bench, files, cache, "a weight", size.rounds, [&](int round) {
    appraisal::PackChange out;
    out.weights = {{"分1", base::Decimal(round + 2)}};
    return out;
  });
  start = now();
  auto lever = appraisal::lever_of(before, "deposit");
  if (!lever) throw base::Broken(lever.error().text());
  auto margins = appraisal::margins(before, bench.directory, *lever, 1);
  if (!margins) throw base::Broken(margins.error().text());
  std::printf("one more yuan of deposits, and one less, for each of %zu: %.0f ms\n", margins->size(),
              (now() - start) * 1e3);
  start = now();
  auto cliffs = appraisal::cliffs(before, bench.directory, &*lever, 100'000'000);
  if (!cliffs) throw base::Broken(cliffs.error().text());
  std::printf("the least that reaches the next grade, to the yuan, for each: %.0f ms\n", (now() - start) * 1e3);
  return wrong;
}

}  // namespace

int main(int argc, char** argv) {
  Size size;
  for (int i = 1; i < argc; ++i) {
    auto number = [&](const char* name, int& to) {
      if (std::strcmp(argv[i], name) != 0 || i + 1 >= argc) return false;
      to = std::atoi(argv[++i]);
      return true;
    };
    if (number("--managers", size.managers) || number("--accounts", size.accounts) ||
        number("--indicators", size.indicators) || number("--rounds", size.rounds))
      continue;
    return std::fprintf(stderr,
                        "usage: simulate_bench [--managers N] [--accounts N] [--indicators N] [--rounds N]\n"),
           2;
  }
  const fs::path dir = fs::temp_directory_path() / "guanhu_simulate_bench";
  fs::remove_all(dir);
  fs::create_directories(dir);
  int code = 2;
  try {
    code = run(size, dir);
  } catch (const base::Broken& broken) {
    std::fprintf(stderr, "%s\n", broken.what());
  }
  fs::remove_all(dir);
  return code;
}
