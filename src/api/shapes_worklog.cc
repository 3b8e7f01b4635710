// Work logs, spot checks, meetings.
#include "api/plan_desk.h"
#include "api/shapes.h"

namespace guanhu::api {

namespace {

SchemaRef done_line() {
  return object({{"key", text()},
                 {"kind", text()},
                 {"title", text()},
                 {"customer", text()},
                 {"link", text()},
                 {"note", text(8000)},
                 {"customer_name", text()}});
}

SchemaRef person() { return object({{"staff", text()}, {"name", text()}}); }

void day_shape(Schemas& out) {
  const SchemaRef draft =
      object({{"seq", integer()},
              {"body", open(object({{"text", text(80'000)}, {"tomorrow", text(80'000)}, {"done", list(any())}}))},
              {"at", moment()},
              {"by", text()}});
  out["LogDay"] = object(
      {{"day", date()},
       {"today", date()},
       {"working", boolean()},
       {"staff", text()},
       {"name", text()},
       {"own", boolean()},
       {"required", described(boolean(), "the person's position writes logs")},
       {"deadline", moment()},
       {"over", described(boolean(), "submitted now it would be late")},
       {"log", nullable(ref("WorkLog"))},
       {"draft", nullable(draft)},
       {"seen", list(object({{"key", text()},
                             {"kind", text()},
                             {"title", text()},
                             {"customer", text()},
                             {"customer_name", text()},
                             {"link", text()},
                             {"at", nullable(moment())}}))},
       {"meant", described(text(80'000), "what the log before said of this day")},
       {"previous", date()},
       {"next", date()},
       {"levels", list(object({{"level", text()}, {"mark", nullable(decimal())}, {"late", nullable(decimal())}}))},
       {"may", list(choice({"write", "read"}))}});
}

void check_shapes(Schemas& out) {
  out["LogCheck"] =
      record_shape({{"first", date()},
                    {"last", date()},
                    {"population", described(integer(), "days it was drawn from")},
                    {"seed", text()},
                    {"digest", described(text(), "SHA-256 of what it was drawn from")},
                    {"open", integer()},
                    {"drawn", list(object({{"staff", text()},
                                           {"name", text()},
                                           {"day", date()},
                                           {"log", described(nullable(integer()), "null: nothing was written")},
                                           {"late", boolean()},
                                           {"level", text()},
                                           {"mark", nullable(decimal())},
                                           {"reason", text(8000)},
                                           {"at", nullable(moment())},
                                           {"by", text()}}))},
                    {"levels", list(text())}});
  out["LogFigures"] = object({{"staff", text()},
                              {"name", text()},
                              {"org_name", text()},
                              {"required", integer()},
                              {"written", integer()},
                              {"late", integer()},
                              {"missing", list(date())},
                              {"mean", nullable(decimal())},
                              {"share", described(nullable(decimal()), "% of the days required")},
                              {"marks", list(object({{"day", date()},
                                                     {"level", text()},
                                                     {"mark", decimal()},
                                                     {"late", boolean()},
                                                     {"reason", text(8000)},
                                                     {"check", nullable(integer())},
                                                     {"by", text()}}))},
                              {"recorded", object({{"mean", nullable(decimal())},
                                                   {"share", nullable(decimal())},
                                                   {"late", nullable(decimal())},
                                                   {"at", nullable(moment())},
                                                   {"by", text()}})}});
}

void preparation_shape(Schemas& out, const SchemaRef& decision) {
  out["MeetingPreparation"] = object(
      {{"loads", list(object({{"staff", text()}, {"name", text()}, {"overdue", integer()}, {"due", integer()}}))},
       {"ranks", object({{"scheme", text()},
                         {"period", text()},
                         {"title", text()},
                         {"rows", list(object({{"staff", text()},
                                               {"name", text()},
                                               {"total", nullable(decimal())},
                                               {"place", integer()},
                                               {"of", integer()}}))}})},
       {"plans",
        list(object(
            {{"staff", text()}, {"name", text()}, {"plan", nullable(integer())}, {"behind", list(text())}}))},
       {"before", list(decision)}});
}

}  // namespace

void log_shapes(Schemas& out) {
  out["WorkLog"] = record_shape({{"done", list(done_line())},
                                 {"text", text(80'000)},
                                 {"tomorrow", text(80'000)},
                                 {"late", boolean()},
                                 {"submitted_at", nullable(moment())},
                                 {"readings", list(object({{"at", moment()},
                                                           {"by", text()},
                                                           {"name", text()},
                                                           {"text", text(8000)},
                                                           {"level", text()},
                                                           {"mark", nullable(decimal())}}))}});
  out["LogDays"] = object(
      {{"staff", text()},
       {"name", text()},
       {"org", text()},
       {"org_name", text()},
       {"written", integer()},
       {"late", integer()},
       {"missing", integer()},
       {"unread", integer()},
       {"may_read", boolean()},
       {"days", list(object({{"day", date()},
                             {"state", choice({"written", "late", "read", "missing", "open", "coming", "off"})},
                             {"log", nullable(integer())},
                             {"mark", nullable(decimal())}}))}});
  day_shape(out);
  check_shapes(out);
}

void meeting_shapes(Schemas& out) {
  const SchemaRef decision = object({{"id", integer()},
                                     {"text", text()},
                                     {"who", text()},
                                     {"name", text()},
                                     {"due", nullable(date())},
                                     {"todo", nullable(integer())},
                                     {"todo_state", maybe_text()},
                                     {"note", maybe_text()}});
  out["MeetingSeries"] = record_shape({{"meeting", choice({"morning", "weekly", "monthly", "other"})},
                                       {"every", text()},
                                       {"weekday", integer()},
                                       {"nth", integer()},
                                       {"time", text()},
                                       {"place", text()},
                                       {"whole_org", boolean()},
                                       {"people", list(person())},
                                       {"agenda", list(text())},
                                       {"next", nullable(date())},
                                       {"may_change", boolean()}});
  out["MeetingLine"] =
      object({{"id", described(nullable(integer()), "null: a day of a series that nobody has prepared")},
              {"series", nullable(integer())},
              {"title", text()},
              {"meeting", text()},
              {"day", date()},
              {"time", text()},
              {"place", text()},
              {"state", choice({"planned", "missed", "prepared", "held", "minuted", "confirmed", "cancelled"})},
              {"org_name", text()},
              {"people", integer()},
              {"decisions", integer()},
              {"waits_for_me", boolean()},
              {"may_prepare", boolean()}});
  out["Meeting"] = record_shape(
      {{"time", text()},
       {"place", text()},
       {"people", list(person())},
       {"agenda", list(object({{"title", text()}, {"text", text(16'000)}, {"figures", list(any())}}))},
       {"attendance", list(object({{"staff", text()}, {"name", text()}, {"state", text()}}))},
       {"minutes", text(80'000)},
       {"decisions", list(decision)},
       {"agreed",
        list(object({{"staff", text()}, {"name", text()}, {"at", moment()}, {"objection", text(8000)}}))},
       {"waits", described(list(person()), "who was there and has not answered yet")},
       {"files", list(object({{"digest", text()}, {"name", text()}, {"type", text()}, {"size", integer()}}))},
       {"today", date()},
       {"may", list(choice({"write", "minutes", "cancel", "prepare", "agree"}))}});
  preparation_shape(out, decision);
}

}  // namespace guanhu::api
