// Loading and checking every pack of policies/: time and memory of what is kept compiled.
//
//   policy_bench [--packs FOLDER] [--times N]
//
// Times are processor time on one thread, the quickest of N (5). "kept": each pack once, with what it imports, as
// a server holds them; "alone": each pack by itself, as `guanhu policy check` reads it; "cases": the worked cases
// of all packs. Memory is what the heap holds more when all packs are kept. Ends with 1 when a pack has problems
// or a case comes out otherwise.
#include <malloc.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/files.h"
#include "policy/decide.h"
#include "policy/load.h"

namespace {

using namespace guanhu;
namespace fs = std::filesystem;

double processor() {  // double: a stop-watch
  timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) / 1e9;  // double: a stop-watch
}

double quickest(int times, const std::function<void()>& work) {  // double: seconds
  double best = 1e9;                                             // double: seconds
  for (int i = 0; i < times; ++i) {
    double began = processor();  // double: seconds
    work();
    best = std::min(best, processor() - began);
  }
  return best;
}

size_t heap() {
  const auto info = mallinfo2();
  return info.uordblks + info.hblkhd;
}

struct Kept {
  std::unique_ptr<policy::Shelf> shelf;
  std::vector<std::shared_ptr<const policy::Pack>> packs;
};

Kept keep(const fs::path& policies, const std::vector<std::string>& names) {
  Kept out{std::make_unique<policy::Shelf>(policies), {}};
  for (const std::string& name : names) {
    auto pack = out.shelf->open(name);
    if (!pack.ok()) {
      std::fprintf(stderr, "policy_bench: %s\n", pack.error().text().c_str());
      std::exit(1);
    }
    out.packs.push_back(*pack);
  }
  return out;
}

struct Size {
  size_t decisions = 0, functions = 0, tables = 0, rows = 0, figures = 0, cases = 0, bytes = 0;
};

Size size_of(const fs::path& policies, const Kept& kept) {
  Size out;
  for (const auto& pack : kept.packs) {
    out.decisions += pack->decisions.size(), out.functions += pack->functions.size();
    out.figures += pack->measures.size() + pack->indicators.size() + pack->scores.size();
    for (const auto& decision : pack->decisions)
      for (const auto& step : decision.body.steps)
        if (step.table) ++out.tables, out.rows += step.table->rows.size();
    for (const auto& table : pack->cases) out.cases += table.cases.size();
    for (const auto& entry : fs::recursive_directory_iterator(policies / pack->id))
      if (entry.is_regular_file()) out.bytes += entry.file_size();
  }
  return out;
}

}  // namespace

int main(int count, char** words) {
  fs::path policies = fs::path(GUANHU_SOURCE_DIR) / "policies";
  int times = 5;
  for (int i = 1; i + 1 < count; i += 2) {
    if (std::strcmp(words[i], "--packs") == 0) policies = words[i + 1];
    if (std::strcmp(words[i], "--times") == 0) times = std::max(1, std::atoi(words[i + 1]));
  }
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(policies))
    if (fs::exists(entry.path() / "pack.toml")) names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());

  const size_t before = heap();
  Kept kept = keep(policies, names);
  const size_t held = heap() - before;
  const Size size = size_of(policies, kept);
  std::printf(
      "%zu packs, %zu KB of text: %zu decisions, %zu tables with %zu rows, %zu functions, %zu figures, %zu "
      "cases\n",
      names.size(), size.bytes / 1024, size.decisions, size.tables, size.rows, size.functions, size.figures,
      size.cases);
  std::printf("memory of all packs compiled   %8.1f MB\n", static_cast<double>(held) / 1e6);  // double: print
  auto line = [&](const char* what, double seconds, size_t things, const char* unit) {        // double: seconds
    std::printf("%-30s %8.3f s, %.0f us a %s\n", what, seconds,
                seconds * 1e6 / static_cast<double>(std::max<size_t>(things, 1)), unit);  // double: print
  };
  line("loaded and checked, kept", quickest(times, [&] { keep(policies, names); }), size.decisions, "decision");
  line("each pack alone",
       quickest(times,
                [&] {
                  for (const std::string& name : names) (void)policy::load_pack(policies / name);
                }),
       size.decisions, "decision");
  size_t wrong = 0;
  const base::Date day = *base::Date::parse("2026-01-01");
  line("the cases of all packs",
       quickest(times,
                [&] {
                  for (const auto& pack : kept.packs) wrong += policy::failing_cases(*pack, day).size();
                }),
       size.cases, "case");
  if (wrong) std::printf("%zu cases come out otherwise\n", wrong);
  return wrong ? 1 : 0;
}
