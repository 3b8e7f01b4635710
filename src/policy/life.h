// The life of a pack in a bank: a draft is kept with what the checks and its cases say, somebody else approves
// it, it comes into force on a day. What was ever in force never changes.
//
// The bank keeps every file of a version, and of the packs it imports, in its store: what a decision of
// three years ago rested on can be opened, read and asked again.
#pragma once
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/date.h"
#include "base/error.h"
#include "policy/pack.h"
#include "store/migrations.h"
#include "store/store.h"

namespace guanhu::policy {

// Tables of versions, of their files and of recorded decisions.
std::span<const store::Migration> life_migrations();

struct PolicyVersion {
  int64_t id = 0;
  std::string pack, title, version, hash;
  std::string state;  // "draft", "approved", "activated"
  std::string note;   // why it was drafted
  size_t problems = 0, cases = 0, failed = 0;
  std::vector<std::string> findings;  // problems and failed cases, in words
  std::string drafted_at, drafted_by, approved_at, approved_by, activated_at, activated_by;  // "" not yet
  std::optional<base::Date> active_from;
};

// Who does something and when; `also` runs inside the same transaction (the audit record).
struct Doing {
  std::string actor;
  base::Instant at;
  std::function<void(const PolicyVersion&)> also = {};
};

class PolicyLife {
 public:
  // `room`: a folder of the bank in which versions are unpacked to be read.
  explicit PolicyLife(std::filesystem::path room) : room_(std::move(room)) {}

  // Keeps the pack as it lies in `policies` now, with what is wrong with it. Refused: policy.unknown,
  // policy.life.same (this very content is kept already), policy.life.large (more than 16 MB).
  base::Result<PolicyVersion> draft(store::Session& store, const std::filesystem::path& policies,
                                    const std::string& pack, const std::string& note, const Doing& doing);
  // By somebody else than the author. Refused: policy.life.unknown, policy.life.state, policy.life.unsound
  // (problems or failing cases), policy.life.self.
  base::Result<PolicyVersion> approve(store::Session& store, int64_t id, const Doing& doing);
  // From `from` on, not before `today`. Refused: as above, policy.life.past, policy.life.taken (another
  // version comes into force on that day), policy.life.outside and policy.life.overlap (edition.h).
  base::Result<PolicyVersion> activate(store::Session& store, int64_t id, base::Date from, base::Date today,
                                       const Doing& doing);

  // Newest first; of one pack, or of all when it is "".
  static std::vector<PolicyVersion> versions(store::Session& store, const std::string& pack);
  static base::Result<PolicyVersion> version(store::Session& store, int64_t id);
  // The version in force on the day; nothing where none has been activated up to it.
  static std::optional<PolicyVersion> in_force(store::Session& store, const std::string& pack, base::Date day);

  // The pack itself, read once and kept. Throws Broken when what is kept is not what was drafted.
  std::shared_ptr<const Pack> open(store::Session& store, const PolicyVersion& version);
  // Where the files of a version that has been opened lie.
  std::filesystem::path folder(const PolicyVersion& version) const { return room_ / version.hash / version.pack; }

 private:
  std::filesystem::path unpack(store::Session& store, const PolicyVersion& version) const;

  std::filesystem::path room_;
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<const Pack>> opened_;  // by hash
};

}  // namespace guanhu::policy
