// Several documents of a draft changed as one: one revision, one maker, all of them or none.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "policy/drafts.h"

namespace guanhu::policy {

struct DraftChange {
  std::string path;
  std::optional<std::string> content;  // nothing: taken out
};

// Refused as PolicyDrafts::change(), with the path it is about in the message; then nothing was changed. Without
// any change: policy.draft.path.
base::Result<PolicyDraft> change_documents(store::Session& store, int64_t id, int64_t revision,
                                           const std::vector<DraftChange>& changes, const std::string& what,
                                           const DraftDoing& doing);

}  // namespace guanhu::policy
