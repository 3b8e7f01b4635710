#include "api/packs.h"

#include <algorithm>

#include "policy/load.h"

namespace guanhu::api {

namespace fs = std::filesystem;

base::Result<SchemeName> SchemeName::parse(const std::string& text) {
  size_t slash = text.find('/');
  if (slash == text.npos || slash == 0 || slash + 1 == text.size())
    return base::Error{"scheme.unknown", "'" + text + "' 不是 制度包/方案", "scheme", "例如 sample/经营业绩"};
  return SchemeName{text.substr(0, slash), text.substr(slash + 1)};
}

std::vector<std::string> Packs::names() const {
  std::vector<std::string> out;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder_, error))
    if (fs::exists(entry.path() / "pack.toml", error)) out.push_back(entry.path().filename().string());
  std::sort(out.begin(), out.end());
  return out;
}

namespace {
std::string look(const fs::path& folder) {
  std::vector<std::string> files;
  std::error_code error;
  for (const auto& entry : fs::recursive_directory_iterator(folder, error)) {
    if (!entry.is_regular_file(error)) continue;
    files.push_back(entry.path().string() + " " + std::to_string(entry.file_size(error)) + " " +
                    std::to_string(entry.last_write_time(error).time_since_epoch().count()));
  }
  std::sort(files.begin(), files.end());
  std::string out;
  for (const auto& f : files) out += f + "\n";
  return out;
}
}  // namespace

namespace {
constexpr auto kBetweenLooks = std::chrono::seconds(1);
}

std::shared_ptr<const policy::Pack> Packs::known(const std::string& id) {
  const auto now = std::chrono::steady_clock::now();
  std::lock_guard lock(mutex_);
  auto at = kept_.find(id);
  return at != kept_.end() && now - at->second.looked < kBetweenLooks ? at->second.pack : nullptr;
}

base::Result<std::shared_ptr<const policy::Pack>> Packs::get(const std::string& id) {
  const auto now = std::chrono::steady_clock::now();
  auto answer = [](const Kept& kept) -> base::Result<std::shared_ptr<const policy::Pack>> {
    if (!kept.pack) return kept.error;
    return kept.pack;
  };
  {
    std::lock_guard lock(mutex_);
    auto at = kept_.find(id);
    if (at != kept_.end() && now - at->second.looked < kBetweenLooks) return answer(at->second);
    // One looks; the others go on with what there is.
    if (at != kept_.end()) at->second.looked = now;
  }
  auto all = names();
  // Also keeps "../" and the like out: only what stands in the folder is opened.
  if (std::find(all.begin(), all.end(), id) == all.end()) {
    std::string known;
    for (const auto& name : all) known += (known.empty() ? "" : ", ") + name;
    return base::Error{"scheme.unknown", "没有制度包 " + id, "", "可用: " + known};
  }
  std::string seen = look(folder_ / id);
  std::lock_guard lock(mutex_);
  if (auto at = kept_.find(id); at != kept_.end() && at->second.seen == seen) {
    at->second.looked = now;
    return answer(at->second);
  }
  auto pack = policy::open_pack(folder_, id);
  // What cannot be read is kept as well: it is not read again for every request.
  Kept& kept = kept_[id];
  kept = {now, std::move(seen), nullptr, {}};
  if (pack) kept.pack = std::make_shared<const policy::Pack>(std::move(*pack));
  else kept.error = pack.error();
  return answer(kept);
}

}  // namespace guanhu::api
