// What the handlers of plans, logs and meetings share: the rules of the pack, the bank's own now, who is whose
// superior, who works below an organisation, a plan as JSON with what it has reached by the facts.
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "api/desk.h"
#include "people/teams.h"
#include "workbench/meeting.h"
#include "workbench/plan.h"
#include "workbench/plan_counts.h"
#include "workbench/todo_facts.h"
#include "workbench/work_rules.h"
#include "workbench/worklog_check.h"

namespace guanhu::api {

class PlanDesk : public Desk {
 public:
  PlanDesk(Services& services, const Call& call);
  ~PlanDesk();

  // Refused: work.rules (the pack is not installed, or broken), calendar.line.
  std::optional<Refusal> open_rules();
  const workbench::WorkRules& rules() const { return *rules_; }  // after open_rules() without refusal
  base::Instant bank_now() const { return workbench::bank_now(today(), now()); }
  workbench::TodoDoing todo_doing();

  std::string superior(const std::string& staff);
  // In post today: of the organisation and everything below it, by name.
  std::vector<const people::Staff*> staff_below(const std::string& org) const;
  // Those that the permission reaches; `org` "": all of them.
  std::vector<const people::Staff*> staff_in_reach(people::Permission permission, const std::string& org);
  // Whose logs and plans are wanted.
  bool writes(const people::Staff& staff) const { return rules_->log_required(staff.position); }
  // Somebody whom the permission reaches, or nothing.
  const people::Staff* person_in_reach(people::Permission permission, const std::string& staff);

  // Of a registered team: whoever is in it on a day of the period.
  std::vector<std::string> people_of(const workbench::WorkPlan& plan);
  // The team of a plan with its dated members; null: it has none. Read once.
  const people::Team* team_of(const workbench::WorkPlan& plan);
  bool leads(const workbench::WorkPlan& plan);  // the asker leads its team today
  // Whether what the person does on the day counts for the plan: in a registered team only while they are in it.
  bool counts(const workbench::WorkPlan& plan, const std::string& staff, base::Date day);
  // Nothing: not there, or not the asker's to see.
  std::optional<workbench::WorkPlan> plan(const std::string& id);
  base::Json people_json(const std::vector<std::string>& staff) const;  // [{"staff", "name"}]
  workbench::PlanSaid said(const std::string& what, const std::string& text);

 private:
  std::shared_ptr<const policy::Pack> pack_;
  std::unique_ptr<workbench::BusinessCalendar> calendar_;
  std::unique_ptr<workbench::WorkRules> rules_;
  std::unique_ptr<workbench::RoleFinder> finder_;
  std::map<int64_t, std::optional<people::Team>> teams_;
};

// What plans have reached, for many plans at once: facts of everybody are read once for each span and counter.
class PlanProgress {
 public:
  // `people`: all whose counts may be asked; nobody: those of each plan.
  PlanProgress(PlanDesk& desk, std::vector<std::string> people) : desk_(desk), people_(std::move(people)) {}

  struct Reached {
    std::optional<base::Decimal> value, share;
    std::string standing = "unknown", reason, opens;  // opens: "figure", "counted", "" nothing to open
    base::Json parts = base::JsonArray{};             // of several holders: [{"holder", "name", "value"}]
  };
  // In the order of the plan's items.
  std::vector<Reached> of(const workbench::WorkPlan& plan);
  std::vector<workbench::Counted> counted(const workbench::WorkPlan& plan, const workbench::PlanItem& item);
  base::Decimal passed(const workbench::WorkPlan& plan) const;

 private:
  Reached figure(const workbench::WorkPlan& plan, const workbench::PlanItem& item);
  Reached said(const workbench::PlanItem& item, const workbench::WorkPlan& plan);

  PlanDesk& desk_;
  std::vector<std::string> people_;
  std::map<std::string, std::vector<workbench::Counted>> kept_;  // by counter and span
};

// What each member of a registered team has done of what is counted, of all for the leader and who is above, else
// of the asker: [{"staff", "name", "leads", "from", "to", "here", "items": [{"item", "value"}]}].
base::Json team_progress(PlanDesk& desk, const workbench::WorkPlan& plan, PlanProgress& progress);
base::Json plan_json(PlanDesk& desk, const workbench::WorkPlan& plan, PlanProgress& progress);
// A line of a list.
base::Json plan_line(PlanDesk& desk, const workbench::WorkPlan& plan, PlanProgress& progress);

// Parts of plan_endpoints().
Table plan_step_endpoints();
Table plan_overview_endpoints();
Table work_log_endpoints();
Table log_check_endpoints();
Table meeting_endpoints();
Table meeting_step_endpoints();
// Parts of plan_shapes().
void log_shapes(Schemas& out);
void meeting_shapes(Schemas& out);

// Before a run: 422 with the error of the rules.
template <class Body>
Outcome with_rules(Services& services, const Call& call, Body body) {
  PlanDesk desk(services, call);
  if (auto refused = desk.open_rules()) return *refused;
  return body(desk);
}

}  // namespace guanhu::api
