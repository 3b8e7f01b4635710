// Drafts opened: their files laid out as a pack beside the installed ones, read and checked; and who is looking at
// which draft just now.
#pragma once
#include <atomic>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/json.h"
#include "policy/drafts.h"
#include "policy/load.h"

namespace guanhu::api {

// A draft as it was read at one revision. Its files are gone with it.
struct OpenedDraft {
  std::filesystem::path room;      // removed with it
  std::filesystem::path policies;  // holds the draft and, as links, the installed packs
  std::filesystem::path folder;    // of the draft
  policy::Loaded loaded;
  ~OpenedDraft();
};
using OpenedDraftPtr = std::shared_ptr<const OpenedDraft>;
// The pack of a draft, which keeps the draft.
inline std::shared_ptr<const policy::Pack> pack_in(const OpenedDraftPtr& draft) {
  return {draft, &draft->loaded.pack};
}

class DraftRoom {
 public:
  // `room`: a folder of the bank, emptied. `policies`: the installed packs.
  DraftRoom(std::filesystem::path room, std::filesystem::path policies);

  // As it is now; read once for each revision.
  OpenedDraftPtr open(const policy::PolicyDraft& draft, const std::vector<policy::DraftFile>& files);
  // As it was at the beginning; null of a new one.
  OpenedDraftPtr base(const policy::PolicyDraft& draft, const std::vector<policy::DraftFile>& files);
  // With another text in one document, which nobody keeps.
  OpenedDraftPtr with(const policy::PolicyDraft& draft, const std::vector<policy::DraftFile>& files,
                      const std::string& path, const std::string& text);
  // What is known of it without reading it; null: nothing.
  OpenedDraftPtr known(const policy::PolicyDraft& draft);

  struct Visitor {
    std::string login, name, path;
    int line = 0;
    base::Instant since, seen;
  };
  // Says that somebody looks at a draft; forgotten after 45 seconds. True: this was news.
  bool here(int64_t draft, const Visitor& visitor);
  std::vector<Visitor> visitors(int64_t draft, base::Instant now);

 private:
  OpenedDraftPtr lay_out(const std::string& pack, const policy::PackFiles& files);
  OpenedDraftPtr kept(const std::string& key, const std::string& pack, const policy::PackFiles& files);

  std::filesystem::path room_, policies_;
  std::atomic<uint64_t> made_{0};
  std::mutex mutex_;
  std::vector<std::pair<std::string, OpenedDraftPtr>> opened_;  // newest last
  std::map<int64_t, std::map<std::string, Visitor>> visitors_;
};

}  // namespace guanhu::api
