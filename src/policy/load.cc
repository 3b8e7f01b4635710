#include "policy/load.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/digest.h"
#include "base/files.h"
#include "policy/detail/check_meaning.h"
#include "policy/detail/draft.h"
#include "policy/detail/text.h"
#include "policy/part.h"

namespace guanhu::policy {

namespace {

namespace fs = std::filesystem;
using namespace detail;

struct File {
  std::string relative;  // with "/"
  std::string content;
};

// Every file of the pack in order of its path. What begins with "." is the editor's or the version
// control's, not the pack's.
std::vector<File> files_of(const fs::path& folder, Draft& draft, Report& report) {
  std::vector<File> out;
  std::error_code failed;
  fs::recursive_directory_iterator walk(folder, failed), end;
  for (; !failed && walk != end; walk.increment(failed)) {
    const std::string name = walk->path().filename().string();
    if (name.starts_with(".")) {
      if (walk->is_directory()) walk.disable_recursion_pending();
      continue;
    }
    if (walk->is_directory()) continue;
    auto content = walk->is_regular_file() ? base::read_file(walk->path()) : base::Error{};  // no pipes
    if (content.ok())
      out.push_back({walk->path().lexically_relative(folder).generic_string(), std::move(content.value())});
    else
      report.add(Source::of(draft.sources.front()->path, ""), {1, 1, 1}, "policy.pack.read", "读不了文件 " + name,
                 "检查文件权限");
  }
  std::sort(out.begin(), out.end(), [](const File& a, const File& b) { return a.relative < b.relative; });
  return out;
}

// Path and content, each with its length before it: no two packs run together to the same bytes.
std::string hash_of(const std::vector<File>& files, const Draft& draft) {
  base::Sha256 digest;
  for (const File& file : files) {
    for (const std::string* part : {&file.relative, &file.content}) {
      digest.add(std::to_string(part->size()));
      digest.add(":");
      digest.add(*part);
    }
  }
  for (const auto& other : draft.pack.imports) digest.add("imports:" + other->hash);
  for (const auto& other : draft.extended) digest.add("extends:" + other->hash);
  return digest.hex();
}

bool is_document(const std::string& relative) {
  return relative.ends_with(".md") && fs::path(relative).filename() != "README.md";
}

void read_file_of_pack(const File& file, Draft& draft, Report& report) {
  const std::string shown =
      (draft.folder.parent_path().filename() / draft.folder.filename() / file.relative).generic_string();
  if (size_t bad = find_invalid_utf8(file.content); bad != std::string::npos) {
    int line =
        static_cast<int>(std::count(file.content.begin(), file.content.begin() + static_cast<long>(bad), '\n'));
    report.add(Source::of(shown, ""), {line + 1, 1, 1}, "policy.encoding", "文件不是 UTF-8 编码(可能存成了 GBK)",
               "用编辑器另存为 UTF-8");
    return;
  }
  draft.sources.push_back(std::make_unique<Source>(Source::of(shown, file.content)));
  draft.documents.push_back(read_document(*draft.sources.back(), report));
}

void order_values(Pack& pack) {
  for (Parameter& parameter : pack.parameters)
    std::stable_sort(parameter.values.begin(), parameter.values.end(),
                     [](const DatedValue& a, const DatedValue& b) { return a.from < b.from; });
}

std::optional<base::Error> find_pack(const fs::path& policies, const std::string& id) {
  std::error_code ignored;
  bool plain = !id.empty() && id.find('/') == id.npos && id.front() != '.';
  if (plain && fs::is_directory(policies / id, ignored)) return std::nullopt;
  std::vector<std::string> known;
  for (fs::directory_iterator at(policies, ignored), end; !ignored && at != end; at.increment(ignored))
    if (fs::exists(at->path() / "pack.toml")) known.push_back(at->path().filename().string());
  std::sort(known.begin(), known.end());
  // The whole list only where it can be read at a glance.
  constexpr size_t kListed = 6;
  const std::string near = detail::nearest(id, known);
  return base::Error{"policy.unknown", "没有制度包“" + id + "”", policies.string(),
                     known.empty()             ? "这个文件夹里没有制度包"
                     : !near.empty()           ? "是不是 " + near + "？"
                     : known.size() <= kListed ? "现有：" + detail::joined(known)
                                               : "现有 " + std::to_string(known.size()) + " 个，如 " + known[0] +
                                                     "，见 " + policies.string()};
}

// What a pack is made from and does not say itself: an element of the same name takes the other's place. Cases
// stay with the pack that wrote them: they speak of its parameters.
void inherit(Draft& draft) {
  Pack& pack = draft.pack;
  auto add = [](auto& own, const auto& others, auto&& key) {
    const size_t said = own.size();
    for (const auto& other : others) {
      bool there = std::any_of(own.begin(), own.begin() + static_cast<long>(said),
                               [&](const auto& one) { return key(one) == key(other); });
      if (!there) own.push_back(other);
    }
  };
  auto by_name = [](const auto& one) { return one.name; };
  // A figure takes the place of whatever formulas called by its name.
  std::set<std::string> names;
  auto keep_names = [&](const auto& figures) {
    for (const auto& one : figures) names.insert(one.name);
  };
  auto add_figures = [&](auto& own, const auto& others) {
    for (const auto& other : others)
      if (!names.contains(other.name)) own.push_back(other);
  };
  auto by_id = [](const auto& one) { return one.id; };
  for (const auto& other : draft.extended) {
    for (const Parameter& one : pack.parameters)
      if (one.decision.empty()) names.insert(one.name);
    keep_names(pack.measures), keep_names(pack.indicators), keep_names(pack.scores), keep_names(pack.peers);
    for (const Parameter& one : other->parameters) {
      const bool there =
          one.decision.empty()
              ? names.contains(one.name)
              : std::any_of(pack.parameters.begin(), pack.parameters.end(), [&](const Parameter& own) {
                  return own.decision == one.decision && own.name == one.name;
                });
      if (!there) pack.parameters.push_back(one);
    }
    add(pack.types, other->types, by_name);
    add(pack.functions, other->functions, by_name);
    add(pack.decisions, other->decisions, by_id);
    add_figures(pack.measures, other->measures);
    add_figures(pack.indicators, other->indicators);
    add_figures(pack.scores, other->scores);
    add_figures(pack.peers, other->peers);
    add(pack.schemes, other->schemes, by_name);
    add(pack.recorded, other->recorded, by_name);
    add(pack.lists, other->lists, by_name);
    add(pack.targets, other->targets, by_name);
    add(pack.checklists, other->checklists, by_id);
    add(pack.duties, other->duties, by_id);
    add(pack.notices, other->notices, by_id);
    add(pack.processes, other->processes, by_id);
    add(pack.forms, other->forms, by_id);
    add(pack.checks, other->checks, by_name);
  }
}

// Where pack.toml names another pack, or a document of it.
Place place_in_manifest(const Draft& draft, const std::string& key, const std::string& id) {
  const auto& lines = draft.sources.front()->lines;
  for (size_t line = 0; line < lines.size(); ++line)
    for (const std::string& written : {"\"" + id + "\"", "\"" + id + "/"})
      if (size_t found = lines[line].find(written); found != std::string::npos && lines[line].starts_with(key))
        return {static_cast<int>(line) + 1, static_cast<int>(length(lines[line].substr(0, found))) + 1,
                static_cast<int>(length(id)) + 2};
  return {1, 1, 1};
}

// Loads packs of one folder, each once.
class Loader {
 public:
  Loaded load(const fs::path& folder);
  std::shared_ptr<const Loaded> shared(const fs::path& folder);
  const std::vector<fs::path>& looked() const { return looked_; }

 private:
  void others(Draft& draft, Report& report);
  bool missing_document(const Draft& draft, const Extend& extend, Report& report);
  void look(const fs::path& folder) {
    if (std::find(looked_.begin(), looked_.end(), folder) == looked_.end()) looked_.push_back(folder);
  }
  std::shared_ptr<const Pack> beside(const Draft& draft, const std::string& id, const std::string& key,
                                     Report& report);
  std::map<fs::path, std::shared_ptr<const Loaded>> loaded_;
  std::vector<fs::path> loading_, looked_;
};

Loaded Loader::load(const fs::path& folder) {
  Draft draft;
  Report report;
  draft.folder = fs::absolute(folder).lexically_normal();
  if (!draft.folder.has_filename()) draft.folder = draft.folder.parent_path();  // "policies/sample/"
  loading_.push_back(draft.folder);
  look(draft.folder);
  if (read_manifest(draft, report)) {
    std::vector<File> files = files_of(draft.folder, draft, report);
    others(draft, report);
    draft.pack.hash = hash_of(files, draft);
    for (const File& file : files)
      if (is_document(file.relative)) read_file_of_pack(file, draft, report);
    read_types(draft, report);
    read_blocks(draft, report);
    inherit(draft);
    take_over(draft);
    settle_decisions(draft, report);
    settle_schemes(draft, report);
    read_cases(draft, report);
    check_names(draft, report);
    check_parameters(draft, report);
    check_citations(draft, report);
    check_formulas(draft, report);
    check_filters(draft, report);
    check_graph(draft, report);
    check_schemes(draft, report);
    check_targets(draft, report);
    check_work(draft, report);
    order_values(draft.pack);
    check_decisions(draft, report);
    check_all(draft, report);
    check_regulatory(draft, report);
  }
  loading_.pop_back();
  return {std::move(draft.pack), report.take(), {}};
}

std::shared_ptr<const Loaded> Loader::shared(const fs::path& folder) {
  auto& at = loaded_[folder];
  if (!at) at = std::make_shared<const Loaded>(load(folder));
  return at;
}

// Documents of another pack that pack.toml names and that are not there.
bool Loader::missing_document(const Draft& draft, const Extend& extend, Report& report) {
  bool missing = false;
  std::error_code ignored;
  for (const std::string& document : extend.documents) {
    const bool plain = is_document(document) && document.find("..") == document.npos;
    if (plain && fs::exists(draft.folder.parent_path() / extend.pack / document, ignored)) continue;
    report.add(*draft.sources.front(), place_in_manifest(draft, "extends", extend.pack + "/" + document),
               "policy.pack.extends", "制度包“" + extend.pack + "”里没有文件“" + document + "”",
               "写它文件夹里一个 .md 文件的名称；要整个包就只写 \"" + extend.pack + "\"");
    missing = true;
  }
  return missing;
}

// The pack beside this one; null and reported when it cannot be used.
std::shared_ptr<const Pack> Loader::beside(const Draft& draft, const std::string& id, const std::string& key,
                                           Report& report) {
  auto refuse = [&](const std::string& message, const std::string& hint) {
    report.add(*draft.sources.front(), place_in_manifest(draft, key, id), "policy.pack." + key, message, hint);
    return nullptr;
  };
  fs::path folder = draft.folder.parent_path() / id;
  if (id.find('/') == id.npos) look(folder);
  std::error_code ignored;
  if (id.find('/') != id.npos || !fs::exists(folder / "pack.toml", ignored))
    return refuse("没有制度包“" + id + "”", key + " 写旁边文件夹的名称，如 " + key + " = [\"common\"]");
  if (std::find(loading_.begin(), loading_.end(), folder) != loading_.end())
    return refuse("制度包“" + id + "”绕了一圈又用到它自己", "断开这个圈");
  auto other = shared(folder);
  if (!other->problems.errors.empty()) {
    const base::Error& first = other->problems.errors.front();
    refuse("制度包“" + id + "”有问题：" + first.message, "先改好它：" + first.where);
  }
  return std::shared_ptr<const Pack>(other, &other->pack);
}

// Packs whose elements this one may use, and packs that it is made from.
void Loader::others(Draft& draft, Report& report) {
  auto import = [&](std::shared_ptr<const Pack> pack) {
    auto& all = draft.pack.imports;
    bool there = std::any_of(all.begin(), all.end(), [&](const auto& one) { return one->id == pack->id; });
    if (!there) all.push_back(std::move(pack));
  };
  for (const std::string& id : draft.imports)
    if (auto other = beside(draft, id, "imports", report)) import(std::move(other));
  for (const Extend& one : extends_of(draft.pack.extends)) {
    auto other = beside(draft, one.pack, "extends", report);
    if (!other) continue;
    for (const auto& imported : other->imports) import(imported);
    if (missing_document(draft, one, report)) continue;
    if (!one.documents.empty()) other = std::make_shared<const Pack>(part_of(*other, one.documents));
    draft.extended.push_back(std::move(other));
  }
}

}  // namespace

Loaded load_pack(const fs::path& folder) {
  Loader loader;
  Loaded out = loader.load(folder);
  out.folders = loader.looked();
  return out;
}

struct Shelf::Packs {
  fs::path policies;
  Loader loader;
};

Shelf::Shelf(fs::path policies)
    : packs_(std::make_unique<Packs>(Packs{fs::absolute(policies).lexically_normal(), {}})) {}
Shelf::~Shelf() = default;

base::Result<std::shared_ptr<const Pack>> Shelf::open(const std::string& id) {
  if (auto missing = find_pack(packs_->policies, id)) return *missing;
  auto loaded = packs_->loader.shared(packs_->policies / id);
  if (!loaded->problems.errors.empty()) return loaded->problems.first();
  return std::shared_ptr<const Pack>(loaded, &loaded->pack);
}

base::Result<Pack> open_pack(const fs::path& policies, const std::string& id) {
  if (auto missing = find_pack(policies, id)) return *missing;
  Loaded loaded = load_pack(policies / id);
  if (!loaded.problems.errors.empty()) return loaded.problems.first();
  return std::move(loaded.pack);
}

base::Error Problems::first() const {
  base::Error first = errors.front();
  if (size_t more = errors.size() - 1)
    first.hint += "；另有 " + std::to_string(more) + " 处问题，见 guanhu policy check";
  return first;
}

std::string Problems::text(const std::string& folder) const {
  std::string out;
  for (size_t i = 0; i < errors.size(); ++i) {
    const base::Error& error = errors[i];
    out += folder + error.where + ": " + error.message + " [" + error.code + "]\n";
    if (i < excerpts.size()) out += excerpts[i];
    if (!error.hint.empty()) out += "  改法：" + error.hint + "\n";
  }
  return out;
}

}  // namespace guanhu::policy
