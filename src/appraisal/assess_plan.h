// Plans of qualitative appraisal and their life: draft -> approved (by somebody else) -> running (from the moment
// it starts) -> closed -> reported (by somebody else than the maker). What a plan started with never changes.
// QUA-613: a form's items with their entries and standards, the plan, its start, forms, to-dos, marks kept and
// resumed, the report.
#pragma once
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "appraisal/assess.h"
#include "appraisal/assess_pairs.h"
#include "policy/form.h"
#include "store/migrations.h"
#include "store/store.h"

namespace guanhu::appraisal {

std::span<const store::Migration> assessment_migrations();

struct Plan {
  int64_t id = 0, revision = 0;
  std::string state;  // "draft", "approved", "running", "closed", "reported"
  PlanSpec spec;
  std::optional<policy::Form> form;  // from its start on
  std::string pack_hash;
  std::optional<int64_t> previous;
  std::string made_by, made_at, checked_by, checked_at, started_at, closed_at, closed_by, reported_at, reported_by;
  std::string problem;
  int64_t reminded = 0;
  int64_t assessed = 0, forms = 0, submitted = 0;  // forms: without those recused
};

std::vector<Plan> plans(store::Session& store);  // newest first
// Refused: assess.unknown.
base::Result<Plan> plan(store::Session& store, int64_t id);
// The plans somebody is assessed in.
std::vector<int64_t> plans_about(store::Session& store, const std::string& staff);
std::vector<std::string> members(store::Session& store, int64_t plan);

// The spec has been checked (spec_of, check_names).
Plan make_plan(store::Session& store, const PlanSpec& spec, const Act& act);
// Refused: assess.unknown, assess.state (no draft), assess.stale (changed by somebody else since `revision`).
base::Result<Plan> change_plan(store::Session& store, int64_t id, int64_t revision, const PlanSpec& spec,
                               const Act& act);
// A draft, or one that is approved and has not started. Refused: as above.
base::Status drop_plan(store::Session& store, int64_t id, const Act& act);
// QUA-604. Refused: assess.state, assess.self (the maker), assess.past (its deadline has passed).
base::Result<Plan> approve_plan(store::Session& store, int64_t id, int64_t revision, const Act& act);
// Back to its maker, with a reason. Refused: assess.state, assess.self.
base::Result<Plan> return_plan(store::Session& store, int64_t id, const std::string& reason, const Act& act);

// What the world looks like when a plan starts.
struct FoundForm {
  policy::Form form;
  std::string pack_hash;
};
struct World {
  const people::Directory& directory;
  base::Date day;
  std::function<base::Result<FoundForm>(const std::string& pack, const std::string& form)> form;
};

// What happened by itself, for whoever must be told.
struct Happened {
  struct Due {
    int64_t plan = 0;
    std::string title, deadline;
    std::map<std::string, int64_t> waiting;  // forms each assessor has not handed in
  };
  std::vector<Due> started, reminded;
  std::vector<int64_t> closed;
};
// Starts approved plans whose time has come (QUA-606: >=), reminds, closes those whose time is over. Each in a
// transaction of its own; called before anything of plans is read. A plan that cannot start keeps the reason in
// `problem`.
Happened catch_up(store::Session& store, const World& world, const Act& act);
// Before its time is over: once everything is handed in, or after the deadline. Refused: assess.unknown,
// assess.state, assess.open (forms are missing and the deadline has not passed).
base::Result<Plan> close_plan(store::Session& store, int64_t id, const Act& act);
// By hand, beside the plan's own reminders. Refused: assess.unknown, assess.state, assess.none (everything is
// handed in), assess.soon (reminded less than an hour ago).
base::Result<Happened::Due> remind_plan(store::Session& store, int64_t id, const Act& act);

// What took place in a plan beside the filling in, oldest first.
struct Note {
  std::string at, actor, kind, assessor, assessed, other, reason;
};
std::vector<Note> notes(store::Session& store, int64_t plan);

// For the functions of this module. The plan's row stays locked until the transaction ends.
base::Result<Plan> locked_plan(store::Session& store, int64_t id);
void add_note(store::Session& store, int64_t plan, const Act& act, const std::string& kind,
              const std::string& assessor, const std::string& assessed, const std::string& other,
              const std::string& reason);
std::string subject_of_plan(int64_t id);  // "assessment_plan 3": in the audit chain

}  // namespace guanhu::appraisal
