// Shapes of work that takes long: imports with their reports, appraisals, jobs.
#include "api/shapes.h"

namespace guanhu::api {

namespace {

SchemaRef state_of_total() { return choice({"ok", "waiting", "broken"}); }

// What `guanhu import --json` prints for a date, with amounts as texts; identity numbers, phones and addresses in
// refused rows are masked.
void report_shapes(Schemas& out) {
  out["ImportProblem"] = object({{"code", text()},
                                 {"message", described(text(), "what is wrong")},
                                 {"where", described(text(), "file, line, column, as far as they are known")},
                                 {"hint", described(text(), "how to mend it")}});
  out["ImportRefusal"] = object({{"line", described(integer(), "of the row's beginning; the header is line 1")},
                                 {"column", described(maybe_text(), "null: the row as a whole is wrong")},
                                 {"value", described(text(), "as delivered, cut to 200 bytes")},
                                 {"code", text()},
                                 {"reason", text()}});
  out["ImportFileTotal"] = object({{"what", choice({"rows", "sha256", "total"})},
                                   {"column", described(maybe_text(), "of a total")},
                                   {"expected", described(text(), "an exact decimal; of sha256 the digest")},
                                   {"found", maybe_text()},
                                   {"difference", amount()},
                                   {"state", choice({"ok", "broken"})},
                                   {"explained_by_refused_rows", boolean()}});
  out["ImportDangling"] =
      object({{"column", text()},
              {"refers_to", described(text(), "the table no import has described the value in yet")},
              {"count", integer()},
              {"examples", list(object({{"line", integer()}, {"value", text()}}))}});
  out["ImportFile"] =
      object({{"file", text()},
              {"read", described(integer(), "rows; read = applied + unchanged + refused")},
              {"applied", integer()},
              {"unchanged", integer()},
              {"refused", integer()},
              {"refusals", list(ref("ImportRefusal"))},
              {"totals", described(list(ref("ImportFileTotal")), "what the manifest promises")},
              {"unknown_columns", list(text())},
              {"dangling", list(ref("ImportDangling"))},
              {"problem", described(nullable(ref("ImportProblem")), "the file as a whole was refused")}});
  out["ControlTotal"] =
      optional(object({{"business_date", described(date(), "of the import that brought the total")},
                       {"line", integer()},
                       {"org_id", text()},
                       {"date", date()},
                       {"subject", choice({"deposits", "loans", "bad_loans", "interest_received", "fee_income"})},
                       {"expected", decimal()},
                       {"found", decimal()},
                       {"difference", described(decimal(), "found - expected")},
                       {"state", state_of_total()},
                       {"reason", text()},
                       {"before", described(state_of_total(), "of a total judged again: what it was")}}),
               {"before"});
}

std::vector<std::pair<std::string, SchemaRef>> report_members() {
  return {{"problems", described(list(ref("ImportProblem")), "of the date as a whole")},
          {"unknown_files", described(list(text()), "files the contract does not know; not read")},
          {"files", list(ref("ImportFile"))},
          {"control_totals", described(list(ref("ControlTotal")), "brought by this date")},
          {"rejudged_totals", described(list(ref("ControlTotal")), "of other dates, changed by this one")}};
}

void import_shapes(Schemas& out) {
  out["Import"] = object({{"business_date", date()},
                          {"state", choice({"applied", "replaced", "refused", "absent"})},
                          {"import_id", nullable(integer())},
                          {"applied_at", nullable(moment())},
                          {"by", maybe_text()},
                          {"rows", integer()},
                          {"applied", integer()},
                          {"unchanged", integer()},
                          {"refused", integer()},
                          {"allow_rejects", nullable(integer())},
                          {"open_totals", integer()}});
  std::vector<std::pair<std::string, SchemaRef>> report = {
      {"business_date", described(text(), "as far as it is known")},
      {"state", choice({"applied", "refused"})},
      {"feed", described(text(), "the folder it came from")},
      {"import_id", nullable(integer())},
      {"applied_at", nullable(moment())},
      {"replaced", boolean()},
      {"tolerance", nullable(integer())},
      {"rejects", integer()}};
  auto detail = out["Import"]->members;
  for (auto& member : report_members()) {
    report.push_back(member);
    detail.push_back(member);
  }
  out["ImportReport"] = object(std::move(report));
  detail.push_back(
      {"refusal", described(nullable(object({{"at", moment()}, {"by", text()}, {"report", ref("ImportReport")}})),
                            "the latest refused attempt, until the date comes whole")});
  detail.push_back({"history", described(list(ref("Import")), "imports that were replaced")});
  out["ImportDetail"] = object(std::move(detail));
  out["ImportFolder"] =
      object({{"folder", text()}, {"business_date", date()}, {"files", integer()}, {"rows", integer()}});
}

void job_shapes(Schemas& out) {
  out["ImportOutcome"] = object(
      {{"applied", integer()},
       {"refused", integer()},
       {"dates", list(object({{"business_date", text()}, {"applied", boolean()}, {"rejects", integer()}}))}});
  out["Job"] = object(
      {{"id", text()},
       {"kind", choice({"import", "appraise", "replay", "scan", "todos", "act"})},
       {"title", text()},
       {"state", described(choice({"waiting", "running", "done", "failed", "cancelled", "interrupted"}),
                           "interrupted: the server ended while it ran; what was finished stands")},
       {"done", integer()},
       {"total", integer()},
       {"message", text(100'000)},
       {"queued", moment()},
       {"started", nullable(moment())},
       {"ended", nullable(moment())},
       {"by", text()},
       {"result",
        described(nullable(either({ref("ImportOutcome"), ref("RunOutcome"), ref("Replay"), ref("ScanOutcome")})),
                  "once it is done; of a click (act) what its endpoint answers")},
       {"error",
        described(nullable(object({{"code", text()}, {"message", text()}, {"where", text()}, {"hint", text()}})),
                  "why it failed, where it was refused")}});
}

void run_shapes(Schemas& out) {
  std::vector<std::pair<std::string, SchemaRef>> run = {
      {"id", described(integer(), "its number")},
      {"scheme", text()},
      {"title", described(text(), "of the scheme; empty when its pack is gone")},
      {"period", text()},
      {"known_at", described(nullable(moment()), "as it was known then; null: when it was made")},
      {"pack_hash", text()},
      {"engine", text()},
      {"run_hash", text()},
      {"state", choice({"draft", "published", "disputed", "sealed"})},
      {"created_at", moment()},
      {"by", described(maybe_text(), "who made it")},
      {"holders", integer()},
      {"warnings", integer()}};
  out["Run"] = object(run);
  out["RunOutcome"] = object({{"run", integer()},
                              {"scheme", text()},
                              {"period", text()},
                              {"run_hash", text()},
                              {"holders", integer()},
                              {"new", described(boolean(), "false: the same run was kept before")}});
  std::erase_if(run, [](const auto& member) { return member.first == "warnings"; });
  run.push_back({"warnings", list(text(100'000))});
  run.push_back({"sums", described(list(object({{"measure", text()},
                                                {"holders", text()},
                                                {"others", text()},
                                                {"nobody", text()},
                                                {"bank", text()}})),
                                   "per measure: the parts against the bank's total, in the measure's unit")});
  out["RunDetail"] = object(std::move(run));
}

}  // namespace

void work_shapes(Schemas& out) {
  report_shapes(out);
  import_shapes(out);
  job_shapes(out);
  run_shapes(out);
}

}  // namespace guanhu::api
