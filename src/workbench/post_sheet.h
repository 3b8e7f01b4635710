// Duty sheets (岗位职责): what the house's pack says a post does. Whoever holds the post confirms having read and
// understood it, and confirms again when it has changed. A sheet is a record of kind "duty_sheet" (key: the post;
// a version each time it says something else), a confirmation one of kind "duty_read" (key: PERSON|POST; a version
// each time), both in the audit chain.
//
// ORG-304 ORG-323 ORG-324
#pragma once
#include <string>
#include <vector>

#include "policy/pack.h"
#include "records/records.h"

namespace guanhu::workbench {

inline constexpr const char* kSheetKind = "duty_sheet";
inline constexpr const char* kSheetRead = "duty_read";
inline constexpr const char* kDutiesDecision = "post-duties";

struct PostSheet {
  std::string post,
      digest;           // digest: of what it says, so that a pack's new version that says the same asks nobody
  std::string version;  // of the pack
};
// The posts that the pack's decision knows; none where it has no such decision.
std::vector<std::string> posts_in(const policy::Pack& pack);
// Their sheets on the day. Refused: what the decision refuses.
base::Result<std::vector<PostSheet>> sheets_of(const policy::Pack& pack, base::Date on);
std::string digest_of(const policy::Pack& pack, const base::Json& result);

// What to-dos are made of: written by the night run where a sheet says something else than before.
void keep_sheets(store::Session& session, const std::vector<PostSheet>& now, base::Date on,
                 const records::Doing& doing);
std::vector<PostSheet> kept_sheets(store::Session& session);

struct SheetRead {
  std::string person, post, digest, at;
};
std::vector<SheetRead> sheet_reads(store::Session& session);
// Confirming the same twice changes nothing. Refused: duties.changed (`digest` is not what it says now).
base::Result<SheetRead> confirm_sheet(store::Session& session, const std::string& person, const std::string& org,
                                      const PostSheet& now, const std::string& digest,
                                      const records::Doing& doing);

}  // namespace guanhu::workbench
