#include "policy/drafts.h"

#include <algorithm>
#include <filesystem>

#include "base/digest.h"
#include "base/files.h"
#include "base/hex.h"
#include "policy/draft_change.h"

namespace guanhu::policy {

namespace {

namespace fs = std::filesystem;
using base::Error;

constexpr size_t kLargest = 16 << 20;  // bytes of a draft
constexpr size_t kLongestPath = 200;

store::Value kept(const std::optional<std::string>& content) {
  return content ? store::Value(base::hex_of(*content)) : store::Value();
}

Error too_large() { return {"policy.life.large", "制度包超过 16 MB", "pack", "图片和表单另放"}; }

constexpr const char* kColumns =
    "draft_id, pack, title, state, base_kind, base_version, base_label, base_hash, note, revision, made_at, "
    "made_by,"
    " changed_at, changed_by, version_id";

PolicyDraft read(store::Session& store, const store::Row& row) {
  PolicyDraft out;
  out.id = row.integer(0);
  out.pack = row.text(1), out.title = row.text(2), out.state = row.text(3);
  out.base = {row.text(4), row.maybe_integer(5), row.text(6), row.text(7)};
  out.note = row.text(8), out.revision = row.integer(9);
  out.made_at = row.text(10), out.made_by = row.text(11);
  out.changed_at = row.text(12), out.changed_by = row.text(13);
  out.version = row.maybe_integer(14);
  for (const auto& edit : store.query("SELECT actor, min(revision) FROM policy_draft_edits WHERE draft_id = ?"
                                      " GROUP BY actor ORDER BY min(revision)",
                                      {out.id}))
    out.editors.push_back(edit.text(0));
  return out;
}

void note_edit(store::Session& store, const PolicyDraft& draft, const std::string& what, const DraftDoing& doing) {
  store.exec("INSERT INTO policy_draft_edits (draft_id, revision, at, actor, what) VALUES (?, ?, ?, ?, ?)",
             {draft.id, draft.revision, doing.at.str(), doing.actor, what});
}

// Open, and not changed by anybody since the revision.
base::Result<PolicyDraft> fresh(store::Session& store, int64_t id, int64_t revision) {
  auto out = PolicyDrafts::find(store, id);
  if (!out) return out;
  if (out->state != "open")
    return Error{"policy.draft.state", out->state == "submitted" ? "草稿已经提交，不能再改" : "草稿已经作废", "id",
                 "要改就另起一份草稿"};
  if (out->revision != revision)
    return Error{"policy.draft.revision",
                 out->changed_by + " 在 " + out->changed_at + " 改过这份草稿，现在是第 " +
                     std::to_string(out->revision) + " 稿",
                 "revision", "取回最新的一稿，再改一次"};
  return out;
}

}  // namespace

base::Result<PolicyDraft> PolicyDrafts::make(store::Session& store, const std::string& pack,
                                             const std::string& title, const DraftBase& base,
                                             const PackFiles& files, const PackFiles& before,
                                             const std::string& note, const DraftDoing& doing) {
  size_t bytes = 0;
  for (const auto& [path, content] : files) bytes += content.size();
  if (bytes > kLargest) return too_large();
  PolicyDraft out;
  out.pack = pack, out.title = title, out.state = "open", out.base = base, out.note = note, out.revision = 1;
  out.made_at = out.changed_at = doing.at.str(), out.made_by = out.changed_by = doing.actor;
  out.editors = {doing.actor};
  store.transaction([&] {
    auto made = store.query(
        "INSERT INTO policy_drafts (pack, title, state, base_kind, base_version, base_label, base_hash, note,"
        " revision, made_at, made_by, changed_at, changed_by) VALUES (?, ?, 'open', ?, ?, ?, ?, ?, 1, ?, ?, ?, ?)"
        " RETURNING draft_id",
        {out.pack, out.title, base.kind, base.version ? store::Value(*base.version) : store::Value(), base.label,
         base.hash, note, out.made_at, out.made_by, out.made_at, out.made_by});
    out.id = made.front().integer(0);
    for (const auto& [path, content] : files) {
      auto was = before.find(path);
      store.exec("INSERT INTO policy_draft_files (draft_id, path, content, base) VALUES (?, ?, ?, ?)",
                 {out.id, path, base::hex_of(content),
                  was == before.end() ? store::Value() : store::Value(base::hex_of(was->second))});
    }
    note_edit(store, out, "make", doing);
    if (doing.also) doing.also(out);
  });
  return out;
}

std::vector<PolicyDraft> PolicyDrafts::all(store::Session& store, const std::string& pack,
                                           const std::string& state) {
  std::vector<PolicyDraft> out;
  for (const auto& row : store.query(std::string("SELECT ") + kColumns +
                                         " FROM policy_drafts WHERE (? = '' OR pack = ?) AND (? = '' OR state = ?)"
                                         " ORDER BY draft_id DESC",
                                     {pack, pack, state, state}))
    out.push_back(read(store, row));
  return out;
}

base::Result<PolicyDraft> PolicyDrafts::find(store::Session& store, int64_t id) {
  auto rows = store.query(std::string("SELECT ") + kColumns + " FROM policy_drafts WHERE draft_id = ?", {id});
  if (rows.empty()) return Error{"policy.draft.unknown", "没有第 " + std::to_string(id) + " 份草稿", "id", ""};
  return read(store, rows.front());
}

std::vector<DraftFile> PolicyDrafts::files(store::Session& store, int64_t id) {
  std::vector<DraftFile> out;
  auto text = [](const std::optional<std::string>& digits) -> std::optional<std::string> {
    if (!digits) return std::nullopt;
    return base::bytes_of_hex(*digits);
  };
  for (const auto& row :
       store.query("SELECT path, content, base FROM policy_draft_files WHERE draft_id = ? ORDER BY path", {id}))
    out.push_back({row.text(0), text(row.maybe_text(1)), text(row.maybe_text(2))});
  return out;
}

base::Result<PolicyDraft> PolicyDrafts::change(store::Session& store, int64_t id, int64_t revision,
                                               const std::string& path, const std::optional<std::string>& content,
                                               const std::string& what, const DraftDoing& doing) {
  return change_documents(store, id, revision, {{path, content}}, what, doing);
}

namespace {

// Nothing taken out that is not there, and not too much in all.
std::optional<Error> unfit(const std::vector<DraftFile>& files, const std::vector<DraftChange>& changes) {
  std::map<std::string, size_t> bytes;
  for (const DraftFile& one : files) bytes[one.path] = one.content ? one.content->size() : 0;
  bool grows = false;
  for (const DraftChange& one : changes) {
    if (!one.content && !bytes.contains(one.path))
      return Error{"policy.draft.path", "草稿里没有 " + one.path, "path", ""};
    bytes[one.path] = one.content ? one.content->size() : 0;
    grows = grows || one.content;
  }
  size_t all = 0;
  for (const auto& [path, size] : bytes) all += size;
  if (grows && all > kLargest) return too_large();
  return std::nullopt;
}

void put(store::Session& store, int64_t id, const DraftChange& change) {
  const bool there = store.exec("UPDATE policy_draft_files SET content = ? WHERE draft_id = ? AND path = ?",
                                {kept(change.content), id, change.path}) > 0;
  if (!there)
    store.exec("INSERT INTO policy_draft_files (draft_id, path, content) VALUES (?, ?, ?)",
               {id, change.path, base::hex_of(*change.content)});
}

}  // namespace

base::Result<PolicyDraft> change_documents(store::Session& store, int64_t id, int64_t revision,
                                           const std::vector<DraftChange>& changes, const std::string& what,
                                           const DraftDoing& doing) {
  if (changes.empty()) return Error{"policy.draft.path", "没有说要改哪个文档", "path", ""};
  for (const DraftChange& one : changes)
    if (!is_pack_path(one.path))
      return Error{"policy.draft.path", "“" + one.path + "”不能作文件名", "path",
                   "写成 第一章.md 这样，不以点开头"};
  base::Result<PolicyDraft> out = Error{};
  store.transaction([&] {
    out = fresh(store, id, revision);
    if (!out.ok()) return;
    if (auto error = unfit(PolicyDrafts::files(store, id), changes)) {
      out = *error;
      return;
    }
    for (const DraftChange& one : changes) put(store, id, one);
    store.exec("UPDATE policy_drafts SET revision = ?, changed_at = ?, changed_by = ? WHERE draft_id = ?",
               {revision + 1, doing.at.str(), doing.actor, id});
    out->revision = revision + 1;
    note_edit(store, *out, what, doing);
    out = PolicyDrafts::find(store, id);
    if (doing.also) doing.also(*out);
  });
  return out;
}

base::Result<PolicyDraft> PolicyDrafts::end_inside(store::Session& store, int64_t id, int64_t revision,
                                                   std::optional<int64_t> version, const DraftDoing& doing) {
  auto out = fresh(store, id, revision);
  if (!out.ok()) return out;
  store.exec(
      "UPDATE policy_drafts SET state = ?, version_id = ?, changed_at = ?, changed_by = ? WHERE draft_id = ?",
      {version ? "submitted" : "discarded", version ? store::Value(*version) : store::Value(), doing.at.str(),
       doing.actor, id});
  out = find(store, id);
  if (doing.also) doing.also(*out);
  return out;
}

base::Result<PolicyDraft> PolicyDrafts::end(store::Session& store, int64_t id, int64_t revision,
                                            std::optional<int64_t> version, const DraftDoing& doing) {
  base::Result<PolicyDraft> out = Error{};
  store.transaction([&] { out = end_inside(store, id, revision, version, doing); });
  return out;
}

std::vector<std::string> PolicyDrafts::editors_of_version(store::Session& store, int64_t version) {
  std::vector<std::string> out;
  for (const auto& row : store.query("SELECT DISTINCT e.actor FROM policy_draft_edits e JOIN policy_drafts d"
                                     " ON d.draft_id = e.draft_id WHERE d.version_id = ?",
                                     {version}))
    out.push_back(row.text(0));
  return out;
}

base::Result<PackFiles> read_pack_files(const fs::path& folder) {
  PackFiles out;
  std::error_code failed;
  for (fs::recursive_directory_iterator walk(folder, failed), end; !failed && walk != end;
       walk.increment(failed)) {
    bool hidden = walk->path().filename().string().starts_with(".");
    if (hidden && walk->is_directory()) walk.disable_recursion_pending();
    if (hidden || !walk->is_regular_file()) continue;
    auto content = base::read_file(walk->path());
    if (!content) return content.error();
    out[walk->path().lexically_relative(folder).generic_string()] = std::move(*content);
  }
  return out;
}

bool is_pack_path(const std::string& path) {
  if (path.empty() || path.size() > kLongestPath || path.starts_with("/") || path.ends_with("/")) return false;
  for (unsigned char c : path)
    if (c < 0x20 || c == 0x7F || c == '\\' || c == ':') return false;
  for (size_t at = 0; at <= path.size();) {
    size_t end = std::min(path.find('/', at), path.size());
    if (end == at || path[at] == '.') return false;
    at = end + 1;
  }
  return true;
}

}  // namespace guanhu::policy
