// Tables of qualitative appraisal.
#include "appraisal/assess_plan.h"

namespace guanhu::appraisal {

namespace {

constexpr store::Migration kSteps[] = {
    {1, "plans of qualitative appraisal, their forms and results, declared relatives",
     "CREATE TABLE assess_plans ("
     "  plan_id {serial},"
     "  state TEXT NOT NULL CHECK (state IN ('draft', 'approved', 'running', 'closed', 'reported')),"
     "  revision {bigint} NOT NULL,"
     "  spec TEXT NOT NULL,"  // JSON: PlanSpec
     "  form TEXT,"           // JSON: what it was started with
     "  pack_hash TEXT,"
     "  previous {bigint},"  // the plan of the period before, when this one followed it by itself
     "  made_by TEXT NOT NULL,"
     "  made_at TEXT NOT NULL,"
     "  checked_by TEXT,"
     "  checked_at TEXT,"
     "  started_at TEXT,"
     "  closed_at TEXT,"
     "  closed_by TEXT,"
     "  reported_at TEXT,"
     "  reported_by TEXT,"
     "  problem TEXT,"                          // why it did not start when it was due
     "  reminded {bigint} NOT NULL DEFAULT 0,"  // of its reminders, how many are out
     "  quality TEXT,"                          // JSON, once it is closed
     "  CHECK (checked_by IS NULL OR checked_by <> made_by),"
     "  CHECK (reported_by IS NULL OR reported_by <> made_by)"
     ");"
     "CREATE TABLE assess_members ("  // who is assessed
     "  plan_id {bigint} NOT NULL REFERENCES assess_plans (plan_id),"
     "  staff_id TEXT NOT NULL,"
     "  total TEXT,"
     "  result TEXT,"  // JSON, once the plan is closed
     "  PRIMARY KEY (plan_id, staff_id)"
     ");"
     "CREATE TABLE assess_forms ("
     "  form_id {serial},"
     "  plan_id {bigint} NOT NULL REFERENCES assess_plans (plan_id),"
     "  assessor TEXT NOT NULL,"
     "  assessed TEXT NOT NULL,"
     "  grp {bigint} NOT NULL,"
     "  state TEXT NOT NULL CHECK (state IN ('open', 'submitted', 'recused')),"
     "  revision {bigint} NOT NULL DEFAULT 0,"
     "  marks TEXT,"  // JSON; of an anonymous plan nothing is left here once it is closed
     "  remark TEXT,"
     "  saved_at TEXT,"
     "  submitted_at TEXT,"
     "  late {bigint} NOT NULL DEFAULT 0,"
     "  delegated_from TEXT,"
     "  UNIQUE (plan_id, assessor, assessed),"
     "  CHECK (assessor <> assessed)"
     ");"
     "CREATE INDEX assess_forms_by_assessor ON assess_forms (assessor, state);"
     "CREATE TABLE assess_reserves ("
     "  plan_id {bigint} NOT NULL REFERENCES assess_plans (plan_id),"
     "  assessed TEXT NOT NULL,"
     "  grp {bigint} NOT NULL,"
     "  place {bigint} NOT NULL,"
     "  staff_id TEXT NOT NULL,"
     "  PRIMARY KEY (plan_id, assessed, grp, place)"
     ");"
     "CREATE TABLE assess_ballots ("  // what counts, without who gave it; in the order of what stands there
     "  ballot_id {serial},"
     "  plan_id {bigint} NOT NULL REFERENCES assess_plans (plan_id),"
     "  assessed TEXT NOT NULL,"
     "  grp {bigint} NOT NULL,"
     "  marks TEXT NOT NULL,"
     "  remark TEXT NOT NULL"
     ");"
     "CREATE INDEX assess_ballots_by_plan ON assess_ballots (plan_id, assessed);"
     "CREATE TABLE assess_notes ("  // what happened beside the filling in
     "  note_id {serial},"
     "  plan_id {bigint} NOT NULL REFERENCES assess_plans (plan_id),"
     "  at TEXT NOT NULL,"
     "  actor TEXT NOT NULL,"
     "  kind TEXT NOT NULL,"  // relative, recused, delegated, withdrawn, returned, reminded
     "  assessor TEXT NOT NULL,"
     "  assessed TEXT NOT NULL,"
     "  other TEXT NOT NULL,"  // who came in, whom it went to
     "  reason TEXT NOT NULL"
     ");"
     "CREATE INDEX assess_notes_by_plan ON assess_notes (plan_id);"
     "CREATE TABLE staff_relations ("
     "  relation_id {serial},"
     "  staff_a TEXT NOT NULL,"
     "  staff_b TEXT NOT NULL,"
     "  kind TEXT NOT NULL,"
     "  note TEXT NOT NULL,"
     "  declared_by TEXT NOT NULL,"
     "  declared_at TEXT NOT NULL,"
     "  ended_by TEXT,"
     "  ended_at TEXT,"
     "  CHECK (staff_a < staff_b)"
     ");"}};

}  // namespace

std::span<const store::Migration> assessment_migrations() { return kSteps; }

}  // namespace guanhu::appraisal
