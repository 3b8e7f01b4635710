// Tables beside the records of training and exams: who comes, who was there, what candidates answered,
// certificates.
#include "workbench/training.h"

namespace guanhu::workbench {

namespace {

constexpr store::Migration kMigrations[] = {
    {1, "places, attendance, feedback, candidates, sittings, answers, certificates",
     "CREATE TABLE training_places ("
     "  session {bigint} NOT NULL, staff TEXT NOT NULL,"
     "  state TEXT NOT NULL CHECK (state IN ('enrolled', 'waiting', 'left')),"
     "  how TEXT NOT NULL, reason TEXT NOT NULL,"  // how: called, self
     "  seq {bigint} NOT NULL,"                    // order of coming: who waits longest moves up first
     "  wrong_codes {bigint} NOT NULL,"
     "  at TEXT NOT NULL, actor TEXT NOT NULL,"
     "  PRIMARY KEY (session, staff)"
     ");"
     "CREATE INDEX training_places_of ON training_places (staff, state);"
     // A correction is a new row; the row before it stays and is marked.
     "CREATE TABLE training_attendance ("
     "  attendance_id {serial},"
     "  session {bigint} NOT NULL, staff TEXT NOT NULL, day TEXT NOT NULL,"
     "  state TEXT NOT NULL CHECK (state IN ('present', 'late', 'excused', 'absent')),"
     "  reason TEXT NOT NULL, way TEXT NOT NULL,"  // way: teacher, code
     "  hours {bigint} NOT NULL,"                  // hundredths that count
     "  contents TEXT NOT NULL,"                   // JSON list: what was taught
     "  unified {bigint} NOT NULL,"                // 1: content of the unified training
     "  at TEXT NOT NULL, actor TEXT NOT NULL, replaced {bigint} NOT NULL"
     ");"
     "CREATE INDEX training_attendance_of ON training_attendance (staff, day);"
     "CREATE INDEX training_attendance_in ON training_attendance (session);"
     // Who has said something, and what was said, share no column: feedback is anonymous.
     "CREATE TABLE training_feedback ("
     "  feedback_id TEXT PRIMARY KEY, session {bigint} NOT NULL,"  // random
     "  content {bigint} NOT NULL, teacher {bigint} NOT NULL, use_of_it {bigint} NOT NULL, words TEXT NOT NULL"
     ");"
     "CREATE TABLE training_feedback_given (session {bigint} NOT NULL, staff TEXT NOT NULL,"
     "  PRIMARY KEY (session, staff));"
     "CREATE TABLE training_secrets (session {bigint} PRIMARY KEY, secret TEXT NOT NULL);"
     "CREATE TABLE exam_candidates ("
     "  exam {bigint} NOT NULL, staff TEXT NOT NULL, at TEXT NOT NULL, actor TEXT NOT NULL,"
     "  PRIMARY KEY (exam, staff)"
     ");"
     "CREATE INDEX exam_candidates_of ON exam_candidates (staff);"
     "CREATE TABLE exam_sittings ("
     "  sitting_id {serial},"
     "  exam {bigint} NOT NULL, staff TEXT NOT NULL, attempt {bigint} NOT NULL,"
     "  seed TEXT NOT NULL, day TEXT NOT NULL,"  // the bank's day
     "  started_at TEXT NOT NULL, ends_at TEXT NOT NULL, handed_at TEXT, handed_how TEXT NOT NULL,"
     "  state TEXT NOT NULL CHECK (state IN ('sitting', 'handed', 'marked', 'released')),"
     "  points {bigint} NOT NULL, most {bigint} NOT NULL, passed {bigint} NOT NULL,"  // hundredths of a point
     "  UNIQUE (exam, staff, attempt)"
     ");"
     "CREATE INDEX exam_sittings_of ON exam_sittings (staff);"
     "CREATE INDEX exam_sittings_open ON exam_sittings (state, ends_at);"
     "CREATE TABLE exam_answers ("
     "  sitting {bigint} NOT NULL, place {bigint} NOT NULL,"  // of the paper's question, from 0
     "  answer TEXT NOT NULL, at TEXT NOT NULL,"              // JSON
     "  points {bigint}, marked_by TEXT NOT NULL, marked_at TEXT NOT NULL, remark TEXT NOT NULL,"
     "  PRIMARY KEY (sitting, place)"
     ");"
     "CREATE TABLE exam_certificates ("
     "  number TEXT PRIMARY KEY, staff TEXT NOT NULL, exam {bigint} NOT NULL, sitting {bigint} NOT NULL UNIQUE,"
     "  title TEXT NOT NULL, points {bigint} NOT NULL, most {bigint} NOT NULL,"
     "  valid_from TEXT NOT NULL, valid_to TEXT, at TEXT NOT NULL, actor TEXT NOT NULL,"
     "  withdrawn_at TEXT NOT NULL, withdrawn_by TEXT NOT NULL, withdrawn_why TEXT NOT NULL"
     ");"
     "CREATE INDEX exam_certificates_of ON exam_certificates (staff);"},
    {2, "imports of questions",
     "CREATE TABLE exam_imports ("
     "  import_id {serial},"
     "  at TEXT NOT NULL, actor TEXT NOT NULL, file TEXT NOT NULL,"
     "  undone_at TEXT NOT NULL, undone_by TEXT NOT NULL, undone_why TEXT NOT NULL"
     ");"
     "CREATE TABLE exam_import_rows ("
     "  import {bigint} NOT NULL, question {bigint} NOT NULL UNIQUE, place {bigint} NOT NULL,"
     "  PRIMARY KEY (import, place)"
     ");"}};

}  // namespace

std::span<const store::Migration> training_migrations() { return kMigrations; }

}  // namespace guanhu::workbench
