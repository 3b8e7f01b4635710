#include "policy/load.h"

#include <algorithm>
#include <map>

#include "base/digest.h"
#include "base/files.h"
#include "policy/detail/check_meaning.h"
#include "policy/detail/draft.h"
#include "policy/detail/text.h"

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
std::string hash_of(const std::vector<File>& files, const Pack& pack) {
  base::Sha256 digest;
  for (const File& file : files) {
    for (const std::string* part : {&file.relative, &file.content}) {
      digest.add(std::to_string(part->size()));
      digest.add(":");
      digest.add(*part);
    }
  }
  for (const auto& imported : pack.imports) {
    digest.add("imports:");
    digest.add(imported->hash);
  }
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
  return base::Error{"policy.unknown", "没有制度包“" + id + "”", policies.string(),
                     known.empty() ? "这个文件夹里没有制度包" : "现有：" + detail::joined(known)};
}

// The first problem as an error that says how many there are.
base::Error first_of(const Problems& problems) {
  base::Error first = problems.errors.front();
  if (size_t more = problems.errors.size() - 1)
    first.hint += "；另有 " + std::to_string(more) + " 处问题，见 guanhu policy check";
  return first;
}

// Loads packs of one folder, each once.
class Loader {
 public:
  Loaded load(const fs::path& folder);
  std::shared_ptr<const Loaded> shared(const fs::path& folder);

 private:
  void imports(Draft& draft, Report& report);
  std::map<fs::path, std::shared_ptr<const Loaded>> loaded_;
  std::vector<fs::path> loading_;
};

Loaded Loader::load(const fs::path& folder) {
  Draft draft;
  Report report;
  draft.folder = fs::absolute(folder).lexically_normal();
  if (!draft.folder.has_filename()) draft.folder = draft.folder.parent_path();  // "policies/sample/"
  loading_.push_back(draft.folder);
  if (read_manifest(draft, report)) {
    std::vector<File> files = files_of(draft.folder, draft, report);
    imports(draft, report);
    draft.pack.hash = hash_of(files, draft.pack);
    for (const File& file : files)
      if (is_document(file.relative)) read_file_of_pack(file, draft, report);
    read_types(draft, report);
    read_blocks(draft, report);
    settle_decisions(draft, report);
    read_cases(draft, report);
    check_names(draft, report);
    check_parameters(draft, report);
    check_citations(draft, report);
    check_formulas(draft, report);
    check_filters(draft, report);
    check_graph(draft, report);
    check_schemes(draft, report);
    order_values(draft.pack);
    check_decisions(draft, report);
    check_all(draft, report);
  }
  loading_.pop_back();
  return {std::move(draft.pack), report.take()};
}

std::shared_ptr<const Loaded> Loader::shared(const fs::path& folder) {
  auto& at = loaded_[folder];
  if (!at) at = std::make_shared<const Loaded>(load(folder));
  return at;
}

// The packs named by `imports` lie beside this one.
void Loader::imports(Draft& draft, Report& report) {
  const Source& manifest = *draft.sources.front();
  auto refuse = [&](const std::string& id, const std::string& message, const std::string& hint) {
    Place at{1, 1, 1};
    for (size_t line = 0; line < manifest.lines.size(); ++line)
      if (size_t found = manifest.lines[line].find("\"" + id + "\""); found != std::string::npos)
        at = {static_cast<int>(line) + 1, static_cast<int>(length(manifest.lines[line].substr(0, found))) + 1,
              static_cast<int>(length(id)) + 2};
    report.add(manifest, at, "policy.pack.imports", message, hint);
  };
  for (const std::string& id : draft.imports) {
    fs::path folder = draft.folder.parent_path() / id;
    std::error_code ignored;
    if (id.find('/') != id.npos || !fs::exists(folder / "pack.toml", ignored)) {
      refuse(id, "没有制度包“" + id + "”", "imports 写旁边文件夹的名称，如 imports = [\"common\"]");
    } else if (std::find(loading_.begin(), loading_.end(), folder) != loading_.end()) {
      refuse(id, "制度包“" + id + "”绕了一圈又引入它自己", "断开这个圈");
    } else {
      auto other = shared(folder);
      if (!other->problems.errors.empty()) {
        const base::Error& first = other->problems.errors.front();
        refuse(id, "引入的制度包“" + id + "”有问题：" + first.message, "先改好它：" + first.where);
      }
      draft.pack.imports.push_back(std::shared_ptr<const Pack>(other, &other->pack));
    }
  }
}

}  // namespace

Loaded load_pack(const fs::path& folder) { return Loader().load(folder); }

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
  if (!loaded->problems.errors.empty()) return first_of(loaded->problems);
  return std::shared_ptr<const Pack>(loaded, &loaded->pack);
}

base::Result<Pack> open_pack(const fs::path& policies, const std::string& id) {
  if (auto missing = find_pack(policies, id)) return *missing;
  Loaded loaded = load_pack(policies / id);
  if (!loaded.problems.errors.empty()) return first_of(loaded.problems);
  return std::move(loaded.pack);
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
