#include "api/draft_room.h"

#include <algorithm>

#include "base/files.h"

namespace guanhu::api {

namespace fs = std::filesystem;

namespace {

constexpr size_t kOpened = 24;
constexpr int64_t kHere = 45'000'000;  // microseconds

policy::PackFiles now_of(const std::vector<policy::DraftFile>& files) {
  policy::PackFiles out;
  for (const auto& file : files)
    if (file.content) out[file.path] = *file.content;
  return out;
}

policy::PackFiles base_of(const std::vector<policy::DraftFile>& files) {
  policy::PackFiles out;
  for (const auto& file : files)
    if (file.base) out[file.path] = *file.base;
  return out;
}

std::string key_of(const policy::PolicyDraft& draft) {
  return std::to_string(draft.id) + " " + std::to_string(draft.revision);
}

}  // namespace

OpenedDraft::~OpenedDraft() {
  std::error_code ignored;
  if (!room.empty()) fs::remove_all(room, ignored);
}

DraftRoom::DraftRoom(fs::path room, fs::path policies)
    : room_(std::move(room)), policies_(fs::absolute(policies).lexically_normal()) {
  std::error_code ignored;
  fs::remove_all(room_, ignored);  // what an earlier server left
}

OpenedDraftPtr DraftRoom::lay_out(const std::string& pack, const policy::PackFiles& files) {
  auto out = std::make_shared<OpenedDraft>();
  out->room = room_ / std::to_string(++made_);
  out->policies = out->room / "policies";
  out->folder = out->policies / pack;
  fs::create_directories(out->folder);
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(policies_, ignored))
    if (entry.path().filename() != pack && fs::exists(entry.path() / "pack.toml", ignored))
      fs::create_directory_symlink(entry.path(), out->policies / entry.path().filename(), ignored);
  for (const auto& [path, content] : files) {
    const fs::path file = out->folder / path;
    fs::create_directories(file.parent_path());
    base::write_file_unsynced(file, content);
  }
  out->loaded = policy::load_pack(out->folder);
  return out;
}

OpenedDraftPtr DraftRoom::kept(const std::string& key, const std::string& pack, const policy::PackFiles& files) {
  {
    std::lock_guard lock(mutex_);
    auto at = std::find_if(opened_.begin(), opened_.end(), [&](const auto& one) { return one.first == key; });
    if (at != opened_.end()) return at->second;
  }
  OpenedDraftPtr made = lay_out(pack, files);
  std::lock_guard lock(mutex_);
  if (opened_.size() >= kOpened) opened_.erase(opened_.begin());
  opened_.emplace_back(key, made);
  return made;
}

OpenedDraftPtr DraftRoom::open(const policy::PolicyDraft& draft, const std::vector<policy::DraftFile>& files) {
  return kept(key_of(draft), draft.pack, now_of(files));
}

OpenedDraftPtr DraftRoom::base(const policy::PolicyDraft& draft, const std::vector<policy::DraftFile>& files) {
  if (draft.base.kind == "new") return nullptr;
  return kept(std::to_string(draft.id) + " base", draft.pack, base_of(files));
}

OpenedDraftPtr DraftRoom::with(const policy::PolicyDraft& draft, const std::vector<policy::DraftFile>& files,
                               const std::string& path, const std::string& text) {
  policy::PackFiles now = now_of(files);
  now[path] = text;
  return lay_out(draft.pack, now);
}

OpenedDraftPtr DraftRoom::known(const policy::PolicyDraft& draft) {
  std::lock_guard lock(mutex_);
  for (const auto& [key, opened] : opened_)
    if (key == key_of(draft)) return opened;
  return nullptr;
}

bool DraftRoom::here(int64_t draft, const Visitor& visitor) {
  std::lock_guard lock(mutex_);
  auto [at, fresh] = visitors_[draft].try_emplace(visitor.login, visitor);
  Visitor& known = at->second;
  if (!fresh) {
    fresh = known.path != visitor.path || known.line != visitor.line ||
            visitor.seen.micros - known.seen.micros > kHere;
    known.path = visitor.path, known.line = visitor.line, known.seen = visitor.seen;
  }
  return fresh;
}

std::vector<DraftRoom::Visitor> DraftRoom::visitors(int64_t draft, base::Instant now) {
  std::lock_guard lock(mutex_);
  std::vector<Visitor> out;
  auto at = visitors_.find(draft);
  if (at == visitors_.end()) return out;
  std::erase_if(at->second, [&](const auto& one) { return now.micros - one.second.seen.micros > kHere; });
  for (const auto& [login, visitor] : at->second) out.push_back(visitor);
  if (at->second.empty()) visitors_.erase(at);
  return out;
}

}  // namespace guanhu::api
