// The shapes of docs/api.md, as schemas. What a handler answers is held against them by tests.
#include "api/shapes.h"
#include "api/signal_desk.h"

#include <algorithm>
#include <set>

#include "feed/tables.h"

namespace guanhu::api {

SchemaRef amount() { return nullable(decimal()); }
SchemaRef maybe_text() { return nullable(text()); }

namespace {

SchemaRef named_thing() { return object({{"id", text()}, {"name", text()}}); }
SchemaRef place() { return nullable(object({{"place", integer()}, {"of", integer()}})); }
SchemaRef texts() { return list(text()); }
SchemaRef figure() {
  return described(maybe_text(), "an exact decimal; of a decision's result also a word or a date");
}

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
                              {"waits", described(texts(), "what must be recorded before it can be scored")},
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
                                                       {"value", figure()},
                                                       {"unit", text()},
                                                       {"reason", text()},
                                                       {"previous", figure()},
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

// Every member a node of any kind may carry, and for rows every column of the feed: all come as they were
// delivered.
void explain_shapes(Schemas& out) {
  SchemaRef exact = either({decimal(), integer()});
  std::vector<std::pair<std::string, SchemaRef>> members = {
      {"kind", choice({"total", "score", "indicator", "measure", "peer", "peer_value", "parameter", "contribution",
                       "share", "row", "subject"})},
      {"name", text()},
      {"value", nullable(either({decimal(), integer(), text()}))},
      {"unit", text()},
      {"reason", text()},
      {"formula", text(100'000)},
      {"article", ref("Article")},
      {"weight", decimal()},
      {"full_mark", decimal()},
      {"parts", map(text(100'000))},
      {"sum_check",
       object({{"holders", decimal()}, {"others", decimal()}, {"nobody", decimal()}, {"bank", decimal()}})},
      {"exact", nullable(decimal())},
      {"contributions", integer()},
      {"rest", object({{"contributions", integer()}, {"value", decimal()}})},
      {"counted", integer()},
      {"hidden", integer()},
      {"average", decimal()},
      {"to_confirm", boolean()},
      {"goals", list(object({{"department", text()}, {"figure", text()}, {"goal", text()}}))},
      {"note", text(100'000)},
      {"then", text(100'000)},
      {"holder", text()},
      {"holder_name", text()},
      {"subject_kind", text()},
      {"subject_id", text()},
      {"customer_id", text()},
      {"customer_name", text()},
      {"balance_days", decimal()},
      {"share", text()},
      {"role", text()},
      {"via", text()},
      {"from", date()},
      {"to", date()},
      {"file", text()},
      {"business_date", date()},
      {"line", integer()}};
  std::set<std::string> known;
  for (const auto& [name, schema] : members) known.insert(name);
  for (const feed::Table& table : feed::tables())
    for (const feed::Column& column : table.columns)
      for (const std::string& name : {std::string(column.name), "row_" + std::string(column.name)}) {
        bool prefixed = name.starts_with("row_");
        // "row_" only where the node has a member of that name itself.
        if (prefixed && !known.count(std::string(column.name))) continue;
        if (std::none_of(members.begin(), members.end(), [&](const auto& m) { return m.first == name; }))
          members.emplace_back(name, text());
      }
  std::vector<std::string> absent;
  for (const auto& [name, schema] : members)
    if (name != "kind" && name != "name") absent.push_back(name);
  members.emplace_back("inputs", list(ref("ExplainNode")));
  absent.push_back("inputs");
  out["ExplainNode"] = optional(object(std::move(members)), std::move(absent));
}

void comparison_shapes(Schemas& out) {
  out["RankingItem"] = object({{"id", text()},
                               {"name", text()},
                               {"org", text()},
                               {"org_name", text()},
                               {"branch", text()},
                               {"branch_name", text()},
                               {"total", amount()},
                               {"total_reason", text()},
                               {"grade", maybe_text()},
                               {"rank", object({{"branch", nullable(integer())}, {"bank", nullable(integer())}})},
                               {"scores", map(amount())},
                               {"figures", map(figure())},
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
       {"grades", list(object({{"grade", described(maybe_text(), "null: none yet")}, {"count", integer()}}))},
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
              {"managers", list(object({{"staff", text()}, {"name", text()}, {"role", text()}}))},
              {"categories", list(object({{"scheme", text()}, {"category", text()}}))},
              {"last_visit", nullable(date())},
              {"values", described(map(any()), "own fields that were asked for, by number")}});
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
  auto org = out["Org"]->members;
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
                              {"detail", map(any())},
                              {"hash", text()},
                              {"previous", text()}});
  out["Verdict"] = object({{"whole", boolean()},
                           {"records", integer()},
                           {"head", object({{"sequence", integer()}, {"hash", text()}})},
                           {"faults", list(object({{"sequence", integer()}, {"what", text()}}))}});
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
    run_life_shapes(out);
    pay_shapes(out);
    risk_shapes(out);
    simulate_shapes(out);
    assessment_shapes(out);
    policy_shapes(out);
    trial_shapes(out);
    draft_shapes(out);
    workshop_shapes(out);
    policy_life_shapes(out);
    todo_shapes(out);
    staff_shapes(out);
    register_shapes(out);
    intake_shapes(out);
    assignment_shapes(out);
    plan_shapes(out);
    visit_shapes(out);
    lead_shapes(out);
    mail_shapes(out);
    training_shapes(out);
    advice_shapes(out);
    query_shapes(out);
    signal_shapes(out);
    record_shapes(out);
    customer_shapes(out);
    customer_card_shapes(out);
    people_shapes(out);
    login_shapes(out);
    return out;
  }();
  return all;
}

}  // namespace guanhu::api
