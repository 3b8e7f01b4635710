// What the files of shapes share; the shapes themselves are read through named_schemas() (endpoint.h).
#pragma once
#include "api/endpoint.h"

namespace guanhu::api {

SchemaRef amount();  // an exact decimal, or null where there is no value
SchemaRef maybe_text();

// Imports with their reports, runs of schemes, jobs.
void work_shapes(Schemas& out);
// The life of runs, published results, disputes, differences, receipts.
void run_life_shapes(Schemas& out);
// Grades, pay, risk deposits.
void pay_shapes(Schemas& out);
// What searches for figures that look better than they are found.
void risk_shapes(Schemas& out);
// What simulations change and what they come to.
void simulate_shapes(Schemas& out);
// Packs, their articles and blocks.
void policy_shapes(Schemas& out);
// Decisions that are tried.
void trial_shapes(Schemas& out);
// Drafts of packs.
void draft_shapes(Schemas& out);
// The indicator workshop.
void workshop_shapes(Schemas& out);
// Plans of qualitative appraisal, forms, results, declared relatives.
void assessment_shapes(Schemas& out);
// To-dos, absences, the calendar.
void todo_shapes(Schemas& out);
// Posts, teams, composed roles, leaving.
void staff_shapes(Schemas& out);
// Persons, companies, groups, relations, categories, merges.
void register_shapes(Schemas& out);
// Own fields of customers, bulk imports.
void intake_shapes(Schemas& out);
// Who serves whom, claims, hand-overs.
void assignment_shapes(Schemas& out);
// Work plans, work logs, meetings.
void plan_shapes(Schemas& out);
// Visits, the field.
void visit_shapes(Schemas& out);
// Leads, campaigns, suggestions.
void lead_shapes(Schemas& out);
// Letters, notices, what goes out.
void mail_shapes(Schemas& out);
// Courses, exams.
void training_shapes(Schemas& out);
void advice_shapes(Schemas& out);
// Queries, views, exports.
void query_shapes(Schemas& out);
// Versions of what people write, search, files.
void record_shapes(Schemas& out);
// Versions of packs, decisions that are asked.
void policy_life_shapes(Schemas& out);

}  // namespace guanhu::api
