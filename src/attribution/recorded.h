// Assignments that people of the bank recorded, as the warehouse holds them (docs/warehouse-schema.md,
// recorded_assignments), and what comes out of them together with the feed's (overlay.h).
//
// Their home is the store (register.h); the warehouse has a copy, so that figures, scopes and lists read both with
// the same statements. `assignment_spans` holds, of the subjects of which anything was recorded, the rows that
// decide now: derived, made anew by refresh_spans() after an import and after a recording.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "attribution/known.h"
#include "attribution/names.h"
#include "attribution/overlay.h"
#include "attribution/read.h"
#include "warehouse/warehouse.h"

namespace guanhu::attribution {

// The name under which explanations show a recorded assignment as a source row; its line is the entry's number.
inline constexpr const char* kRecordedTable = "recorded_assignments";

struct RecordedPart {
  std::string staff;
  bool main = false;
  int64_t raw = 0;  // 1/100,000,000
};

struct RecordedEntry {
  int64_t entry = 0;
  std::string kind, id;  // subject: "account", "loan", "customer"
  int32_t from = 0, to = kForever;
  int64_t known = 0;  // µs: from then on it was known
  std::string reason, made_by;
  std::vector<RecordedPart> parts;
};

// What is known of a subject, in the order in which it became known.
using RecordedOf = std::map<std::pair<std::string, std::string>, std::vector<RecordedEntry>>;  // by kind, id
// `kind` "": all kinds. `where`: more SQL over p, "" all.
RecordedOf read_recorded(warehouse::Warehouse& db, const Known& known, const std::string& kind,
                         const std::string& where = "");

bool anything_recorded(warehouse::Warehouse& db, const Known& known);

// As regimes for overlay(); staff get their numbers from `names` (new ones are added).
std::vector<RecordedRegime> regimes_of(const std::vector<RecordedEntry>& entries, Names& names);

// Makes assignment_spans anew from everything that is known. Cheap where nothing was ever recorded.
void refresh_spans(warehouse::Warehouse& db);

// How each entry that counts stands on a day against what the feed says, and since when it is confirmed.
struct EntryStanding {
  RecordedEntry entry;
  Standing standing = Standing::waiting;
  std::optional<int32_t> confirmed_on;
  std::vector<RecordedPart> feed;  // whom the feed names on that day instead
};
std::vector<EntryStanding> standings_on(warehouse::Warehouse& db, const Known& known, base::Date day);

// A subquery of the assignments that count now, each with subject_kind, subject_id, staff_id, role, share,
// valid_from, valid_to: the feed's and what was recorded. `where`: SQL over f on subject_kind, subject_id and
// staff_id only. `until`: only what was imported for business dates up to it (for what stood then).
std::string holdings_sql(const std::string& where = "", const std::string& until = "");

}  // namespace guanhu::attribution
