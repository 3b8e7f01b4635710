// The pack behind a run: kept in the store with its first publication, so that it can be opened for as long as the
// run is.
#include <set>

#include "appraisal/detail/pack_room.h"
#include "appraisal/life_replay.h"
#include "base/digest.h"
#include "base/files.h"
#include "base/hex.h"
#include "policy/life.h"
#include "policy/load.h"

namespace guanhu::appraisal {

namespace fs = std::filesystem;
using base::Error;

namespace {

using Files = std::vector<std::pair<std::string, std::string>>;

// What a pack was read from: its own folder and those beside it that it needs. Hidden files are no part of it.
Files files_in(const std::vector<fs::path>& folders) {
  Files out;
  std::set<fs::path> seen;
  std::error_code ignored;
  for (const auto& named : folders) {
    const fs::path folder = fs::absolute(named).lexically_normal();
    if (!fs::is_directory(folder, ignored) || !seen.insert(folder).second) continue;
    for (fs::recursive_directory_iterator walk(folder), end; walk != end; ++walk) {
      const bool hidden = walk->path().filename().string().starts_with(".");
      if (hidden && walk->is_directory()) walk.disable_recursion_pending();
      if (hidden || !walk->is_regular_file()) continue;
      auto content = base::read_file(walk->path());
      if (!content) throw base::Broken(content.error().text());
      out.emplace_back((folder.filename() / walk->path().lexically_relative(folder)).generic_string(), *content);
    }
  }
  return out;
}

std::shared_ptr<const policy::Pack> kept_pack(const Desk& desk, const std::string& id, const std::string& hash) {
  const Files files = kept_pack_files(desk.store(), hash);
  if (files.empty()) return nullptr;
  detail::PackRoom here(desk.room());
  for (const auto& [path, content] : files) here.write(path, content);
  policy::Loaded loaded = here.load(id);
  if (loaded.pack.hash != hash)
    throw base::Broken("the pack " + id + " that was kept with a run is not what it was: its hash is " +
                       loaded.pack.hash + ", not " + hash);
  return std::make_shared<const policy::Pack>(std::move(loaded.pack));
}

std::optional<RunPack> pack_in(const fs::path& folder, const std::string& hash) {
  std::error_code ignored;
  if (!fs::exists(folder / "pack.toml", ignored)) return std::nullopt;
  policy::Loaded loaded = policy::load_pack(folder);
  if (loaded.pack.hash != hash || !loaded.problems.errors.empty()) return std::nullopt;
  Files files = files_in(loaded.folders);
  return RunPack{std::make_shared<const policy::Pack>(std::move(loaded.pack)), std::move(files)};
}

}  // namespace

base::Result<RunPack> pack_of_run(const Desk& desk, const std::string& scheme, const std::string& hash) {
  const std::string id = scheme.substr(0, scheme.find('/'));
  if (auto kept = kept_pack(desk, id, hash)) return RunPack{std::move(kept), {}};
  if (auto installed = pack_in(desk.policies / id, hash)) return std::move(*installed);
  for (const auto& version : policy::PolicyLife::versions(desk.store(), id)) {
    if (version.hash != hash) continue;
    detail::PackRoom here(desk.room());
    policy::PolicyLife life(here.folder());
    life.open(desk.store(), version);
    if (auto found = pack_in(life.folder(version), hash)) return std::move(*found);
  }
  return Error{"life.pack", "算这一次用的制度包 " + id + " (" + hash.substr(0, 12) + ") 已经不在了", "run",
               "制度包改过了: 用现在的重新计算一次, 再公布"};
}

std::vector<std::pair<std::string, std::string>> kept_pack_files(store::Session& session,
                                                                 const std::string& hash) {
  Files out;
  for (const auto& row :
       session.query("SELECT path, content FROM run_packs WHERE pack_hash = ? ORDER BY path", {hash}))
    out.emplace_back(row.text(0), base::bytes_of_hex(row.text(1)));
  return out;
}

base::Result<RunPack> installed_pack(const Desk& desk, const std::string& id) {
  policy::Loaded loaded = policy::load_pack(desk.policies / id);
  if (!loaded.problems.errors.empty()) return loaded.problems.first();
  Files files = files_in(loaded.folders);
  return RunPack{std::make_shared<const policy::Pack>(std::move(loaded.pack)), std::move(files)};
}

void keep_pack(store::Session& session, const std::string& hash, const RunPack& pack) {
  for (const auto& [path, content] : pack.files)
    session.exec("INSERT INTO run_packs (pack_hash, path, content) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                 {hash, path, base::hex_of(content)});
}

base::Result<policy::Pack> deadline_pack(const Desk& desk) {
  return policy::open_pack(desk.policies, kDeadlinePack);
}

}  // namespace guanhu::appraisal
