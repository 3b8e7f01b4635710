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
struct Look {
  std::string seen;
  fs::file_time_type newest = fs::file_time_type::min();
};

Look look(const std::vector<fs::path>& folders) {
  Look out;
  std::vector<std::string> files;
  std::error_code error;
  for (const auto& folder : folders)
    for (const auto& entry : fs::recursive_directory_iterator(folder, error)) {
      if (!entry.is_regular_file(error)) continue;
      out.newest = std::max(out.newest, entry.last_write_time(error));
      files.push_back(entry.path().string() + " " + std::to_string(entry.file_size(error)) + " " +
                      std::to_string(entry.last_write_time(error).time_since_epoch().count()));
    }
  std::sort(files.begin(), files.end());
  for (const auto& f : files) out.seen += f + "\n";
  return out;
}
}  // namespace

namespace {
constexpr auto kBetweenLooks = std::chrono::seconds(1);
constexpr size_t kDays = 2'000;  // packs × days that are remembered
}  // namespace

std::shared_ptr<const policy::Pack> Packs::known(const std::string& id) {
  const auto now = std::chrono::steady_clock::now();
  std::lock_guard lock(mutex_);
  auto at = kept_.find(id);
  return at != kept_.end() && now - at->second.looked < kBetweenLooks ? at->second.pack : nullptr;
}

base::Result<std::shared_ptr<const policy::Pack>> Packs::on(const std::string& id, base::Date day) {
  if (!in_force_) return get(id);
  const auto now = std::chrono::steady_clock::now();
  std::shared_ptr<const policy::Pack> version;
  bool known = false;
  {
    std::lock_guard lock(mutex_);
    auto at = versions_.find({id, day});
    known = at != versions_.end() && now - at->second.looked < kBetweenLooks;
    if (known) version = at->second.pack;
  }
  if (!known) {
    version = in_force_(id, day);
    std::lock_guard lock(mutex_);
    if (versions_.size() >= kDays) versions_.clear();
    versions_[{id, day}] = {now, version};
  }
  if (version) return version;
  return get(id);
}

std::shared_ptr<const policy::Pack> Packs::known_on(const std::string& id, base::Date day) {
  if (!in_force_) return known(id);
  {
    std::lock_guard lock(mutex_);
    auto at = versions_.find({id, day});
    if (at == versions_.end() || std::chrono::steady_clock::now() - at->second.looked >= kBetweenLooks)
      return nullptr;
    if (at->second.pack) return at->second.pack;
  }
  return known(id);
}

void Packs::forget_in_force() {
  std::lock_guard lock(mutex_);
  versions_.clear();
}

base::Result<std::shared_ptr<const policy::Pack>> Packs::answer_of(const Kept& kept) {
  if (!kept.pack) return kept.error;
  return kept.pack;
}

base::Result<std::shared_ptr<const policy::Pack>> Packs::get(const std::string& id) {
  const auto now = std::chrono::steady_clock::now();
  {
    std::lock_guard lock(mutex_);
    auto at = kept_.find(id);
    if (at != kept_.end() && now - at->second.looked < kBetweenLooks) return answer_of(at->second);
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
  return read(id);
}

base::Result<std::shared_ptr<const policy::Pack>> Packs::read(const std::string& id) {
  std::vector<fs::path> folders;
  std::string before;
  {
    std::lock_guard lock(mutex_);
    if (auto at = kept_.find(id); at != kept_.end()) folders = at->second.folders, before = at->second.seen;
  }
  // Files are looked at and read without the lock: others are answered meanwhile.
  if (!folders.empty() && look(folders).seen == before) {
    std::lock_guard lock(mutex_);
    kept_[id].looked = std::chrono::steady_clock::now();
    return answer_of(kept_[id]);
  }
  Kept made;
  made.looked = std::chrono::steady_clock::now();
  const auto began = fs::file_time_type::clock::now() - std::chrono::seconds(1);
  policy::Loaded loaded = policy::load_pack(folder_ / id);
  made.folders = std::move(loaded.folders);
  Look after = look(made.folders);
  // What was written while it was read may have been missed: it is read again at the next look.
  if (after.newest < began) made.seen = std::move(after.seen);
  // What cannot be read is kept as well: it is not read again for every request.
  if (loaded.problems.errors.empty()) made.pack = std::make_shared<const policy::Pack>(std::move(loaded.pack));
  else made.error = loaded.problems.first();
  std::lock_guard lock(mutex_);
  return answer_of(kept_[id] = std::move(made));
}

}  // namespace guanhu::api
