// The tables of to-dos, of the packs whose duties count, and of absences.
#include "workbench/todo.h"

namespace guanhu::workbench {

namespace {

constexpr store::Migration kMigrations[] = {
    {1, "to-dos, their rules, traces and runs; absences",
     "CREATE TABLE todo_rules ("
     "  rule_id {serial},"
     "  pack TEXT NOT NULL, duty TEXT NOT NULL, pack_hash TEXT NOT NULL,"
     "  article TEXT NOT NULL, document TEXT NOT NULL, subject TEXT NOT NULL, checklist TEXT NOT NULL,"
     "  rules TEXT NOT NULL,"  // "PLM-012 PLM-013"
     "  marks TEXT NOT NULL,"  // "上次检查日期"
     "  UNIQUE (pack, duty, pack_hash)"
     ");"
     "CREATE TABLE todos ("
     "  todo_id {serial},"
     "  key TEXT NOT NULL UNIQUE,"
     "  source TEXT NOT NULL,"
     "  rule_id {bigint} REFERENCES todo_rules (rule_id),"
     "  duty TEXT NOT NULL,"  // "PACK/ID"; "" of other sources
     "  subject TEXT NOT NULL, object TEXT NOT NULL, object_name TEXT NOT NULL,"
     "  customer TEXT NOT NULL, org TEXT NOT NULL,"
     "  title TEXT NOT NULL,"
     "  assignee TEXT NOT NULL,"
     "  rule_day TEXT, due_on TEXT,"
     "  priority {bigint} NOT NULL,"
     "  state TEXT NOT NULL CHECK (state IN ('open', 'done', 'fact', 'cancelled')),"
     "  note TEXT NOT NULL, link TEXT NOT NULL,"
     "  made_at TEXT NOT NULL, made_by TEXT NOT NULL,"
     "  changed_at TEXT NOT NULL, changed_by TEXT NOT NULL,"
     "  snoozed_until TEXT, snooze_why TEXT NOT NULL,"
     "  handed {bigint} NOT NULL,"  // 1: somebody gave it to its assignee, facts do not change that
     "  escalated {bigint} NOT NULL, escalated_to TEXT NOT NULL, escalated_on TEXT"
     ");"
     "CREATE INDEX todos_of ON todos (assignee, state, due_on);"
     "CREATE INDEX todos_by_duty ON todos (duty, state);"
     "CREATE INDEX todos_escalated ON todos (escalated_to, state);"
     "CREATE INDEX todos_about ON todos (customer, state);"
     "CREATE TABLE todo_events ("
     "  event_id {serial},"
     "  todo_id {bigint} NOT NULL REFERENCES todos (todo_id),"
     "  at TEXT NOT NULL, actor TEXT NOT NULL, what TEXT NOT NULL, detail TEXT NOT NULL"
     ");"
     "CREATE INDEX todo_events_of ON todo_events (todo_id);"
     // When something was last done about an object, where no extract tells it.
     "CREATE TABLE todo_marks ("
     "  subject TEXT NOT NULL, object TEXT NOT NULL, name TEXT NOT NULL, day TEXT NOT NULL,"
     "  PRIMARY KEY (subject, object, name)"
     ");"
     "CREATE TABLE todo_packs (pack TEXT PRIMARY KEY, at TEXT NOT NULL, actor TEXT NOT NULL);"
     "CREATE TABLE todo_runs ("
     "  run_id {serial},"
     "  day TEXT NOT NULL, at TEXT NOT NULL, actor TEXT NOT NULL,"
     "  report TEXT NOT NULL"  // JSON
     ");"
     "CREATE TABLE absences ("
     "  absence_id {serial},"
     "  staff_id TEXT NOT NULL, substitute TEXT NOT NULL,"
     "  from_day TEXT NOT NULL, to_day TEXT NOT NULL,"
     "  kind TEXT NOT NULL CHECK (kind IN ('leave', 'rotation', 'training', 'post_b', 'other')),"
     "  reason TEXT NOT NULL,"
     "  made_at TEXT NOT NULL, made_by TEXT NOT NULL,"
     "  ended_at TEXT, ended_by TEXT,"
     "  CHECK (from_day <= to_day), CHECK (staff_id <> substitute)"
     ");"
     "CREATE INDEX absences_of ON absences (staff_id, to_day);"
     "CREATE INDEX absences_for ON absences (substitute, to_day);"}};

}  // namespace

std::span<const store::Migration> migrations() { return kMigrations; }

}  // namespace guanhu::workbench
