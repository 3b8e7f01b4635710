// Qualitative appraisal (定性考核): what a plan says. People judge people with a form of a pack; who judges whom,
// until when, and how the marks become one figure stands here. docs/qualitative-appraisal.md tells the whole.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/decimal.h"
#include "base/error.h"
#include "base/json.h"
#include "base/period.h"
#include "people/directory.h"

namespace guanhu::appraisal {

// Members of staff: those named, and those who hold one of the positions in one of the organisations (with all
// below them). An empty list of positions or organisations asks nothing; three empty lists choose nobody.
struct Selector {
  std::vector<std::string> positions, orgs, staff;
  bool empty() const { return positions.empty() && orgs.empty() && staff.empty(); }
};

// Who assesses, as seen from the one who is assessed. Nobody ever assesses himself.
enum class Relation {
  superior,      // heads of the nearest organisation upwards that has one; then those above them
  peers,         // the same position in the same branch
  subordinates,  // those whose nearest superior he is
  branch,        // everyone in the branch
  others,        // anyone outside of the branch
  chosen         // whoever is named
};

struct AssessorGroup {
  std::string name;  // "上级"
  Relation relation = Relation::chosen;
  base::Decimal weight;  // over 0; only the proportions of a plan's weights count
  Selector who;          // who of them; empty: all
  int most = 0;          // at most so many assessors for one person, drawn by a seed that is kept; 0: all.
                         // Of superiors: the nearest, one where nothing is said
};

struct PlanSpec {
  std::string title;
  base::Period period = base::Period::containing(base::PeriodKind::year, base::Date());
  std::string pack, form;  // the form of the version in force on the day the plan starts
  base::Instant starts_at, deadline;
  base::Instant closes_at;        // not before the deadline; what comes in between is late
  std::vector<int> remind_hours;  // before the deadline; descending
  bool anonymous = true;          // nobody learns who gave what, not even the department
  base::Decimal trim;             // share of the forms cut off at each end, 0 to under 0.5
  int min_assessors = 1;          // forms below which there is no result
  int min_group = 3;              // anonymous: figures of fewer forms are not shown
  bool rescale = true;            // a group that handed in nothing: its weight goes to the others; else no result
  int scale = 2;                  // digits after the point of the total
  bool delegation = true;         // a form may be handed on
  bool repeats = false;           // the plan of the next period follows by itself
  std::string fact;               // under this name the totals are recorded; "" not at all
  Selector assessed;
  std::vector<AssessorGroup> groups;
};

// Reads what a client sends. What is wrong with it goes to `faults` (code assess.plan, where "/groups/0/weight").
PlanSpec spec_of(const base::Json& json, std::vector<base::Error>& faults);
base::Json to_json(const PlanSpec& spec);
// Positions, organisations and staff that nobody knows.
void check_names(const PlanSpec& spec, const people::Directory& directory, std::vector<base::Error>& faults);

std::string_view relation_name(Relation relation);  // "superior"

// Who does something, when, and what the audit chain hears of it (`recorder`, called inside the transaction).
struct Act {
  std::string login, staff;
  base::Instant at;
  std::function<void(const std::string& actor, const std::string& action, const std::string& subject,
                     base::Json detail)>
      recorder = {};

  void record(const std::string& action, const std::string& subject, base::Json detail) const {
    if (recorder) recorder(login, action, subject, std::move(detail));
  }
};

}  // namespace guanhu::appraisal
