#include "policy/life.h"

#include <algorithm>
#include <set>

#include "base/digest.h"
#include "base/files.h"
#include "base/hex.h"
#include "base/json.h"
#include "policy/decide.h"
#include "policy/edition.h"
#include "policy/load.h"

namespace guanhu::policy {
namespace {

namespace fs = std::filesystem;
using base::Error;

constexpr size_t kLargest = 16 << 20;  // bytes of a version
constexpr size_t kFindings = 200;

constexpr store::Migration kSteps[] = {
    {1, "versions of packs, recorded decisions",
     "CREATE TABLE policy_versions ("
     "  version_id {serial},"
     "  pack TEXT NOT NULL,"
     "  title TEXT NOT NULL,"
     "  label TEXT NOT NULL,"
     "  hash TEXT NOT NULL,"
     "  state TEXT NOT NULL CHECK (state IN ('draft', 'approved', 'activated')),"
     "  note TEXT NOT NULL,"
     "  problems {bigint} NOT NULL,"
     "  cases {bigint} NOT NULL,"
     "  failed {bigint} NOT NULL,"
     "  findings TEXT NOT NULL,"  // JSON
     "  drafted_at TEXT NOT NULL,"
     "  drafted_by TEXT NOT NULL,"
     "  approved_at TEXT,"
     "  approved_by TEXT,"
     "  activated_at TEXT,"
     "  activated_by TEXT,"
     "  active_from TEXT,"
     "  UNIQUE (pack, hash),"
     "  UNIQUE (pack, active_from),"
     "  CHECK (approved_by IS NULL OR approved_by <> drafted_by),"
     "  CHECK (active_from IS NULL OR approved_by IS NOT NULL)"
     ");"
     "CREATE TABLE policy_files ("
     "  version_id {bigint} NOT NULL REFERENCES policy_versions (version_id),"
     "  path TEXT NOT NULL,"     // "PACK/document.md"; imported packs stand beside
     "  content TEXT NOT NULL,"  // two hexadecimal digits a byte
     "  PRIMARY KEY (version_id, path)"
     ");"
     "CREATE TABLE policy_decisions ("
     "  decision_id {serial},"
     "  asked_at TEXT NOT NULL,"
     "  asked_by TEXT NOT NULL,"
     "  on_day TEXT NOT NULL,"
     "  pack TEXT NOT NULL,"
     "  decision TEXT NOT NULL,"
     "  pack_hash TEXT NOT NULL,"
     "  input TEXT NOT NULL,"  // JSON
     "  answer TEXT NOT NULL"  // JSON: {"result", "cites"} or {"error"}
     ");"
     "CREATE INDEX policy_decisions_by_pack ON policy_decisions (pack, asked_at);"},
    {2, "drafts of packs that people work on",
     "CREATE TABLE policy_drafts ("
     "  draft_id {serial},"
     "  pack TEXT NOT NULL,"
     "  title TEXT NOT NULL,"
     "  state TEXT NOT NULL CHECK (state IN ('open', 'submitted', 'discarded')),"
     "  base_kind TEXT NOT NULL CHECK (base_kind IN ('installed', 'version', 'new')),"
     "  base_version {bigint} REFERENCES policy_versions (version_id),"
     "  base_label TEXT NOT NULL,"
     "  base_hash TEXT NOT NULL,"
     "  note TEXT NOT NULL,"
     "  revision {bigint} NOT NULL,"
     "  made_at TEXT NOT NULL,"
     "  made_by TEXT NOT NULL,"
     "  changed_at TEXT NOT NULL,"
     "  changed_by TEXT NOT NULL,"
     "  version_id {bigint} REFERENCES policy_versions (version_id)"
     ");"
     "CREATE TABLE policy_draft_files ("
     "  draft_id {bigint} NOT NULL REFERENCES policy_drafts (draft_id),"
     "  path TEXT NOT NULL,"  // below the pack's folder
     "  content TEXT,"        // two hexadecimal digits a byte; null: taken out
     "  base TEXT,"           // as it was at the beginning; null: new
     "  PRIMARY KEY (draft_id, path)"
     ");"
     "CREATE TABLE policy_draft_edits ("
     "  draft_id {bigint} NOT NULL REFERENCES policy_drafts (draft_id),"
     "  revision {bigint} NOT NULL,"  // that it made
     "  at TEXT NOT NULL,"
     "  actor TEXT NOT NULL,"
     "  what TEXT NOT NULL,"
     "  PRIMARY KEY (draft_id, revision)"
     ");"}};

using Files = std::vector<std::pair<std::string, std::string>>;

// Every file of the pack's folder, below the folder's name; hidden ones are no part of it.
void add_files(const fs::path& folder, Files& out) {
  for (fs::recursive_directory_iterator walk(folder), end; walk != end; ++walk) {
    bool hidden = walk->path().filename().string().starts_with(".");
    if (hidden && walk->is_directory()) walk.disable_recursion_pending();
    if (hidden || !walk->is_regular_file()) continue;
    auto content = base::read_file(walk->path());
    if (!content.ok()) throw base::Broken(content.error().text());
    out.emplace_back((folder.filename() / walk->path().lexically_relative(folder)).generic_string(), *content);
  }
}

// What the checks and the cases say.
void examine(const Loaded& loaded, base::Date today, PolicyVersion& out) {
  auto find = [&](std::string text) {
    if (out.findings.size() < kFindings) out.findings.push_back(std::move(text));
  };
  out.problems = loaded.problems.errors.size();
  for (const Error& error : loaded.problems.errors) find(error.text());
  for (const CaseTable& table : loaded.pack.cases) out.cases += table.cases.size();
  if (out.problems) return;
  for (const CaseTable& table : loaded.pack.cases)
    for (const Case& one : table.cases)
      if (auto wrong = run_case(loaded.pack, table.decision, one, today)) {
        ++out.failed;
        find(table.origin.document + ":" + std::to_string(one.at.line) + ": " + *wrong);
      }
}

constexpr const char* kColumns =
    "version_id, pack, title, label, hash, state, note, problems, cases, failed, findings, drafted_at, drafted_by,"
    " approved_at, approved_by, activated_at, activated_by, active_from";

PolicyVersion read(const store::Row& row) {
  PolicyVersion out;
  out.id = row.integer(0);
  out.pack = row.text(1), out.title = row.text(2), out.version = row.text(3), out.hash = row.text(4);
  out.state = row.text(5), out.note = row.text(6);
  out.problems = static_cast<size_t>(row.integer(7));
  out.cases = static_cast<size_t>(row.integer(8)), out.failed = static_cast<size_t>(row.integer(9));
  auto findings = base::Json::parse(row.text(10));
  if (findings.ok() && findings->as_array())
    for (const base::Json& one : *findings->as_array()) out.findings.push_back(*one.as_string());
  out.drafted_at = row.text(11), out.drafted_by = row.text(12);
  out.approved_at = row.maybe_text(13).value_or(""), out.approved_by = row.maybe_text(14).value_or("");
  out.activated_at = row.maybe_text(15).value_or(""), out.activated_by = row.maybe_text(16).value_or("");
  if (auto day = row.maybe_text(17)) out.active_from = base::Date::parse(*day);
  return out;
}

Error state_error(const PolicyVersion& version, const char* wanted) {
  const char* now = version.state == "draft" ? "草稿" : version.state == "approved" ? "已批准" : "已启用";
  const char* hint = version.state == "draft" ? "先由另一人批准" : "要改就另起草一版";
  return Error{"policy.life.state", "第 " + std::to_string(version.id) + " 版是" + now + "，不是" + wanted, "id",
               hint};
}

}  // namespace

std::span<const store::Migration> life_migrations() { return kSteps; }

std::vector<PolicyVersion> PolicyLife::versions(store::Session& store, const std::string& pack) {
  std::vector<PolicyVersion> out;
  for (const auto& row : store.query(std::string("SELECT ") + kColumns +
                                         " FROM policy_versions WHERE ? = '' OR pack = ? ORDER BY version_id DESC",
                                     {pack, pack}))
    out.push_back(read(row));
  return out;
}

base::Result<PolicyVersion> PolicyLife::version(store::Session& store, int64_t id) {
  auto rows = store.query(std::string("SELECT ") + kColumns + " FROM policy_versions WHERE version_id = ?", {id});
  if (rows.empty())
    return Error{"policy.life.unknown", "没有第 " + std::to_string(id) + " 版", "id",
                 "guanhu policy versions 列出各版"};
  return read(rows.front());
}

std::optional<PolicyVersion> PolicyLife::in_force(store::Session& store, const std::string& pack, base::Date day) {
  auto rows =
      store.query(std::string("SELECT ") + kColumns +
                      " FROM policy_versions WHERE pack = ? AND active_from IS NOT NULL AND active_from <= ?"
                      " ORDER BY active_from DESC LIMIT 1",
                  {pack, day.str()});
  if (rows.empty()) return std::nullopt;
  return read(rows.front());
}

base::Result<PolicyVersion> PolicyLife::draft(store::Session& store, const fs::path& policies,
                                              const std::string& pack, const std::string& note,
                                              const Doing& doing) {
  bool named = !pack.empty() && pack.find('/') == pack.npos && pack.front() != '.';
  std::error_code ignored;
  if (!named || !fs::exists(policies / pack / "pack.toml", ignored))
    return Error{"policy.unknown", "没有制度包“" + pack + "”", "pack", "放在 " + policies.string() + " 里"};
  Loaded loaded = load_pack(policies / pack);
  PolicyVersion out;
  out.pack = pack, out.title = loaded.pack.title, out.version = loaded.pack.version, out.hash = loaded.pack.hash;
  out.state = "draft", out.note = note;
  out.drafted_at = doing.at.str(), out.drafted_by = doing.actor;
  examine(loaded, base::Date(static_cast<int32_t>(doing.at.micros / 86'400'000'000)), out);
  // With the packs it imports or is made from, and theirs.
  std::set<std::string> packs = {pack};
  for (const fs::path& folder : loaded.folders) packs.insert(folder.filename().string());
  Files files;
  for (const std::string& one : packs)
    if (fs::exists(policies / one, ignored)) add_files(fs::absolute(policies / one).lexically_normal(), files);
  size_t bytes = 0;
  for (const auto& [path, content] : files) bytes += content.size();
  if (bytes > kLargest) return Error{"policy.life.large", "制度包超过 16 MB", "pack", "图片和表单另放"};
  base::JsonArray findings(out.findings.begin(), out.findings.end());
  std::optional<Error> refused;
  store.transaction([&] {
    for (const auto& row :
         store.query("SELECT version_id FROM policy_versions WHERE pack = ? AND hash = ?", {pack, out.hash}))
      refused =
          Error{"policy.life.same", "内容和第 " + std::to_string(row.integer(0)) + " 版一样", "pack", "先改文档"};
    if (refused) return;
    auto made = store.query(
        "INSERT INTO policy_versions (pack, title, label, hash, state, note, problems, cases, failed, findings,"
        " drafted_at, drafted_by) VALUES (?, ?, ?, ?, 'draft', ?, ?, ?, ?, ?, ?, ?) RETURNING version_id",
        {out.pack, out.title, out.version, out.hash, out.note, static_cast<int64_t>(out.problems),
         static_cast<int64_t>(out.cases), static_cast<int64_t>(out.failed), base::Json(findings).dump(),
         out.drafted_at, out.drafted_by});
    out.id = made.front().integer(0);
    for (const auto& [path, content] : files)
      store.exec("INSERT INTO policy_files (version_id, path, content) VALUES (?, ?, ?)",
                 {out.id, path, base::hex_of(content)});
    if (doing.also) doing.also(out);
  });
  if (refused) return *refused;
  return out;
}

base::Result<PolicyVersion> PolicyLife::approve(store::Session& store, int64_t id, const Doing& doing) {
  base::Result<PolicyVersion> out = Error{};
  store.transaction([&] {
    out = version(store, id);
    if (!out.ok()) return;
    const PolicyVersion& found = *out;
    if (found.state != "draft") out = state_error(found, "草稿");
    else if (found.problems || found.failed)
      out = Error{"policy.life.unsound",
                  "这一版有 " + std::to_string(found.problems) + " 处问题，" + std::to_string(found.failed) +
                      " 个案例不符",
                  "id", "改好文档，另起草一版"};
    else if (found.drafted_by == doing.actor)
      out = Error{"policy.life.self", "起草人不能批准自己起草的版本", "id", "由另一位有权的人批准"};
    if (!out.ok()) return;
    store.exec(
        "UPDATE policy_versions SET state = 'approved', approved_at = ?, approved_by = ? WHERE version_id = ?",
        {doing.at.str(), doing.actor, id});
    out = version(store, id);
    if (doing.also) doing.also(*out);
  });
  return out;
}

base::Result<PolicyVersion> PolicyLife::activate(store::Session& store, int64_t id, base::Date from,
                                                 base::Date today, const Doing& doing) {
  base::Result<PolicyVersion> out = Error{};
  store.transaction([&] {
    out = version(store, id);
    if (!out.ok()) return;
    if (out->state != "approved") out = state_error(*out, "已批准");
    else if (from < today)
      out = Error{"policy.life.past", from.str() + " 已经过去，用过的版本不能改", "from",
                  "从 " + today.str() + " 或以后启用"};
    if (!out.ok()) return;
    for (const auto& row : store.query("SELECT version_id FROM policy_versions WHERE pack = ? AND active_from = ?",
                                       {out->pack, from.str()})) {
      out = Error{"policy.life.taken", "第 " + std::to_string(row.integer(0)) + " 版也从 " + from.str() + " 启用",
                  "from", "换一天"};
      return;
    }
    if (auto refused = refused_day(store, *out, from)) {
      out = *refused;
      return;
    }
    store.exec(
        "UPDATE policy_versions SET state = 'activated', activated_at = ?, activated_by = ?, active_from = ?"
        " WHERE version_id = ?",
        {doing.at.str(), doing.actor, from.str(), id});
    out = version(store, id);
    if (doing.also) doing.also(*out);
  });
  return out;
}

fs::path PolicyLife::unpack(store::Session& store, const PolicyVersion& version) const {
  fs::path folder = room_ / version.hash;
  std::error_code ignored;
  fs::remove_all(folder, ignored);
  for (const auto& row :
       store.query("SELECT path, content FROM policy_files WHERE version_id = ?", {version.id})) {
    fs::path path = (folder / row.text(0)).lexically_normal();
    if (path.lexically_relative(folder).string().starts_with(".."))
      throw base::Broken("policy_files: " + row.text(0));
    fs::create_directories(path.parent_path());
    base::write_file_unsynced(path, base::bytes_of_hex(row.text(1)));
  }
  return folder / version.pack;
}

std::shared_ptr<const Pack> PolicyLife::open(store::Session& store, const PolicyVersion& version) {
  std::lock_guard lock(mutex_);
  if (auto found = opened_.find(version.hash); found != opened_.end()) return found->second;
  Loaded loaded = load_pack(unpack(store, version));
  if (loaded.pack.hash != version.hash)
    throw base::Broken("version " + std::to_string(version.id) + " of pack " + version.pack +
                       " is not what was drafted: its hash is " + loaded.pack.hash);
  return opened_[version.hash] = std::make_shared<const Pack>(std::move(loaded.pack));
}

}  // namespace guanhu::policy
