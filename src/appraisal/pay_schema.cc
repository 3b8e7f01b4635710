// The tables behind pay runs, and what keeps approved and paid ones as they are.
#include "appraisal/pay_runs.h"

namespace guanhu::appraisal {

namespace {

constexpr std::string_view kTables =
    "CREATE TABLE pay_joint ("
    "  joint_id {serial},"
    "  pack TEXT NOT NULL, line TEXT NOT NULL,"
    "  title TEXT NOT NULL, document TEXT NOT NULL,"
    "  on_day TEXT NOT NULL,"
    "  input TEXT NOT NULL,"   // JSON object
    "  shares TEXT NOT NULL,"  // JSON: [{"staff", "weight"}]
    "  recorded_at TEXT NOT NULL, recorded_by TEXT NOT NULL,"
    "  withdrawn_at TEXT, withdrawn_by TEXT, withdrawn_why TEXT"
    ");"
    "CREATE TABLE pay_runs ("
    "  pay_id {serial},"
    "  run_id {bigint} NOT NULL,"
    "  pack TEXT NOT NULL, pack_hash TEXT NOT NULL, title TEXT NOT NULL,"
    "  scheme TEXT NOT NULL, period TEXT NOT NULL, run_hash TEXT NOT NULL,"
    "  pay_on TEXT NOT NULL,"
    "  hash TEXT NOT NULL,"
    "  state TEXT NOT NULL CHECK (state IN ('draft', 'approved', 'paid', 'void')),"
    "  people {bigint} NOT NULL, open {bigint} NOT NULL,"
    "  earnings {bigint} NOT NULL, deductions {bigint} NOT NULL, deposit {bigint} NOT NULL, net {bigint} NOT NULL,"
    "  summary TEXT NOT NULL,"  // JSON
    "  made_at TEXT NOT NULL, made_by TEXT NOT NULL, made_staff TEXT NOT NULL,"
    "  approved_at TEXT, approved_by TEXT, approved_why TEXT,"
    "  paid_at TEXT, paid_by TEXT, paid_document TEXT,"
    "  void_at TEXT, void_by TEXT, void_why TEXT,"
    "  CHECK (net = earnings - deductions - deposit),"
    "  CHECK (state NOT IN ('approved', 'paid') OR (open = 0 AND approved_by IS NOT NULL AND approved_by <> "
    "made_by)),"
    "  CHECK (state <> 'paid' OR paid_by IS NOT NULL)"
    ");"
    "CREATE UNIQUE INDEX pay_runs_once ON pay_runs (pack, scheme, period) WHERE state IN ('approved', 'paid');"
    "CREATE TABLE pay_slips ("
    "  pay_id {bigint} NOT NULL REFERENCES pay_runs (pay_id),"
    "  staff_id TEXT NOT NULL,"
    "  name TEXT NOT NULL, org TEXT NOT NULL, branch TEXT NOT NULL,"
    "  slip TEXT NOT NULL,"  // JSON
    "  earnings {bigint} NOT NULL, deductions {bigint} NOT NULL, deposit {bigint} NOT NULL, net {bigint} NOT NULL,"
    "  open {bigint} NOT NULL,"
    "  PRIMARY KEY (pay_id, staff_id),"
    "  CHECK (net = earnings - deductions - deposit)"
    ");"
    "CREATE INDEX pay_slips_of ON pay_slips (staff_id, pay_id);";

constexpr std::string_view kSqliteGuards =
    "CREATE TRIGGER pay_runs_update BEFORE UPDATE ON pay_runs WHEN OLD.state IN ('paid', 'void')"
    " BEGIN SELECT RAISE(ABORT, 'a paid or void pay run never changes'); END;"
    "CREATE TRIGGER pay_runs_sums BEFORE UPDATE ON pay_runs WHEN NEW.hash <> OLD.hash OR NEW.net <> OLD.net"
    " OR NEW.earnings <> OLD.earnings OR NEW.made_by <> OLD.made_by OR NEW.run_id <> OLD.run_id"
    " BEGIN SELECT RAISE(ABORT, 'the sums of a pay run never change: make it anew'); END;"
    "CREATE TRIGGER pay_runs_delete BEFORE DELETE ON pay_runs"
    " BEGIN SELECT RAISE(ABORT, 'a pay run is not removed'); END;"
    "CREATE TRIGGER pay_slips_insert BEFORE INSERT ON pay_slips"
    " WHEN (SELECT state FROM pay_runs WHERE pay_id = NEW.pay_id) <> 'draft'"
    " BEGIN SELECT RAISE(ABORT, 'an approved pay run gets no more slips'); END;"
    "CREATE TRIGGER pay_slips_update BEFORE UPDATE ON pay_slips"
    " BEGIN SELECT RAISE(ABORT, 'a slip never changes'); END;"
    "CREATE TRIGGER pay_slips_delete BEFORE DELETE ON pay_slips"
    " BEGIN SELECT RAISE(ABORT, 'a slip is not removed'); END;"
    "CREATE TRIGGER pay_joint_update BEFORE UPDATE ON pay_joint WHEN OLD.withdrawn_at IS NOT NULL"
    " OR NEW.shares <> OLD.shares OR NEW.input <> OLD.input OR NEW.recorded_by <> OLD.recorded_by"
    " BEGIN SELECT RAISE(ABORT, 'shared work is withdrawn, never changed'); END;"
    "CREATE TRIGGER pay_joint_delete BEFORE DELETE ON pay_joint"
    " BEGIN SELECT RAISE(ABORT, 'shared work is not removed'); END;";

constexpr std::string_view kPostgresGuards =
    "CREATE FUNCTION pay_never() RETURNS trigger LANGUAGE plpgsql AS $$"
    " BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END $$;"
    "CREATE FUNCTION pay_only_drafts() RETURNS trigger LANGUAGE plpgsql AS $$"
    " DECLARE its_state TEXT;"
    " BEGIN"
    "  SELECT state INTO its_state FROM pay_runs WHERE pay_id = NEW.pay_id;"
    "  IF its_state <> 'draft' THEN RAISE EXCEPTION 'an approved pay run gets no more slips'; END IF;"
    "  RETURN NEW;"
    " END $$;"
    "CREATE TRIGGER pay_runs_update BEFORE UPDATE ON pay_runs FOR EACH ROW WHEN (OLD.state IN ('paid', 'void'))"
    " EXECUTE FUNCTION pay_never('a paid or void pay run never changes');"
    "CREATE TRIGGER pay_runs_sums BEFORE UPDATE ON pay_runs FOR EACH ROW WHEN (NEW.hash <> OLD.hash"
    " OR NEW.net <> OLD.net OR NEW.earnings <> OLD.earnings OR NEW.made_by <> OLD.made_by OR NEW.run_id <> "
    "OLD.run_id)"
    " EXECUTE FUNCTION pay_never('the sums of a pay run never change: make it anew');"
    "CREATE TRIGGER pay_runs_delete BEFORE DELETE ON pay_runs FOR EACH ROW"
    " EXECUTE FUNCTION pay_never('a pay run is not removed');"
    "CREATE TRIGGER pay_slips_insert BEFORE INSERT ON pay_slips FOR EACH ROW EXECUTE FUNCTION pay_only_drafts();"
    "CREATE TRIGGER pay_slips_change BEFORE UPDATE OR DELETE ON pay_slips FOR EACH ROW"
    " EXECUTE FUNCTION pay_never('a slip never changes');"
    "CREATE TRIGGER pay_joint_update BEFORE UPDATE ON pay_joint FOR EACH ROW WHEN (OLD.withdrawn_at IS NOT NULL"
    " OR NEW.shares <> OLD.shares OR NEW.input <> OLD.input OR NEW.recorded_by <> OLD.recorded_by)"
    " EXECUTE FUNCTION pay_never('shared work is withdrawn, never changed');"
    "CREATE TRIGGER pay_joint_delete BEFORE DELETE ON pay_joint FOR EACH ROW"
    " EXECUTE FUNCTION pay_never('shared work is not removed');";

constexpr std::string_view kSeals =
    "CREATE TABLE pay_seals ("
    "  pay_id {bigint} PRIMARY KEY REFERENCES pay_runs (pay_id),"
    "  root TEXT NOT NULL,"
    "  leaves {bigint} NOT NULL"
    ");"
    "CREATE TABLE pay_leaves ("
    "  pay_id {bigint} NOT NULL REFERENCES pay_runs (pay_id),"
    "  staff_id TEXT NOT NULL,"
    "  position {bigint} NOT NULL,"
    "  text TEXT NOT NULL,"  // the canonical text that was hashed
    "  leaf TEXT NOT NULL,"
    "  PRIMARY KEY (pay_id, staff_id),"
    "  UNIQUE (pay_id, position)"
    ");";

constexpr std::string_view kSqliteSealGuards =
    "CREATE TRIGGER pay_seals_update BEFORE UPDATE ON pay_seals"
    " BEGIN SELECT RAISE(ABORT, 'the seal of a pay run never changes'); END;"
    "CREATE TRIGGER pay_seals_delete BEFORE DELETE ON pay_seals"
    " BEGIN SELECT RAISE(ABORT, 'the seal of a pay run is not removed'); END;"
    "CREATE TRIGGER pay_leaves_update BEFORE UPDATE ON pay_leaves"
    " BEGIN SELECT RAISE(ABORT, 'the seal of a pay run never changes'); END;"
    "CREATE TRIGGER pay_leaves_delete BEFORE DELETE ON pay_leaves"
    " BEGIN SELECT RAISE(ABORT, 'the seal of a pay run is not removed'); END;";

constexpr std::string_view kPostgresSealGuards =
    "CREATE TRIGGER pay_seals_change BEFORE UPDATE OR DELETE ON pay_seals FOR EACH ROW"
    " EXECUTE FUNCTION pay_never('the seal of a pay run never changes');"
    "CREATE TRIGGER pay_leaves_change BEFORE UPDATE OR DELETE ON pay_leaves FOR EACH ROW"
    " EXECUTE FUNCTION pay_never('the seal of a pay run never changes');";

// Amounts in fen, in the corrected line's own sense.
constexpr std::string_view kCorrections =
    "ALTER TABLE pay_runs ADD COLUMN grades TEXT NOT NULL DEFAULT '';"
    "CREATE TABLE pay_corrections ("
    "  pay_id {bigint} NOT NULL REFERENCES pay_runs (pay_id),"        // that makes good
    "  corrected_id {bigint} NOT NULL REFERENCES pay_runs (pay_id),"  // what that one paid
    "  staff_id TEXT NOT NULL, line TEXT NOT NULL, kind TEXT NOT NULL,"
    "  was {bigint} NOT NULL, posted {bigint} NOT NULL, ought {bigint} NOT NULL,"
    "  amount {bigint} NOT NULL CHECK (amount <> 0),"
    "  PRIMARY KEY (pay_id, corrected_id, staff_id, line),"
    "  CHECK (corrected_id < pay_id),"
    // Never beyond what is due, and towards it.
    "  CHECK (amount BETWEEN 0 AND ought - was - posted OR amount BETWEEN ought - was - posted AND 0)"
    ");"
    "CREATE INDEX pay_corrections_of ON pay_corrections (corrected_id, staff_id, line);"
    "CREATE TABLE pay_corrected_slips ("
    "  pay_id {bigint} NOT NULL REFERENCES pay_runs (pay_id),"
    "  corrected_id {bigint} NOT NULL REFERENCES pay_runs (pay_id),"
    "  staff_id TEXT NOT NULL,"
    "  appraisal {bigint} NOT NULL,"
    "  slip TEXT NOT NULL,"  // JSON: as it would be by then
    "  PRIMARY KEY (pay_id, corrected_id, staff_id)"
    ");";

constexpr std::string_view kSqliteCorrectionGuards =
    "CREATE TRIGGER pay_corrections_insert BEFORE INSERT ON pay_corrections"
    " WHEN (SELECT state FROM pay_runs WHERE pay_id = NEW.pay_id) <> 'draft'"
    " BEGIN SELECT RAISE(ABORT, 'an approved pay run corrects nothing more'); END;"
    "CREATE TRIGGER pay_corrections_update BEFORE UPDATE ON pay_corrections"
    " BEGIN SELECT RAISE(ABORT, 'a correction of pay never changes'); END;"
    "CREATE TRIGGER pay_corrections_delete BEFORE DELETE ON pay_corrections"
    " BEGIN SELECT RAISE(ABORT, 'a correction of pay is not removed'); END;"
    "CREATE TRIGGER pay_corrected_slips_update BEFORE UPDATE ON pay_corrected_slips"
    " BEGIN SELECT RAISE(ABORT, 'a correction of pay never changes'); END;"
    "CREATE TRIGGER pay_corrected_slips_delete BEFORE DELETE ON pay_corrected_slips"
    " BEGIN SELECT RAISE(ABORT, 'a correction of pay is not removed'); END;";

constexpr std::string_view kPostgresCorrectionGuards =
    "CREATE TRIGGER pay_corrections_insert BEFORE INSERT ON pay_corrections FOR EACH ROW"
    " EXECUTE FUNCTION pay_only_drafts();"
    "CREATE TRIGGER pay_corrections_change BEFORE UPDATE OR DELETE ON pay_corrections FOR EACH ROW"
    " EXECUTE FUNCTION pay_never('a correction of pay never changes');"
    "CREATE TRIGGER pay_corrected_slips_change BEFORE UPDATE OR DELETE ON pay_corrected_slips FOR EACH ROW"
    " EXECUTE FUNCTION pay_never('a correction of pay never changes');";

// What a run was worked out from, and what a month was when a run put it right: pay_touched.h.
constexpr std::string_view kInputs =
    "CREATE TABLE pay_inputs ("
    "  pay_id {bigint} PRIMARY KEY REFERENCES pay_runs (pay_id),"
    "  digest TEXT NOT NULL"
    ");"
    "CREATE TABLE pay_corrected_months ("
    "  pay_id {bigint} NOT NULL REFERENCES pay_runs (pay_id),"        // after which nothing stays due
    "  corrected_id {bigint} NOT NULL REFERENCES pay_runs (pay_id),"  // of what that one paid
    "  digest TEXT NOT NULL,"
    "  earlier {bigint} NOT NULL,"  // approved and paid runs that had corrected it before
    "  PRIMARY KEY (pay_id, corrected_id)"
    ");";

constexpr std::string_view kSqliteInputGuards =
    "CREATE TRIGGER pay_inputs_update BEFORE UPDATE ON pay_inputs"
    " BEGIN SELECT RAISE(ABORT, 'what a pay run rests on never changes'); END;"
    "CREATE TRIGGER pay_inputs_delete BEFORE DELETE ON pay_inputs"
    " BEGIN SELECT RAISE(ABORT, 'what a pay run rests on is not removed'); END;"
    "CREATE TRIGGER pay_corrected_months_update BEFORE UPDATE ON pay_corrected_months"
    " BEGIN SELECT RAISE(ABORT, 'a correction of pay never changes'); END;"
    "CREATE TRIGGER pay_corrected_months_delete BEFORE DELETE ON pay_corrected_months"
    " BEGIN SELECT RAISE(ABORT, 'a correction of pay is not removed'); END;";

constexpr std::string_view kPostgresInputGuards =
    "CREATE TRIGGER pay_inputs_change BEFORE UPDATE OR DELETE ON pay_inputs FOR EACH ROW"
    " EXECUTE FUNCTION pay_never('what a pay run rests on never changes');"
    "CREATE TRIGGER pay_corrected_months_change BEFORE UPDATE OR DELETE ON pay_corrected_months FOR EACH ROW"
    " EXECUTE FUNCTION pay_never('a correction of pay never changes');";

constexpr store::Migration kSteps[] = {
    {1, "pay runs and slips, work done together", kTables},
    {2, "approved and paid slips never change", "", kSqliteGuards, kPostgresGuards},
    {3, "seals of approved pay runs", kSeals, kSqliteSealGuards, kPostgresSealGuards},
    {4, "what pay runs correct of earlier ones", kCorrections, kSqliteCorrectionGuards, kPostgresCorrectionGuards},
    {5, "what pay runs and corrected months rest on", kInputs, kSqliteInputGuards, kPostgresInputGuards}};

}  // namespace

std::span<const store::Migration> pay_migrations() { return kSteps; }

}  // namespace guanhu::appraisal
