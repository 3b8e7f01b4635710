// The shapes of docs/api.md, as schemas. What a handler answers is held against them by tests.
#include "api/endpoint.h"

namespace guanhu::api {

namespace {

SchemaRef amount() { return nullable(decimal()); }
SchemaRef maybe_text() { return nullable(text()); }
SchemaRef count() { return integer(); }
SchemaRef named_thing() { return object({{"id", text()}, {"name", text()}}); }
SchemaRef place() { return nullable(object({{"place", integer()}, {"of", integer()}})); }
SchemaRef texts() { return list(text()); }

void session_shapes(Schemas& out) {
  out["Problem"] =
      optional(object({{"type", text()},
                       {"title", text()},
                       {"status", integer()},
                       {"code", text()},
                       {"detail", text()},
                       {"instance", text()},
                       {"errors", list(object({{"where", text()}, {"message", text()}, {"hint", text()}}))}}),
               {"detail", "instance", "errors"});
  out["Session"] = object({{"login", text()},
                           {"staff_id", text()},
                           {"name", text()},
                           {"org", named_thing()},
                           {"roles", texts()},
                           {"permissions", map(choice({"own", "team", "branch", "bank"}))},
                           {"must_change", boolean()},
                           {"csrf", text()},
                           {"expires", moment()}});
  out["Preferences"] = object({{"language", choice({"zh", "en"})},
                               {"theme", choice({"auto", "light", "dark"})},
                               {"unit", choice({"yuan", "wan"})}});
  out["Overview"] =
      object({{"bank", text()},
              {"business_date", nullable(date())},
              {"late_days", nullable(integer())},
              {"open_totals", integer()},
              {"schemes",
               list(object({{"scheme", text()},
                            {"title", text()},
                            {"holders", text()},
                            {"periods", list(object({{"period", text()},
                                                     {"kind", choice({"month", "quarter", "half-year", "year"})},
                                                     {"complete", boolean()}}))}}))},
              {"folder_held", boolean()}});
  out["SearchHit"] = optional(object({{"kind", choice({"customer", "account", "staff"})},
                                      {"id", text()},
                                      {"name", text()},
                                      {"note", text()},
                                      {"customer_id", text()},
                                      {"holder", boolean()}}),
                              {"customer_id", "holder"});
}

void score_shapes(Schemas& out) {
  out["Article"] = object({{"pack", text()},
                           {"document", text()},
                           {"line", integer()},
                           {"article", text()},
                           {"locator", text()},
                           {"text", text(100'000)},
                           {"rules", texts()}});
  out["ScoreSheet"] = object({{"holder", object({{"id", text()},
                                                 {"name", text()},
                                                 {"org", text()},
                                                 {"org_name", text()},
                                                 {"branch", text()},
                                                 {"branch_name", text()}})},
                              {"scheme", text()},
                              {"title", text()},
                              {"period", text()},
                              {"run_hash", text()},
                              {"pack_hash", text()},
                              {"total", amount()},
                              {"full_total", decimal()},
                              {"total_reason", text()},
                              {"grade", maybe_text()},
                              {"next_grade", nullable(object({{"grade", text()}, {"missing", decimal()}}))},
                              {"rank", object({{"branch", place()}, {"bank", place()}})},
                              {"previous", nullable(object({{"period", text()}, {"total", amount()}}))},
                              {"scores", list(object({{"name", text()},
                                                      {"value", amount()},
                                                      {"full", decimal()},
                                                      {"weight", decimal()},
                                                      {"reason", text()},
                                                      {"previous", amount()},
                                                      {"peers", object({{"min", amount()},
                                                                        {"max", amount()},
                                                                        {"average", amount()},
                                                                        {"place", nullable(integer())},
                                                                        {"of", integer()}})},
                                                      {"article", text()}}))},
                              {"figures", list(object({{"name", text()},
                                                       {"value", amount()},
                                                       {"unit", text()},
                                                       {"reason", text()},
                                                       {"previous", amount()},
                                                       {"article", text()}}))},
                              {"warnings", texts()}});
  out["TrendPoint"] = object({{"period", text()},
                              {"complete", boolean()},
                              {"total", amount()},
                              {"grade", maybe_text()},
                              {"rank", object({{"branch", place()}, {"bank", place()}})},
                              {"scores", map(amount())},
                              {"figures", map(amount())}});
}

void explain_shapes(Schemas& out) {
  out["ExplainNode"] = open(optional(object({{"kind", text()},
                                             {"name", text()},
                                             {"value", any()},
                                             {"unit", text()},
                                             {"reason", text()},
                                             {"formula", text(100'000)},
                                             {"article", ref("Article")},
                                             {"inputs", list(ref("ExplainNode"))}}),
                                     {"value", "unit", "reason", "formula", "article", "inputs"}));
}

void comparison_shapes(Schemas& out) {
  out["RankingItem"] = object({{"id", text()},
                               {"name", text()},
                               {"org", text()},
                               {"org_name", text()},
                               {"branch", text()},
                               {"branch_name", text()},
                               {"total", amount()},
                               {"grade", maybe_text()},
                               {"rank", object({{"branch", nullable(integer())}, {"bank", nullable(integer())}})},
                               {"scores", map(amount())},
                               {"figures", map(amount())},
                               {"spark", list(amount())}});
  out["RankingColumn"] = object({{"key", text()},
                                 {"name", text()},
                                 {"unit", text()},
                                 {"kind", choice({"score", "figure"})},
                                 {"full", amount()}});
  out["Board"] = object(
      {{"org", object({{"id", text()}, {"name", text()}, {"kind", text()}})},
       {"period", text()},
       {"tiles", list(object({{"name", text()},
                              {"value", amount()},
                              {"unit", text()},
                              {"change", amount()},
                              {"plan", amount()},
                              {"completion", amount()}}))},
       {"distribution", list(object({{"from", decimal()}, {"to", decimal()}, {"count", integer()}}))},
       {"movers", list(object({{"id", text()}, {"name", text()}, {"total", amount()}, {"change", decimal()}}))},
       {"children", list(object({{"id", text()},
                                 {"name", text()},
                                 {"kind", text()},
                                 {"holders", integer()},
                                 {"deposits", amount()},
                                 {"deposits_change", amount()},
                                 {"loans", amount()},
                                 {"total_average", amount()},
                                 {"completion", amount()}}))},
       {"series", list(object({{"period", text()}, {"deposits", amount()}, {"loans", amount()}}))}});
}

std::vector<std::pair<std::string, SchemaRef>> item_of(const SchemaRef& schema) { return schema->members; }

void work_shapes(Schemas& out) {
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
  out["ImportReport"] = open(object({{"business_date", text()},
                                     {"state", choice({"applied", "refused"})},
                                     {"rejects", integer()},
                                     {"problems", list(any())},
                                     {"files", list(any())},
                                     {"control_totals", list(any())}}));
  auto detail = item_of(out["Import"]);
  for (auto& member : item_of(out["ImportReport"]))
    if (member.first == "problems" || member.first == "files" || member.first == "control_totals")
      detail.push_back(member);
  detail.push_back({"unknown_files", list(text())});
  detail.push_back({"rejudged_totals", list(any())});
  detail.push_back(
      {"refusal", nullable(object({{"at", moment()}, {"by", text()}, {"report", ref("ImportReport")}}))});
  detail.push_back({"history", list(ref("Import"))});
  out["ImportDetail"] = object(std::move(detail));
  out["ImportFolder"] =
      object({{"folder", text()}, {"business_date", date()}, {"files", integer()}, {"rows", integer()}});
  out["Job"] = object({{"id", text()},
                       {"kind", text()},
                       {"title", text()},
                       {"state", choice({"waiting", "running", "done", "failed", "cancelled"})},
                       {"done", count()},
                       {"total", count()},
                       {"message", text()},
                       {"started", nullable(moment())},
                       {"ended", nullable(moment())},
                       {"by", text()},
                       {"result", any()}});
}

void customer_shapes(Schemas& out) {
  out["Share"] = object({{"staff", text()},
                         {"name", text()},
                         {"role", maybe_text()},
                         {"share", decimal()},
                         {"from", date()},
                         {"to", nullable(date())}});
  out["ManagerSpan"] = object({{"staff", text()},
                               {"name", text()},
                               {"role", maybe_text()},
                               {"share", decimal()},
                               {"from", date()},
                               {"to", nullable(date())},
                               {"subject_kind", choice({"customer", "account", "loan"})},
                               {"subject_id", text()}});
  out["CustomerItem"] =
      object({{"id", text()},
              {"name", text()},
              {"kind", text()},
              {"org", text()},
              {"org_name", text()},
              {"is_farmer", boolean()},
              {"opened_on", nullable(date())},
              {"deposits", decimal()},
              {"loans_total", decimal()},
              {"overdue_principal", decimal()},
              {"managers", list(object({{"staff", text()}, {"name", text()}, {"role", text()}}))}});
  out["Account"] = object({{"id", text()},
                           {"product", text()},
                           {"kind", text()},
                           {"org", text()},
                           {"currency", text()},
                           {"balance", decimal()},
                           {"opened_on", nullable(date())},
                           {"matures_on", nullable(date())},
                           {"closed_on", nullable(date())},
                           {"shares", list(ref("Share"))}});
  out["Loan"] = object({{"id", text()},
                        {"product", text()},
                        {"kind", text()},
                        {"guarantee", text()},
                        {"principal", decimal()},
                        {"balance", decimal()},
                        {"rate", amount()},
                        {"issued_on", nullable(date())},
                        {"due_on", nullable(date())},
                        {"settled_on", nullable(date())},
                        {"class", text()},
                        {"overdue_principal", decimal()},
                        {"overdue_days", integer()},
                        {"off_balance", boolean()},
                        {"shares", list(ref("Share"))}});
}

void customer_card_shapes(Schemas& out) {
  out["Customer"] = object({{"id", text()},
                            {"name", text()},
                            {"kind", text()},
                            {"org", text()},
                            {"org_name", text()},
                            {"is_farmer", boolean()},
                            {"opened_on", nullable(date())},
                            {"id_no_masked", text()},
                            {"phone_masked", text()},
                            {"address_masked", text()},
                            {"accounts", list(ref("Account"))},
                            {"loans", list(ref("Loan"))},
                            {"deposits", decimal()},
                            {"loans_total", decimal()},
                            {"managers", list(ref("ManagerSpan"))}});
  out["BalancePoint"] = object({{"day", date()}, {"deposits", decimal()}, {"loans", decimal()}});
  out["Transaction"] = object({{"id", text()},
                               {"account", text()},
                               {"booked_at", text()},
                               {"amount", decimal()},
                               {"balance_after", amount()},
                               {"counter_name", maybe_text()},
                               {"counter_account_masked", maybe_text()},
                               {"kind", text()},
                               {"memo", maybe_text()}});
  out["Personal"] = object({{"id_type", text()}, {"id_no", text()}, {"phone", text()}, {"address", text()}});
}

void people_shapes(Schemas& out) {
  out["Org"] = object({{"id", text()},
                       {"name", text()},
                       {"kind", text()},
                       {"parent", maybe_text()},
                       {"head", nullable(named_thing())},
                       {"staff", integer()},
                       {"managers", integer()},
                       {"opened_on", nullable(date())},
                       {"closed_on", nullable(date())}});
  out["Staff"] = object({{"id", text()},
                         {"name", text()},
                         {"org", text()},
                         {"org_name", text()},
                         {"branch", text()},
                         {"position", text()},
                         {"education", text()},
                         {"title", text()},
                         {"credit_exam", text()},
                         {"hired_on", nullable(date())},
                         {"left_on", nullable(date())},
                         {"phone_masked", text()},
                         {"in_post", boolean()}});
  auto org = item_of(out["Org"]);
  org.push_back({"path", list(named_thing())});
  org.push_back({"children", list(ref("Org"))});
  org.push_back({"staff_list", list(ref("Staff"))});
  out["OrgDetail"] = object(std::move(org));
}

void login_shapes(Schemas& out) {
  out["Login"] = object({{"login", text()},
                         {"staff_id", text()},
                         {"name", text()},
                         {"org", named_thing()},
                         {"roles", texts()},
                         {"must_change", boolean()},
                         {"disabled", boolean()},
                         {"last_login", nullable(moment())}});
  out["OneTimePassword"] = object({{"login", text()}, {"password", text()}});
  out["Role"] = object(
      {{"role", text()}, {"title", text()}, {"permissions", map(choice({"own", "team", "branch", "bank"}))}});
  out["AuditEntry"] = object({{"sequence", integer()},
                              {"at", moment()},
                              {"actor", text()},
                              {"action", text()},
                              {"subject", text()},
                              {"detail", any()},
                              {"hash", text()},
                              {"previous", text()}});
  out["Verdict"] = object({{"whole", boolean()},
                           {"records", integer()},
                           {"head", object({{"sequence", integer()}, {"hash", text()}})},
                           {"faults", list(object({{"sequence", integer()}, {"what", text()}}))}});
  out["PolicyBlock"] = object(
      {{"kind", text()}, {"name", text()}, {"line", integer()}, {"source", text(100'000)}, {"rules", texts()}});
  out["PolicyArticle"] = object({{"id", text()},
                                 {"article", text()},
                                 {"title", text()},
                                 {"document", text()},
                                 {"line", integer()},
                                 {"locator", text()},
                                 {"text", text(100'000)},
                                 {"rules", texts()},
                                 {"blocks", list(ref("PolicyBlock"))}});
  out["Policy"] = object({{"id", text()},
                          {"title", text()},
                          {"version", text()},
                          {"hash", text()},
                          {"from", nullable(date())},
                          {"to", nullable(date())},
                          {"sources", list(object({{"document", text()}, {"title", text()}}))},
                          {"schemes", list(object({{"scheme", text()}, {"title", text()}}))},
                          {"articles", list(ref("PolicyArticle"))}});
}

}  // namespace

const Schemas& named_schemas() {
  static const Schemas all = [] {
    Schemas out;
    session_shapes(out);
    score_shapes(out);
    explain_shapes(out);
    comparison_shapes(out);
    work_shapes(out);
    customer_shapes(out);
    customer_card_shapes(out);
    people_shapes(out);
    login_shapes(out);
    return out;
  }();
  return all;
}

}  // namespace guanhu::api
