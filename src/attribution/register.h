// The register of assignments (客户服务指派): who serves a customer, an account or a loan from when on, as main
// (主办) and assisting (协办) managers with their shares, recorded by people of the bank. CUS-606
//
// An entry is never changed: it is asked for, comes into force (by itself, or when a second person agrees), is
// refused, or is taken back. From the moment it is in force it is *known*; results sealed before do not see it,
// and neither do they see that it was taken back. The warehouse has a copy that figures read (recorded.h);
// project() brings it up to date.
#pragma once
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/date.h"
#include "base/error.h"
#include "base/json.h"
#include "people/directory.h"
#include "store/migrations.h"
#include "store/store.h"
#include "warehouse/warehouse.h"

namespace guanhu::attribution {

// Tables of this module.
std::span<const store::Migration> migrations();

struct ManagerShare {
  std::string staff;
  bool main = false;
  int32_t share = 0;  // of 10,000
  friend bool operator==(const ManagerShare&, const ManagerShare&) = default;
};

struct Assign {
  std::string kind, id;       // "customer", "account", "loan"; its id
  std::string customer, org;  // whose it is, and the organisation it belongs to: for lists and scopes
  base::Date from;
  std::optional<base::Date> to;  // included
  std::vector<ManagerShare> managers;
  std::string reason;
  std::string origin = "desk";  // "desk", "handover", "claim", "proposal"
  int64_t origin_id = 0;
};

struct Registered {
  int64_t id = 0;
  Assign what;
  std::string state;  // "asked", "in_force", "refused", "taken_back"
  std::string made_at, made_by, made_person, checked_at, checked_by, check_note, ended_at, ended_by, ended_why;
};

// Who does something, when, on which day of the bank; `also` runs inside the transaction, for the audit record.
struct RegisterDoing {
  std::string login, person;
  base::Instant at;
  base::Date today;
  // Everything imported so far was known by then; what is recorded now becomes known after it.
  base::Instant floor;
  std::function<void(const std::string& action, const std::string& subject, base::Json detail)> also = {};
};
base::Instant known_floor(warehouse::Warehouse& db);

// Refused: assignment.kind, assignment.managers (none, twice the same, no main, two mains, shares that are not the
// whole exactly or not above 0), assignment.staff (unknown, or not in post on the first day), assignment.days,
// assignment.reason, assignment.open (another one of the same subject waits for its check).
base::Status check(store::Session& session, const people::Directory& directory, const Assign& ask);
// `second`: somebody else must agree first. Refused: as check().
base::Result<Registered> record_assignment(store::Session& session, const people::Directory& directory,
                                           const Assign& ask, bool second, const RegisterDoing& doing);
// The same for many, inside a transaction, without looking: the caller has checked them.
std::vector<Registered> record_in(store::Session& session, std::span<const Assign> asks, bool second,
                                  const RegisterDoing& doing);
// Refused: assignment.unknown, assignment.state, assignment.self (who asked does not agree), assignment.note (a
// refusal without its reason).
base::Result<Registered> decide_assignment(store::Session& session, int64_t id, bool agree,
                                           const std::string& note, const RegisterDoing& doing);
// Refused: assignment.unknown, assignment.state, assignment.reason.
base::Result<Registered> take_back(store::Session& session, int64_t id, const std::string& why,
                                   const RegisterDoing& doing);

struct EntryFilter {
  std::vector<std::string> states;  // empty: any
  std::string kind, id, customer;   // "": any
  std::string staff;                // one of the managers
  std::vector<std::string> orgs;    // empty: any
  std::string origin;
  int64_t origin_id = 0;
  size_t limit = 1000;
};
std::vector<Registered> entries(store::Session& session, const EntryFilter& filter);  // newest first
base::Result<Registered> entry(store::Session& session, int64_t id);                  // assignment.unknown

// Brings the warehouse's copy up to date; true when anything was missing. refresh_spans() comes after it.
bool project(store::Session& session, warehouse::Warehouse& db);

// A sentence of at least a character and at most 2000 characters' bytes, not only blanks.
bool is_sentence(const std::string& text);

}  // namespace guanhu::attribution
