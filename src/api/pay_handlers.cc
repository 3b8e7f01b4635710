// Pay: plans, runs, slips, what they rest on, the file for payroll.
#include <algorithm>

#include "api/pay_parts.h"
#include "api/pay_xlsx.h"
#include "api/people_desk.h"
#include "api/run_life_parts.h"
#include "api/shapes.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Permission;

namespace {

// --------------------------------------------------------------------------------------------------- plans

Outcome list_plans(Services& s, const Call& call) {
  PeopleDesk desk(s, call);
  std::vector<Json> items;
  for (const auto& book : books_in_force(s)) {
    if (!book->pack->decision("pay-plan")) continue;
    auto plan = appraisal::read_pay_plan(*book->pack, desk.today());
    if (!plan.ok()) continue;
    JsonArray lines, needs;
    for (const auto& line : plan->lines)
      lines.push_back(JsonObject{{"line", line.name},
                                 {"kind", appraisal::pay_kind_word(line.kind)},
                                 {"way", appraisal::pay_way_word(line.way)},
                                 {"decision", line.decision},
                                 {"part", line.part},
                                 {"pool", line.pool}});
    for (const auto& need : appraisal::needs_of(*book->pack, *plan))
      needs.push_back(JsonObject{{"line", need.line},
                                 {"decision", need.decision},
                                 {"name", need.name},
                                 {"type", need.type},
                                 {"hint", need.hint},
                                 {"optional", need.optional}});
    items.push_back(JsonObject{{"pack", plan->pack},
                               {"title", plan->title},
                               {"hash", plan->pack_hash},
                               {"lines", std::move(lines)},
                               {"needs", std::move(needs)}});
  }
  return Answer{.items = Items::of(std::move(items))};
}

// ---------------------------------------------------------------------------------------------------- runs

void add_totals(JsonObject& out, const appraisal::PayTotals& totals) {
  out.emplace_back("earnings", fen_json(totals.earnings));
  out.emplace_back("deductions", fen_json(totals.deductions));
  out.emplace_back("deposit", fen_json(totals.deposit));
  out.emplace_back("net", fen_json(totals.net));
}

JsonObject head_json(const appraisal::PayRun& run) {
  return {{"id", run.id},         {"run", run.run},
          {"pack", run.pack},     {"pack_hash", run.pack_hash},
          {"title", run.title},   {"scheme", run.scheme},
          {"period", run.period}, {"pay_on", run.pay_on.str()},
          {"state", run.state},   {"paid_at", maybe_json(run.paid_at)}};
}

JsonObject run_json(const appraisal::PayRun& run) {
  JsonObject out = head_json(run);
  out.emplace_back("people", run.people);
  out.emplace_back("open", run.open);
  out.emplace_back("hash", run.hash);
  add_totals(out, run.totals);
  out.emplace_back("made_at", run.made_at);
  out.emplace_back("made_by", run.made_by);
  for (const auto& [name, value] :
       {std::pair{"approved_at", &run.approved_at}, std::pair{"approved_by", &run.approved_by},
        std::pair{"approved_why", &run.approved_why}, std::pair{"paid_by", &run.paid_by},
        std::pair{"paid_document", &run.paid_document}, std::pair{"void_at", &run.void_at},
        std::pair{"void_by", &run.void_by}, std::pair{"void_why", &run.void_why}})
    out.emplace_back(name, maybe_json(*value));
  return out;
}

Json whole_json(PeopleDesk& desk, const appraisal::PayRun& run) {
  JsonObject out = run_json(run);
  for (const char* name : {"lines", "pools", "problems", "notes"}) {
    const Json* list = run.summary.find(name);
    out.emplace_back(name, list ? *list : Json(JsonArray{}));  // runs of before have no notes
  }
  const Json* untouched = run.summary.find("untouched");
  out.emplace_back("untouched", untouched ? *untouched : Json(0));
  out.emplace_back("corrections", posted_json(desk, run.id));
  out.emplace_back("whole", appraisal::pay_is_whole(desk.store(), run));
  return out;
}

std::optional<appraisal::PayRun> one_run(PeopleDesk& desk, const Call& call) {
  auto found = appraisal::pay_runs(desk.store(), number_of(call.part("id")).value_or(-1));
  if (found.empty()) return std::nullopt;
  return found.front();
}

Outcome list_runs(Services& s, const Call& call) {
  PeopleDesk desk(s, call);
  std::vector<Json> items;
  for (const auto& run : appraisal::pay_runs(desk.store())) items.push_back(run_json(run));
  return Answer{.items = Items::of(std::move(items))};
}

Outcome show_run(Services& s, const Call& call) {
  PeopleDesk desk(s, call);
  auto run = one_run(desk, call);
  return run ? Outcome(Answer{whole_json(desk, *run)}) : Outcome(not_found());
}

// What somebody without a grade is told to have: as the pack of grades calls it.
std::variant<std::string, Refusal> none_of(PeopleDesk& desk, const std::string& pack) {
  auto found = desk.pack(pack);
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  auto plan = appraisal::read_grade_plan(*std::get<std::shared_ptr<const policy::Pack>>(found), desk.today());
  return plan.ok() ? plan->none : std::string("无");
}

Outcome make_run(Services& s, const Call& call) {
  PeopleDesk desk(s, call);
  auto found = desk.pack(call.text("pack"));
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  const auto& pack = std::get<std::shared_ptr<const policy::Pack>>(found);
  appraisal::PayAsk ask{body_number(call, "run").value_or(-1), *body_date(call, "pay_on"),
                        body_text(call, "grades")};
  auto none = none_of(desk, ask.grades.empty() ? pack->id : ask.grades);
  if (auto* refusal = std::get_if<Refusal>(&none)) return *refusal;
  auto load = appraisal::load_pay(desk.store(), *pack, std::get<std::string>(none), desk.directory(), ask);
  if (!load.ok()) return people_refusal(load.error());
  appraisal::PayResult result = appraisal::compute_pay((*load)->work);
  const auto corrections = post_corrections_into(s, desk, **load, result);
  auto id = appraisal::keep_pay(desk.store(), **load, result, desk.doing(), corrections);
  if (!id.ok()) return people_refusal(id.error());
  return Answer{whole_json(desk, appraisal::pay_runs(desk.store(), *id).front())};
}

Outcome stepped(PeopleDesk& desk, const base::Result<appraisal::PayRun>& run) {
  if (!run.ok()) return people_refusal(run.error());
  return Answer{whole_json(desk, *run)};
}

Outcome approve_run(Services& s, const Call& call) {
  PeopleDesk desk(s, call);
  auto doing = desk.doing();
  if (auto run = one_run(desk, call)) {
    // Slips of years ago open by the rules of their day.
    LifeDesk at(s);
    if (auto pack = appraisal::pack_of_run(at.desk, run->pack + "/pay-plan", run->pack_hash)) {
      doing.also = [&desk, tell = doing.also, hash = run->pack_hash, pack = *pack](
                       const std::string& action, const std::string& subject, Json detail) {
        appraisal::keep_pack(desk.store(), hash, pack);
        tell(action, subject, std::move(detail));
      };
    }
  }
  return stepped(desk, appraisal::approve_pay(desk.store(), number_of(call.part("id")).value_or(-1),
                                              call.text("reason"), doing));
}

Outcome void_run(Services& s, const Call& call) {
  PeopleDesk desk(s, call);
  return stepped(desk, appraisal::void_pay(desk.store(), number_of(call.part("id")).value_or(-1),
                                           call.text("reason"), desk.doing()));
}

Outcome pay_run(Services& s, const Call& call) {
  PeopleDesk desk(s, call);
  auto out = appraisal::mark_paid(desk.store(), number_of(call.part("id")).value_or(-1), call.text("document"),
                                  desk.doing());
  if (out.ok())
    for (const auto& login : people::list_logins(desk.store()))
      if (!appraisal::pay_slips(desk.store(), out->id, login.staff_id).empty())
        s.notice("user:" + login.login, "info", "工资单", out->title + " " + out->period,
                 "/payslip/" + std::to_string(out->id));
  return stepped(desk, out);
}

// --------------------------------------------------------------------------------------------------- slips

Outcome list_run_slips(Services& s, const Call& call) {
  PeopleDesk desk(s, call);
  auto run = one_run(desk, call);
  if (!run) return not_found();
  std::vector<Json> items;
  for (const auto& slip : appraisal::pay_slips(desk.store(), run->id)) {
    JsonObject one = {{"staff", slip.staff},   {"name", slip.name},
                      {"org", slip.org},       {"org_name", desk.org_name(slip.org)},
                      {"branch", slip.branch}, {"branch_name", desk.org_name(slip.branch)}};
    add_totals(one, slip.totals);
    one.emplace_back("open", slip.open);
    items.push_back(std::move(one));
  }
  return Answer{.items = Items::of(std::move(items))};
}

Outcome list_slips(Services& s, const Call& call) {
  PeopleDesk desk(s, call);
  const std::string staff = call.get("staff").value_or(call.login().staff_id);
  if (!desk.reach().staff(staff)) return not_found();
  std::vector<Json> items;
  for (const auto& one : appraisal::slips_of(desk.store(), staff)) {
    JsonObject item = head_json(one.run);
    item.emplace_back("staff", staff);
    add_totals(item, one.slip.totals);
    items.push_back(std::move(item));
  }
  return Answer{.items = Items::of(std::move(items))};
}

// One's own once it is approved; a draft only for those who see all.
Outcome show_slip(Services& s, const Call& call) {
  PeopleDesk desk(s, call);
  const std::string& staff = call.part("staff");
  auto run = one_run(desk, call);
  bool shown = run && desk.reach().staff(staff) &&
               (desk.reach().bank() || run->state == "approved" || run->state == "paid");
  if (!shown) return not_found();
  auto slips = appraisal::pay_slips(desk.store(), run->id, staff);
  if (slips.empty()) return not_found();
  JsonObject out = {{"run", head_json(*run)}};
  for (const auto& [name, value] : *slips.front().slip.as_object()) out.emplace_back(name, value);
  out.emplace_back("org_name", desk.org_name(slips.front().org));
  return Answer{std::move(out)};
}

// -------------------------------------------------------------------------------------------------- export

Outcome export_run(Services& s, const Call& call, bool xlsx) {
  PeopleDesk desk(s, call);
  auto run = one_run(desk, call);
  if (!run) return not_found();
  const appraisal::PaySheet sheet = appraisal::pay_sheet(*run, appraisal::pay_slips(desk.store(), run->id));
  http::Response response;
  response.body = xlsx ? pay_xlsx(s.facts()->bank_name, *run, sheet) : appraisal::pay_csv(*run, sheet);
  desk.store().transaction([&] {
    desk.doing().tell("export.pay", "pay_run " + std::to_string(run->id),
                      JsonObject{{"rows", sheet.rows.size()},
                                 {"hash", run->hash},
                                 {"net", fen_json(run->totals.net)},
                                 {"form", xlsx ? "xlsx" : "csv"}});
  });
  const std::string name = "pay-" + std::to_string(run->id) + (xlsx ? ".xlsx" : ".csv");
  response.headers = {{"content-type", xlsx ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
                                            : "text/csv; charset=utf-8"},
                      {"content-disposition", "attachment; filename=\"" + name + "\""},
                      {"cache-control", "no-store"}};
  response.compress = !xlsx;
  return Answer{.raw = std::move(response)};
}

Outcome export_xlsx(Services& s, const Call& call) { return export_run(s, call, true); }
Outcome export_csv(Services& s, const Call& call) { return export_run(s, call, false); }

// --------------------------------------------------------------------------------------------------- table

Table run_endpoints_of_pay() {
  return {
      {.method = "GET",
       .path = "/pay/plans",
       .summary = "packs that say how to pay: lines, and what must be recorded",
       .permission = Permission::pay_read,
       .output = list_of("PayPlan"),
       .handler = list_plans,
       .list = true,
       .whole = true},
      {.method = "GET",
       .path = "/pay/runs",
       .summary = "pay runs, newest first",
       .permission = Permission::pay_export,
       .parameters = {{"state", choice({"draft", "approved", "paid", "void"}), false, "", "state"}},
       .output = list_of("PayRun"),
       .handler = list_runs,
       .list = true,
       .searched = {"title", "scheme", "period"}},
      {.method = "POST",
       .path = "/pay/runs",
       .summary = "works out pay by a published appraisal; an earlier draft of it is void",
       .permission = Permission::pay_make,
       .input = optional(object({{"pack", text(200)},
                                 {"run", described(integer(), "the appraisal")},
                                 {"pay_on", described(date(), "发放日期")},
                                 {"grades", described(text(200), "the pack whose grades count; else the same")}}),
                         {"grades"}),
       .output = ref("PayRunWhole"),
       .handler = make_run},
      {.method = "GET",
       .path = "/pay/runs/{id}",
       .summary = "one pay run: sums of the lines, pools, what is open",
       .permission = Permission::pay_export,
       .output = ref("PayRunWhole"),
       .handler = show_run}};
}

Table step_endpoints() {
  SchemaRef reason = object({{"reason", text(2000)}});
  return {{.method = "POST",
           .path = "/pay/runs/{id}/approve",
           .summary = "approves somebody else's pay run",
           .permission = Permission::pay_approve,
           .input = reason,
           .output = ref("PayRunWhole"),
           .handler = approve_run},
          {.method = "POST",
           .path = "/pay/runs/{id}/paid",
           .summary = "says that it was paid; deposits are booked",
           .permission = Permission::pay_approve,
           .input = object({{"document", described(text(200), "the payment order")}}),
           .output = ref("PayRunWhole"),
           .handler = pay_run},
          {.method = "POST",
           .path = "/pay/runs/{id}/void",
           .summary = "a draft or approved run that shall not be paid",
           .permission = Permission::pay_approve,
           .input = reason,
           .output = ref("PayRunWhole"),
           .handler = void_run}};
}

Table slip_endpoints() {
  const char* kXlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  return {{.method = "GET",
           .path = "/pay/runs/{id}/slips",
           .summary = "everybody's sums in a pay run",
           .permission = Permission::pay_export,
           .output = list_of("SlipSummary"),
           .handler = list_run_slips,
           .list = true,
           .searched = {"name", "staff"}},
          {.method = "GET",
           .path = "/pay/runs/{id}/export.xlsx",
           .summary = "for payroll, with control totals",
           .permission = Permission::pay_export,
           .handler = export_xlsx,
           .produces = kXlsx},
          {.method = "GET",
           .path = "/pay/runs/{id}/export.csv",
           .summary = "the same as text; no cell begins a formula",
           .permission = Permission::pay_export,
           .handler = export_csv,
           .produces = "text/csv"},
          {.method = "GET",
           .path = "/pay/runs/{id}/slips/{staff}",
           .summary = "a payslip: every line with its decision, articles and inputs",
           .permission = Permission::pay_read,
           .output = ref("Payslip"),
           .handler = show_slip},
          {.method = "GET",
           .path = "/pay/slips",
           .summary = "one's own approved and paid slips, or those of somebody in reach",
           .permission = Permission::pay_read,
           .parameters = {{"staff", text(50)}},
           .output = list_of("SlipOf"),
           .handler = list_slips,
           .list = true}};
}

}  // namespace

Table pay_endpoints() {
  Table out = pay_basis_endpoints();
  for (auto make : {run_endpoints_of_pay, step_endpoints, slip_endpoints, pay_explain_endpoints,
                    pay_compare_endpoints, pay_correct_endpoints, pay_handover_endpoints})
    for (Endpoint& e : make()) out.push_back(std::move(e));
  return out;
}

}  // namespace guanhu::api
