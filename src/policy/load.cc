#include "policy/load.h"

#include <algorithm>

#include "base/digest.h"
#include "base/files.h"
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
std::string hash_of(const std::vector<File>& files) {
  base::Sha256 digest;
  for (const File& file : files) {
    for (const std::string* part : {&file.relative, &file.content}) {
      digest.add(std::to_string(part->size()));
      digest.add(":");
      digest.add(*part);
    }
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
  read_blocks(read_document(*draft.sources.back(), report), draft, report);
}

void order_values(Pack& pack) {
  for (Parameter& parameter : pack.parameters)
    std::stable_sort(parameter.values.begin(), parameter.values.end(),
                     [](const DatedValue& a, const DatedValue& b) { return a.from < b.from; });
}

}  // namespace

Loaded load_pack(const fs::path& folder) {
  Draft draft;
  Report report;
  draft.folder = fs::absolute(folder).lexically_normal();
  if (!draft.folder.has_filename()) draft.folder = draft.folder.parent_path();  // "policies/sample/"
  if (read_manifest(draft, report)) {
    std::vector<File> files = files_of(draft.folder, draft, report);
    draft.pack.hash = hash_of(files);
    for (const File& file : files)
      if (is_document(file.relative)) read_file_of_pack(file, draft, report);
    check_names(draft, report);
    check_parameters(draft, report);
    check_citations(draft, report);
    check_formulas(draft, report);
    check_filters(draft, report);
    check_graph(draft, report);
    check_schemes(draft, report);
    order_values(draft.pack);
  }
  return {std::move(draft.pack), report.take()};
}

base::Result<Pack> open_pack(const fs::path& policies, const std::string& id) {
  std::error_code ignored;
  if (id.empty() || id.find('/') != id.npos || id.front() == '.' || !fs::is_directory(policies / id, ignored)) {
    std::vector<std::string> known;
    for (fs::directory_iterator at(policies, ignored), end; !ignored && at != end; at.increment(ignored))
      if (fs::exists(at->path() / "pack.toml")) known.push_back(at->path().filename().string());
    std::sort(known.begin(), known.end());
    return base::Error{"policy.unknown", "没有制度包“" + id + "”", policies.string(),
                       known.empty() ? "这个文件夹里没有制度包" : "现有：" + detail::joined(known)};
  }
  Loaded loaded = load_pack(policies / id);
  if (!loaded.problems.errors.empty()) {
    base::Error first = loaded.problems.errors.front();
    if (size_t more = loaded.problems.errors.size() - 1)
      first.hint += "；另有 " + std::to_string(more) + " 处问题，见 guanhu policy check";
    return first;
  }
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
