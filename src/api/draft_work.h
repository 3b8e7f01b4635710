// What the endpoints of drafts have in common: a draft with its files, what is wrong with it, a change of it.
#pragma once
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "api/draft_room.h"
#include "api/endpoint.h"
#include "api/policy_reading.h"
#include "api/services.h"
#include "policy/draft_change.h"

namespace guanhu::api {

struct DraftWork {
  policy::PolicyDraft draft;
  std::vector<policy::DraftFile> files;
  const policy::DraftFile* file(const std::string& path) const;  // null: not there, or taken out
};
// The draft the path names; 404.
std::variant<DraftWork, Refusal> draft_work(Services& s, const Call& call);
Refusal refused_draft(const base::Error& error);
policy::DraftDoing draft_doing(Services& s, store::Session& store, const Call& call, const char* action,
                               const std::string& path = "", const std::string& what = "");

// "第一章.md" of a draft's "policies/PACK/第一章.md", as errors and articles name it.
std::string path_in_draft(const policy::PolicyDraft& draft, const std::string& document);

base::Json draft_json(Services& s, const policy::PolicyDraft& draft, const OpenedDraft* opened);
base::Json draft_whole_json(Services& s, const policy::PolicyDraft& draft,
                            const std::vector<policy::DraftFile>& files);
base::Json draft_document_json(const DraftWork& work, const std::string& path);
base::Json findings_json(const policy::PolicyDraft& draft, const policy::Problems& problems);
// {right, wrong, cases}: all of them, or those that come out wrong.
base::Json cases_summary(Services& s, const policy::Loaded& loaded, const std::string& decision, bool only_wrong);
base::Json here_json(Services& s, int64_t draft);

// Puts a file into the draft (nothing: takes it out), tells others, and answers with what the checks say.
Outcome change_draft(Services& s, const Call& call, const DraftWork& work, const std::string& path,
                     const std::optional<std::string>& content, const std::string& what);
// The same of several documents as one change; the first is the one that is answered with.
Outcome change_draft(Services& s, const Call& call, const DraftWork& work,
                     const std::vector<policy::DraftChange>& changes, const std::string& what);
void tell_draft(Services& s, const Call& call, const policy::PolicyDraft& draft, const char* what,
                const std::string& path);

// Handlers of their own files.
Outcome edit_block(Services& s, const Call& call);
Outcome add_case(Services& s, const Call& call);
Outcome show_names(Services& s, const Call& call);
Outcome compose_draft(Services& s, const Call& call);
Outcome replay_draft(Services& s, const Call& call);

}  // namespace guanhu::api
