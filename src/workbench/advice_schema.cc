// Tables beside the records of concessions, expenses and surveys: what is summed and counted.
#include "workbench/suggestion.h"

namespace guanhu::workbench {

namespace {

constexpr store::Migration kMigrations[] = {
    {1, "concessions, expenses, answers to surveys",
     "CREATE TABLE favours ("
     "  record_id {bigint} NOT NULL PRIMARY KEY,"
     "  staff TEXT NOT NULL, customer TEXT NOT NULL, org TEXT NOT NULL,"
     "  fen {bigint} NOT NULL, day TEXT NOT NULL, state TEXT NOT NULL, level TEXT NOT NULL"
     ");"
     "CREATE INDEX favours_of ON favours (customer, day);"
     "CREATE INDEX favours_on ON favours (day);"
     "CREATE TABLE expenses ("
     "  record_id {bigint} NOT NULL PRIMARY KEY,"
     "  staff TEXT NOT NULL, org TEXT NOT NULL, customer TEXT NOT NULL, kind TEXT NOT NULL,"
     "  fen {bigint} NOT NULL, payable {bigint} NOT NULL, day TEXT NOT NULL, state TEXT NOT NULL"
     ");"
     "CREATE INDEX expenses_of ON expenses (staff, kind, day);"
     // Who has answered and what was answered lie apart: an anonymous answer has neither person nor time, and its
     // key is chance.
     "CREATE TABLE survey_done ("
     "  survey_id {bigint} NOT NULL, person TEXT NOT NULL,"
     "  PRIMARY KEY (survey_id, person)"
     ");"
     "CREATE TABLE survey_answers ("
     "  answer_key TEXT NOT NULL PRIMARY KEY,"
     "  survey_id {bigint} NOT NULL,"
     "  person TEXT NOT NULL,"  // "" anonymous
     "  at TEXT NOT NULL,"      // "" anonymous
     "  body TEXT NOT NULL"
     ");"
     "CREATE INDEX survey_answers_of ON survey_answers (survey_id);"}};

}  // namespace

std::span<const store::Migration> advice_migrations() { return kMigrations; }

}  // namespace guanhu::workbench
