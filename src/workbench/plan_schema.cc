// Tables beside the records of plans, logs and meetings: what is counted, and what is not yet written.
#include "workbench/plan.h"

namespace guanhu::workbench {

namespace {

constexpr store::Migration kMigrations[] = {
    {1, "drafts of logs, marks, customers that logs name",
     // What somebody types before it is submitted: not a version, but never lost.
     "CREATE TABLE work_drafts ("
     "  what TEXT NOT NULL, owner TEXT NOT NULL,"  // "work_log|2026-01-05", "M0001"
     "  seq {bigint} NOT NULL, body TEXT NOT NULL, at TEXT NOT NULL, actor TEXT NOT NULL,"
     "  PRIMARY KEY (what, owner)"
     ");"
     "CREATE TABLE log_marks ("
     "  mark_id {serial},"
     "  log_id {bigint} NOT NULL,"  // 0: of a day without one
     "  staff TEXT NOT NULL, day TEXT NOT NULL,"
     "  check_id {bigint} NOT NULL,"  // 0: read, not drawn
     "  level TEXT NOT NULL, late {bigint} NOT NULL, mark TEXT NOT NULL, reason TEXT NOT NULL,"
     "  at TEXT NOT NULL, actor TEXT NOT NULL,"
     "  replaced {bigint} NOT NULL"  // 1: marked again later
     ");"
     "CREATE INDEX log_marks_of ON log_marks (staff, day);"
     "CREATE INDEX log_marks_in ON log_marks (check_id);"
     "CREATE TABLE log_mentions ("
     "  log_id {bigint} NOT NULL, customer TEXT NOT NULL,"
     "  PRIMARY KEY (log_id, customer)"
     ");"
     "CREATE INDEX log_mentions_of ON log_mentions (customer);"}};

}  // namespace

std::span<const store::Migration> plan_migrations() { return kMigrations; }

}  // namespace guanhu::workbench
