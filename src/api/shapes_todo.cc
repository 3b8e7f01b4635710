// Shapes of to-dos, absences and the calendar.
#include "api/shapes.h"

namespace guanhu::api {

namespace {

void one_shape(Schemas& out) {
  out["Todo"] = object(
      {{"id", described(text(), "a number; a key while it waits in the program and nothing was done to it")},
       {"source",
        choice({"duty",       "assigned", "assessment", "dispute",    "run",         "pay",    "deposit",
                "grade",      "draft",    "plan",       "meeting",    "notice",      "claim",  "handover",
                "assignment", "training", "exam",       "suggestion", "survey",      "favour", "expense",
                "consult",    "product",  "lead",       "campaign",   "post_duties", "signal"})},
       {"title", text()},
       {"subject", text()},
       {"object", text()},
       {"object_name", text()},
       {"customer", text()},
       {"org", text()},
       {"org_name", text()},
       {"assignee", text()},
       {"assignee_name", text()},
       {"own", described(boolean(), "false: one stands in for them, or it is the team's")},
       {"due", described(nullable(date()), "null: as soon as possible")},
       {"rule_day", described(nullable(date()), "the day the rule names; due is its last working day")},
       {"days", described(nullable(integer()), "until it is due; below 0 overdue")},
       {"group", nullable(choice({"overdue", "today", "week", "later"}))},
       {"priority", integer()},
       {"state", choice({"open", "snoozed", "done", "fact", "cancelled"})},
       {"note", text()},
       {"link", text()},
       {"snoozed_until", nullable(date())},
       {"snooze_why", text()},
       {"escalated", integer()},
       {"escalated_to", maybe_text()},
       {"escalated_to_me", boolean()},
       {"escalated_on", nullable(date())},
       {"rule", nullable(object({{"pack", text()},
                                 {"duty", text()},
                                 {"article", text()},
                                 {"document", text()},
                                 {"checklist", text()},
                                 {"rules", list(text())}}))},
       {"made_at", nullable(moment())},
       {"made_by", text()},
       {"changed_at", nullable(moment())},
       {"changed_by", text()},
       {"may", list(choice({"done", "snooze", "wake", "hand", "cancel", "reopen"}))}});
}

}  // namespace

void todo_shapes(Schemas& out) {
  one_shape(out);
  out["TodoSummary"] = object({{"today", date()},
                               {"overdue", integer()},
                               {"due_today", described(integer(), "with those that have no day")},
                               {"open", integer()},
                               {"raised", described(integer(), "late ones of others, raised to one")},
                               {"team_overdue", integer()},
                               {"stands_in_for", list(object({{"staff", text()}, {"name", text()}}))},
                               {"made_on", described(nullable(date()), "the day of the last night run")},
                               {"made_at", nullable(moment())}});
  out["TodoLoad"] = object({{"staff", described(text(), "\"\": nobody was found for them")},
                            {"name", maybe_text()},
                            {"org", text()},
                            {"org_name", text()},
                            {"overdue", integer()},
                            {"due_today", integer()},
                            {"open", integer()},
                            {"raised", integer()},
                            {"oldest", nullable(date())}});
  out["TodoPack"] = object({{"pack", text()},
                            {"title", text()},
                            {"on", boolean()},
                            {"activated", described(boolean(), "has a version in force: counts by itself")},
                            {"by", text()},
                            {"duties", list(object({{"duty", text()}, {"title", text()}, {"article", text()}}))}});
  out["Absence"] = object({{"id", integer()},
                           {"staff", text()},
                           {"name", text()},
                           {"substitute", text()},
                           {"substitute_name", text()},
                           {"from", date()},
                           {"to", date()},
                           {"kind", choice({"leave", "rotation", "training", "post_b", "other"})},
                           {"reason", text()},
                           {"made_at", moment()},
                           {"made_by", text()},
                           {"ended_at", nullable(moment())},
                           {"may_end", boolean()}});
  out["Calendar"] = object({{"year", integer()},
                            {"working_days", integer()},
                            {"days", list(object({{"date", date()}, {"off", boolean()}, {"name", text()}}))}});
}

}  // namespace guanhu::api
