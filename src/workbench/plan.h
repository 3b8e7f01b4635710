// Work plans (工作计划): what a person, a team or an organisation means to reach in a year, quarter, month or
// week. A plan is a record of the kind "work_plan" (records/records.h): versions, files and search come from
// there; this says what its body is, how it lives and how it hangs together with the plan before it, above it and
// its to-dos.
//
//   draft -> submitted -> confirmed -> reviewed;  submitted -> returned -> submitted;  confirmed -> draft
//   (changed)
//
// What was reached is not written here: it is taken from facts (api/plan_progress.h) and only kept with the
// review.
#pragma once
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/decimal.h"
#include "records/records.h"
#include "workbench/plan_period.h"
#include "workbench/todo.h"

namespace guanhu::workbench {

// Tables of plans, logs and meetings: drafts, marks, mentions.
std::span<const store::Migration> plan_migrations();

inline constexpr const char* kWorkPlan = "work_plan";
inline constexpr size_t kPlanItems = 60;

struct PlanItem {
  int64_t id = 0;       // within its plan, given by the program
  std::string kind;     // "figure" of a scheme, "count" of what was done, "text", "task"
  std::string title;    // one line, 1 to 200 characters
  std::string scheme;   // of a figure: "PACK/SCHEME"
  std::string figure;   // and its name there
  std::string counted;  // of a count: what (plan_counts.h)
  std::string unit;
  std::optional<base::Decimal> target;  // of figures and counts, in the unit; above 0
  bool done = false;                    // of texts: said by whoever reports
  std::string result;                   // and what came of it
  std::optional<base::Date> due;        // of tasks; within the period
  std::string assignee, customer;       // of tasks
  // Where it was carried forward from: 0, or the plan and the item there, with what was missing.
  int64_t carried_plan = 0, carried_item = 0;
  std::string carried_period;
};

struct PlanSaid {
  std::string at, by, person;
  std::string what;  // "submitted", "confirmed", "returned", "comment", "reviewed", "reopened"
  std::string text;
};

struct WorkPlan {
  records::Record record;            // owner, org, day and until of the period, parent: the plan it was split from
  std::string scope;                 // "person", "team", "org"
  std::string team;                  // name of a team
  int64_t team_id = 0;               // people/teams.h: members are whoever is in it, on their days; 0: `members`
  std::vector<std::string> members;  // of a team that is not registered, staff
  PlanPeriod period;
  std::string summary;  // free text, at most 8000 characters
  std::vector<PlanItem> items;
  std::vector<PlanSaid> said;
  // With the review: what each item had reached then, by the facts: [{"item", "value", "share", "standing"}].
  base::Json reached = base::JsonArray{};

  bool confirmed() const { return record.state == "confirmed" || record.state == "reviewed"; }
};

// Throws Broken when the body is none of ours.
WorkPlan plan_of(const records::Record& record);
base::Json body_of(const WorkPlan& plan);
// What people may send as items: refused plan.item (which one, what is wrong); ids are kept where they are there.
base::Result<std::vector<PlanItem>> items_of(const base::Json& items, const PlanPeriod& period);
base::Json json_of(const PlanItem& item);

struct PlanAsk {
  std::string scope, owner, org, team;
  int64_t team_id = 0;  // of a registered team; then `members` is empty
  std::vector<std::string> members;
  PlanPeriod period;
  std::string summary, title;  // title: "" gives "OWNER's period"
  std::vector<PlanItem> items;
  int64_t parent = 0;
};
std::string plan_key(const PlanAsk& ask);

// All may be refused by records::write; those below also plan.state (what it is, and what one can do then).
//
// Refused: plan.scope, plan.team (a team without a name, or without members and not registered), record.key (there
// is one already: `where` its number).
base::Result<WorkPlan> make_plan(store::Session& session, const PlanAsk& ask, const records::Doing& doing);
// PLN-607. A confirmed plan that is changed is a draft again and needs to be confirmed anew: plan.why without a
// reason. Items that became to-dos stay; a to-do of an item that is left out is the superior's to cancel.
base::Result<WorkPlan> change_plan(store::Session& session, int64_t id, int64_t version,
                                   const std::string& summary, std::vector<PlanItem> items, const std::string& why,
                                   const records::Doing& doing);
// From now on the owner's plans reach until its last day (计划到 of duties). Refused: plan.empty (nothing in it).
base::Result<WorkPlan> submit_plan(store::Session& session, int64_t id, int64_t version, const PlanSaid& said,
                                   const records::Doing& doing);
// Key of the to-do a task becomes (Todo::key).
std::string task_key(int64_t plan, int64_t item);
// PLN-001: tasks become to-dos. `names`: of customers.
base::Result<WorkPlan> confirm_plan(store::Session& session, int64_t id, int64_t version, const PlanSaid& said,
                                    const std::function<std::string(const std::string&)>& names,
                                    const TodoDoing& todo_doing, const records::Doing& doing);
// Refused: plan.why.
base::Result<WorkPlan> return_plan(store::Session& session, int64_t id, int64_t version, const PlanSaid& said,
                                   const records::Doing& doing);
base::Result<WorkPlan> comment_plan(store::Session& session, int64_t id, int64_t version, const PlanSaid& said,
                                    const records::Doing& doing);
// What became of a text or a task: by its owner. Refused: plan.item.
base::Result<WorkPlan> report_item(store::Session& session, int64_t id, int64_t version, int64_t item, bool done,
                                   const std::string& result, const records::Doing& doing);
// After the period: what was reached by the facts stays with the plan. Refused: plan.early (the period runs).
base::Result<WorkPlan> review_plan(store::Session& session, int64_t id, int64_t version, const PlanSaid& said,
                                   base::Json reached, base::Date today, const records::Doing& doing);

// What is not reached goes into the plan of the next period, which is made when it is not there: of figures and
// counts what is missing, of texts and tasks the whole. `missing`: by item; nothing: reached or not to be carried.
// What was carried already is not carried twice. Refused: plan.nothing; plan.state when the next one is confirmed.
struct Missing {
  int64_t item = 0;
  std::optional<base::Decimal> short_of;
};
base::Result<WorkPlan> carry_forward(store::Session& session, int64_t id, std::span<const Missing> missing,
                                     const records::Doing& doing);
// The plan in its shorter periods, those that have none yet: counts and sums split evenly, the rest to the last;
// figures at the end of a period (`whole`: by item) stand in each with their target. Returns what was made;
// refused: plan.split (a week, or every part has its plan).
base::Result<std::vector<WorkPlan>> split_plan(store::Session& session, int64_t id,
                                               const std::function<bool(const PlanItem&)>& whole,
                                               const records::Doing& doing);

}  // namespace guanhu::workbench
