// Drafts of packs that people work on: the files of a pack as they are being changed, who changed them when, and
// what they were at the beginning. A draft that is done becomes a version (life.h), which somebody else approves.
//
// Two people may work on one draft: every change names the revision it was made on, and is refused when somebody
// else was faster.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "policy/life.h"
#include "store/store.h"

namespace guanhu::policy {

// Path below the pack's folder ("pack.toml", "第一章.md") to content.
using PackFiles = std::map<std::string, std::string>;

struct DraftBase {
  std::string kind;                // "installed", "version", "new"
  std::optional<int64_t> version;  // of kind "version"
  std::string label, hash;         // the pack's version and hash; "" of a new one
};

struct PolicyDraft {
  int64_t id = 0;
  std::string pack, title;
  std::string state;  // "open", "submitted", "discarded"
  DraftBase base;
  std::string note;
  int64_t revision = 0;  // from 1
  std::string made_at, made_by, changed_at, changed_by;
  std::vector<std::string> editors;  // who ever changed it, its maker first
  std::optional<int64_t> version;    // that it became
};

// Who does something and when; `also` runs inside the same transaction (the audit record).
struct DraftDoing {
  std::string actor;
  base::Instant at;
  std::function<void(const PolicyDraft&)> also = {};
};

struct DraftFile {
  std::string path;
  std::optional<std::string> content;  // nothing: taken out
  std::optional<std::string> base;     // as it was at the beginning; nothing: new
  bool changed() const { return content != base; }
};

class PolicyDrafts {
 public:
  // Refused: policy.life.large.
  static base::Result<PolicyDraft> make(store::Session& store, const std::string& pack, const std::string& title,
                                        const DraftBase& base, const PackFiles& files, const PackFiles& before,
                                        const std::string& note, const DraftDoing& doing);
  // Newest first; "" any pack, any state.
  static std::vector<PolicyDraft> all(store::Session& store, const std::string& pack, const std::string& state);
  // Refused: policy.draft.unknown.
  static base::Result<PolicyDraft> find(store::Session& store, int64_t id);
  static std::vector<DraftFile> files(store::Session& store, int64_t id);
  // Puts one file in place of what it was (nothing: takes it out). `what` says in words what was done. Refused:
  // policy.draft.unknown, .state (submitted or discarded), .revision (somebody else changed it), .path, and
  // policy.life.large.
  static base::Result<PolicyDraft> change(store::Session& store, int64_t id, int64_t revision,
                                          const std::string& path, const std::optional<std::string>& content,
                                          const std::string& what, const DraftDoing& doing);
  // Ends it: as a version, or discarded when there is none. Refused as above.
  static base::Result<PolicyDraft> end(store::Session& store, int64_t id, int64_t revision,
                                       std::optional<int64_t> version, const DraftDoing& doing);

  // The same inside of a transaction of the caller.
  static base::Result<PolicyDraft> end_inside(store::Session& store, int64_t id, int64_t revision,
                                              std::optional<int64_t> version, const DraftDoing& doing);

  // Who changed the draft that became the version; empty where it was no draft.
  static std::vector<std::string> editors_of_version(store::Session& store, int64_t version);
};

// The files of a pack below a folder. Refused (file.read): what cannot be read.
base::Result<PackFiles> read_pack_files(const std::filesystem::path& folder);
// Whether a file of that name may stand in a pack: no hidden ones, none outside of it.
bool is_pack_path(const std::string& path);

}  // namespace guanhu::policy
