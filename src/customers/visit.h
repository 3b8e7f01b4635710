// Visits (走访): planned, then done, missed or moved to another day; what was found, by a list of the pack and in
// words; what follows from it; photos and the place. A visit is a record of kind "visit" (records/records.h): each
// correction is a version. What it is for, which list it answers and what it counts as are a pack's
// (policies/customer-visits): this header knows only their names.
//
// RPT-617, PLM-301, PLM-613, PLN-302
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/date.h"
#include "base/decimal.h"
#include "base/error.h"
#include "base/json.h"
#include "records/records.h"
#include "store/store.h"

namespace guanhu::customers {

inline constexpr const char* kVisitKind = "visit";
inline constexpr const char* kVisitCommentKind = "visit_comment";  // parent: the visit

// Where a device said it was, or why it said nothing.
struct Position {
  std::string state = "none";  // "taken"; "refused" by its owner; "unavailable": no signal; "none": not asked
  base::Decimal lat, lon;      // degrees, WGS 84; only when taken
  int64_t accuracy = 0;        // metres, as the device said; only when taken
  std::string at;              // moment of the device's clock; only when taken
};

struct VisitPhoto {
  std::string digest;    // of the kept file (records::keep_file)
  std::string original;  // SHA-256 before it was shrunk, hex; "" when it was not
  std::string name, note;
  std::string taken_at;  // moment
  Position position;
};

// Becomes a to-do when the visit is done. `id`: its own within the visit, so that it becomes one only once.
struct FollowUp {
  std::string id, text;
  base::Date due;
  std::string assignee;  // member of staff; "": who made the visit
};

struct Visit {
  std::string title;                   // a line for lists, made by the caller
  std::vector<std::string> customers;  // numbers; none where a place is visited
  std::string place;                   // village, market, street, address
  base::Date day;
  std::string time;  // "09:30"; "": any
  std::string purpose, method;
  std::vector<std::string> companions;  // members of staff
  std::string with;                     // who else came along
  std::string ask;                      // what to know and ask, prepared before
  std::vector<int64_t> todos;           // to-dos that asked for it
  // What came of it.
  std::string started, ended;  // moments; "" not said
  Position position;
  std::string findings;
  std::string checklist;  // of the pack
  base::Json answers;     // an object; null: none
  std::vector<FollowUp> follow_ups;
  std::vector<VisitPhoto> photos;
  std::string reason;  // why it was missed or moved
  int64_t moved_from = 0, moved_to = 0;
  base::Json device;  // null; of what was written without network: {"device", "made_at", "sent_at", "skew"}
};

// Of an API body or a stored record; members that are not there stay empty. The shape has been checked.
Visit visit_of(const base::Json& body);
Visit visit_of(const records::Record& record);
base::Json to_json(const Visit& visit);
base::Json to_json(const Position& position);

// Whose it is, and the key by which a second sending of the same is known.
struct VisitOwner {
  std::string owner, org, key;
};

// States: planned, done, missed, moved. Refused: visit.who (no customer and no place), visit.customers (more than
// 30, one twice), visit.time, visit.state (not in this state), visit.findings, visit.times (the end before the
// start, or later than `latest`), visit.position, visit.photo, visit.follow, visit.reason; and as records::write.
base::Result<records::Record> plan_visit(store::Session& session, const Visit& visit, const VisitOwner& owner,
                                         const records::Doing& doing);
// Done without having been planned. `latest`: nothing may have happened after it (now, and what clocks may
// differ).
base::Result<records::Record> record_visit(store::Session& session, const Visit& visit, const VisitOwner& owner,
                                           base::Instant latest, const records::Doing& doing);
// A planned one: everything of the plan. A done one: a correction, which needs `why`.
struct VisitChange {
  int64_t id = 0, version = 0;
  Visit visit;
  std::string why;
  base::Instant latest;
};
base::Result<records::Record> change_visit(store::Session& session, const VisitChange& change,
                                           const records::Doing& doing);
base::Result<records::Record> finish_visit(store::Session& session, const VisitChange& change,
                                           const records::Doing& doing);

struct VisitStep {
  int64_t id = 0, version = 0;
  std::string reason;
};
base::Result<records::Record> miss_visit(store::Session& session, const VisitStep& step,
                                         const records::Doing& doing);
// The old one says where it went; the answer is the new one.
base::Result<records::Record> move_visit(store::Session& session, const VisitStep& step, base::Date day,
                                         const std::string& time, const records::Doing& doing);
// A missed one is planned again.
base::Result<records::Record> reopen_visit(store::Session& session, const VisitStep& step,
                                           const records::Doing& doing);
// A plan that was a mistake leaves every list.
base::Result<records::Record> withdraw_visit(store::Session& session, const VisitStep& step,
                                             const records::Doing& doing);

// Comments of superiors and answers to them. Refused: visit.comment (nothing written), record.unknown.
base::Result<records::Record> comment_on_visit(store::Session& session, int64_t visit, const std::string& text,
                                               const VisitOwner& owner, base::Date day,
                                               const records::Doing& doing);

// ------------------------------------------------------------------------------------- by customer

// Visits to the customer, also where he was not the only one: their numbers, the newest day first.
std::vector<int64_t> visits_to(store::Session& session, const std::string& customer, size_t limit = 1000);

// Where a done visit to a customer took place, as the device said; the newest.
struct SeenAt {
  std::string customer, lat, lon;
  int64_t accuracy = 0, visit = 0;
  base::Date day;
};
std::vector<SeenAt> places_seen(store::Session& session, const std::vector<std::string>& customers);
// The last day a customer was visited (done); customers never visited are not there.
struct LastVisit {
  std::string customer;
  base::Date day;
};
std::vector<LastVisit> last_visits(store::Session& session, const std::vector<std::string>& customers);

}  // namespace guanhu::customers
