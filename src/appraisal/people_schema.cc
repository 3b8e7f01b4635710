// The tables behind recorded facts and grades, and what keeps their history.
#include "appraisal/people_facts.h"

namespace guanhu::appraisal {

namespace {

constexpr std::string_view kTables =
    "CREATE TABLE people_facts ("
    "  fact_id {serial},"
    "  subject_kind TEXT NOT NULL CHECK (subject_kind IN ('staff', 'org', 'bank')),"
    "  subject TEXT NOT NULL,"
    "  kind TEXT NOT NULL,"
    "  name TEXT NOT NULL,"
    "  value TEXT NOT NULL,"  // JSON
    "  valid_from TEXT NOT NULL, valid_to TEXT,"
    "  document TEXT NOT NULL, reason TEXT NOT NULL,"
    "  recorded_at TEXT NOT NULL, recorded_by TEXT NOT NULL,"
    "  withdrawn_at TEXT, withdrawn_by TEXT, withdrawn_why TEXT"
    ");"
    "CREATE INDEX people_facts_of ON people_facts (subject_kind, subject, name);"
    "CREATE TABLE grade_batches ("
    "  batch_id {serial},"
    "  pack TEXT NOT NULL, pack_hash TEXT NOT NULL,"
    "  run_id {bigint},"  // null: without an appraisal
    "  on_day TEXT NOT NULL,"
    "  made_at TEXT NOT NULL, made_by TEXT NOT NULL, made_staff TEXT NOT NULL"
    ");"
    "CREATE TABLE grade_proposals ("
    "  proposal_id {serial},"
    "  batch_id {bigint} NOT NULL REFERENCES grade_batches (batch_id),"
    "  pack TEXT NOT NULL,"
    "  staff_id TEXT NOT NULL, name TEXT NOT NULL, org TEXT NOT NULL, branch TEXT NOT NULL,"
    "  was TEXT NOT NULL, becomes TEXT NOT NULL,"
    "  change TEXT NOT NULL,"  // as the pack calls it: 晋升, 下调, ...
    "  valid_from TEXT NOT NULL,"
    "  answer TEXT NOT NULL,"                     // JSON: decision, result, cites, inputs, error
    "  body TEXT NOT NULL, roles TEXT NOT NULL,"  // who decides: the authority's name, JSON list of roles
    "  reason TEXT NOT NULL, document TEXT NOT NULL,"
    "  corrects {bigint},"  // a step of the history
    "  state TEXT NOT NULL CHECK (state IN ('listed', 'waiting', 'proposed', 'accepted', 'rejected', "
    "'superseded')),"
    "  decided_at TEXT, decided_by TEXT, decided_why TEXT, decided_document TEXT,"
    "  appeal_until TEXT,"
    "  CHECK (state NOT IN ('accepted', 'rejected') OR decided_by IS NOT NULL)"
    ");"
    "CREATE INDEX grade_proposals_of ON grade_proposals (staff_id, proposal_id);"
    "CREATE INDEX grade_proposals_in ON grade_proposals (batch_id);"
    "CREATE TABLE grade_steps ("
    "  step_id {serial},"
    "  pack TEXT NOT NULL,"
    "  staff_id TEXT NOT NULL,"
    "  grade TEXT NOT NULL,"
    "  valid_from TEXT NOT NULL,"
    "  reason TEXT NOT NULL, document TEXT NOT NULL,"
    "  body TEXT NOT NULL,"  // the authority that decided
    "  proposal_id {bigint} NOT NULL REFERENCES grade_proposals (proposal_id),"
    "  corrects {bigint} UNIQUE REFERENCES grade_steps (step_id),"
    "  decided_at TEXT NOT NULL, decided_by TEXT NOT NULL, proposed_by TEXT NOT NULL,"
    "  CHECK (decided_by <> proposed_by)"
    ");"
    "CREATE INDEX grade_steps_of ON grade_steps (pack, staff_id, valid_from, step_id);"
    "CREATE TABLE grade_appeals ("
    "  appeal_id {serial},"
    "  proposal_id {bigint} NOT NULL UNIQUE REFERENCES grade_proposals (proposal_id),"
    "  staff_id TEXT NOT NULL,"
    "  reason TEXT NOT NULL,"
    "  filed_at TEXT NOT NULL, filed_by TEXT NOT NULL,"
    "  state TEXT NOT NULL CHECK (state IN ('open', 'upheld', 'rejected')),"
    "  grade TEXT,"  // what was decided instead
    "  decided_at TEXT, decided_by TEXT, decision TEXT,"
    "  CHECK (decided_by IS NULL OR decided_by <> filed_by)"
    ");";

constexpr std::string_view kSqliteGuards =
    "CREATE TRIGGER grade_steps_update BEFORE UPDATE ON grade_steps"
    " BEGIN SELECT RAISE(ABORT, 'the history of grades is not rewritten'); END;"
    "CREATE TRIGGER grade_steps_delete BEFORE DELETE ON grade_steps"
    " BEGIN SELECT RAISE(ABORT, 'the history of grades is not rewritten'); END;"
    "CREATE TRIGGER grade_proposals_update BEFORE UPDATE ON grade_proposals"
    " WHEN OLD.state IN ('accepted', 'rejected', 'superseded')"
    " BEGIN SELECT RAISE(ABORT, 'a decided proposal never changes'); END;"
    "CREATE TRIGGER grade_proposals_delete BEFORE DELETE ON grade_proposals"
    " BEGIN SELECT RAISE(ABORT, 'a proposal is not removed'); END;"
    "CREATE TRIGGER grade_appeals_update BEFORE UPDATE ON grade_appeals WHEN OLD.state <> 'open'"
    " BEGIN SELECT RAISE(ABORT, 'a decided appeal never changes'); END;"
    "CREATE TRIGGER people_facts_update BEFORE UPDATE ON people_facts WHEN OLD.withdrawn_at IS NOT NULL"
    " OR NEW.value <> OLD.value OR NEW.name <> OLD.name OR NEW.subject <> OLD.subject"
    " OR NEW.valid_from <> OLD.valid_from OR NEW.recorded_by <> OLD.recorded_by"
    " BEGIN SELECT RAISE(ABORT, 'a recorded fact is withdrawn, never changed'); END;"
    "CREATE TRIGGER people_facts_delete BEFORE DELETE ON people_facts"
    " BEGIN SELECT RAISE(ABORT, 'a recorded fact is not removed'); END;";

constexpr std::string_view kPostgresGuards =
    "CREATE FUNCTION people_never() RETURNS trigger LANGUAGE plpgsql AS $$"
    " BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END $$;"
    "CREATE TRIGGER grade_steps_change BEFORE UPDATE OR DELETE ON grade_steps FOR EACH ROW"
    " EXECUTE FUNCTION people_never('the history of grades is not rewritten');"
    "CREATE TRIGGER grade_proposals_update BEFORE UPDATE ON grade_proposals FOR EACH ROW"
    " WHEN (OLD.state IN ('accepted', 'rejected', 'superseded'))"
    " EXECUTE FUNCTION people_never('a decided proposal never changes');"
    "CREATE TRIGGER grade_proposals_delete BEFORE DELETE ON grade_proposals FOR EACH ROW"
    " EXECUTE FUNCTION people_never('a proposal is not removed');"
    "CREATE TRIGGER grade_appeals_update BEFORE UPDATE ON grade_appeals FOR EACH ROW WHEN (OLD.state <> 'open')"
    " EXECUTE FUNCTION people_never('a decided appeal never changes');"
    "CREATE TRIGGER people_facts_update BEFORE UPDATE ON people_facts FOR EACH ROW"
    " WHEN (OLD.withdrawn_at IS NOT NULL OR NEW.value <> OLD.value OR NEW.name <> OLD.name"
    " OR NEW.subject <> OLD.subject OR NEW.valid_from <> OLD.valid_from OR NEW.recorded_by <> OLD.recorded_by)"
    " EXECUTE FUNCTION people_never('a recorded fact is withdrawn, never changed');"
    "CREATE TRIGGER people_facts_delete BEFORE DELETE ON people_facts FOR EACH ROW"
    " EXECUTE FUNCTION people_never('a recorded fact is not removed');";

constexpr store::Migration kSteps[] = {
    {1, "recorded facts of people; grades: proposals, history, appeals", kTables},
    {2, "the history of grades and facts is not rewritten", "", kSqliteGuards, kPostgresGuards}};

}  // namespace

std::span<const store::Migration> people_migrations() { return kSteps; }

}  // namespace guanhu::appraisal
