// Data of other systems as they are read and worked on: what each system sent, checks and their findings, tellers
// and outlets to be checked, how complete records are, what a customer's page shows.
//
// INT-004 INT-007 INT-009 INT-302
#include <algorithm>

#include "api/intake_desk.h"
#include "api/register_desk.h"
#include "api/signal_desk.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using customers::CheckTarget;
using customers::Signal;
using people::Permission;

namespace {

Outcome show_systems(Services& s, const Call& call) {
  SignalDesk desk(s, call);
  if (auto ready = desk.prepare(); !ready.ok()) return refusal_of(ready.error());
  JsonArray systems;
  for (const auto& one : desk.systems()) {
    JsonArray columns;
    for (const auto& column : customers::signal_columns(one)) {
      JsonArray choices(column.choices.begin(), column.choices.end());
      columns.push_back(JsonObject{{"name", column.name},
                                   {"title", column.title},
                                   {"hint", column.hint},
                                   {"required", column.required},
                                   {"choices", std::move(choices)}});
    }
    int64_t rows = 0, open = 0;
    std::optional<base::Date> last;
    for (const Signal& row : customers::signals(desk.store(), {.system = one.id})) {
      if (!desk.sees(row)) continue;
      ++rows, open += row.state == "open";
      if (!last || row.received > *last) last = row.received;
    }
    systems.push_back(JsonObject{{"id", one.id},
                                 {"title", one.title},
                                 {"does", one.does},
                                 {"brings", one.brings},
                                 {"columns", std::move(columns)},
                                 {"rows", rows},
                                 {"open", open},
                                 {"last", maybe_day(last)}});
  }
  return Answer{JsonObject{{"systems", std::move(systems)},
                           {"today", desk.today().str()},
                           {"may_manage", desk.can(Permission::signal_manage)}}};
}

Outcome list_signals(Services& s, const Call& call) {
  SignalDesk desk(s, call);
  if (auto ready = desk.prepare(); !ready.ok()) return refusal_of(ready.error());
  std::vector<Json> items;
  for (const Signal& one : customers::signals(
           desk.store(), {.system = call.get("system").value_or(""), .state = call.get("state").value_or("")}))
    if (desk.sees(one)) items.push_back(desk.signal_json(one));
  return Answer{.items = Items::of(std::move(items))};
}

std::optional<Signal> seen(SignalDesk& desk, const Call& call) {
  auto id = number_in_path(call);
  auto found = id ? customers::signal(desk.store(), *id) : base::Error{"signal.unknown", "", "", ""};
  return found.ok() && desk.sees(*found) ? std::optional(*found) : std::nullopt;
}

// One change of a row with its audit record, in one transaction.
template <class Change>
Outcome changed(SignalDesk& desk, const std::string& action, const std::string& subject, Change change) {
  base::Result<Signal> done = base::Error{};
  desk.store().transaction([&] {
    done = change();
    if (done.ok()) desk.audit(action, subject, JsonObject{{"system", done->system}, {"key", done->key}});
  });
  if (!done.ok()) return signal_refusal(done.error());
  return Answer{desk.signal_json(*done)};
}

Outcome finish(Services& s, const Call& call) {
  SignalDesk desk(s, call);
  if (auto ready = desk.prepare(); !ready.ok()) return refusal_of(ready.error());
  auto of = seen(desk, call);
  if (!of) return not_found();
  // INT-007: by whom it was given to, or who stands in for him.
  if (const std::string holder = desk.holder_of(*of); holder.empty() || !desk.own(holder)) return forbidden();
  return changed(desk, "signal.finish", "signal " + std::to_string(of->id), [&] {
    return customers::finish_signal(desk.store(), of->id, call.text("finding"), desk.writing());
  });
}

Outcome reopen(Services& s, const Call& call) {
  SignalDesk desk(s, call);
  if (auto ready = desk.prepare(); !ready.ok()) return refusal_of(ready.error());
  auto of = seen(desk, call);
  if (!of) return not_found();
  if (!desk.own(desk.holder_of(*of)) && !desk.can(Permission::finding_decide)) return forbidden();
  return changed(desk, "signal.reopen", "signal " + std::to_string(of->id),
                 [&] { return customers::reopen_signal(desk.store(), of->id, call.text("reason")); });
}

bool sees_target(SignalDesk& desk, const CheckTarget& of) {
  return desk.reaches(Permission::signal_read, of.kind == "staff" ? of.object : "", of.org);
}

Json target_json(SignalDesk& desk, const CheckTarget& of) {
  return JsonObject{{"id", of.id},
                    {"kind", of.kind},
                    {"object", of.object},
                    {"name", of.kind == "org" ? desk.org_name(of.object) : desk.name_of(of.object)},
                    {"org_name", desk.org_name(of.org)},
                    {"events", of.events},
                    {"listed", of.listed.str()},
                    {"state", of.state},
                    {"finding", of.finding},
                    {"done_at", of.done_at.empty() ? Json() : Json(of.done_at)},
                    {"done_by", of.done_by},
                    {"may_finish", of.state == "open" && desk.reaches(Permission::finding_decide, "", of.org)}};
}

Outcome list_targets(Services& s, const Call& call) {
  SignalDesk desk(s, call);
  std::vector<Json> items;
  for (const auto& one : customers::check_targets(desk.store(), ""))
    if (sees_target(desk, one)) items.push_back(target_json(desk, one));
  return Answer{.items = Items::of(std::move(items))};
}

Outcome finish_target(Services& s, const Call& call) {
  SignalDesk desk(s, call);
  const auto id = number_in_path(call);
  std::optional<CheckTarget> of;
  for (const auto& one : customers::check_targets(desk.store(), ""))
    if (id && one.id == *id && sees_target(desk, one)) of = one;
  if (!of) return not_found();
  if (!desk.reaches(Permission::finding_decide, "", of->org)) return forbidden();
  base::Result<CheckTarget> done = base::Error{};
  desk.store().transaction([&] {
    done = customers::finish_target(desk.store(), of->id, call.text("finding"), desk.writing());
    if (done.ok())
      desk.audit("signal_target.finish", "signal_target " + std::to_string(of->id),
                 JsonObject{{"kind", of->kind}, {"object", of->object}, {"events", of->events}});
  });
  if (!done.ok()) return signal_refusal(done.error());
  return Answer{target_json(desk, *done)};
}

// INT-004: how many of each level an outlet and a teller had.
Outcome count_events(Services& s, const Call& call) {
  SignalDesk desk(s, call);
  std::map<std::pair<std::string, std::string>, std::map<std::string, int64_t>> counts;
  std::map<std::pair<std::string, std::string>, std::string> orgs;
  for (const Signal& one : customers::signals(desk.store(), {.does = customers::kTargetedCheck})) {
    if (!desk.sees(one)) continue;
    ++counts[{"org", one.org}][one.level], orgs[{"org", one.org}] = one.org;
    if (!one.staff.empty()) ++counts[{"staff", one.staff}][one.level], orgs[{"staff", one.staff}] = one.org;
  }
  std::vector<Json> items;
  for (const auto& [of, levels] : counts) {
    JsonArray by;
    int64_t all = 0;
    for (const auto& [level, count] : levels)
      by.push_back(JsonObject{{"level", level}, {"events", count}}), all += count;
    items.push_back(JsonObject{{"kind", of.first},
                               {"object", of.second},
                               {"name", of.first == "org" ? desk.org_name(of.second) : desk.name_of(of.second)},
                               {"org_name", desk.org_name(orgs[of])},
                               {"events", all},
                               {"levels", std::move(by)}});
  }
  std::stable_sort(items.begin(), items.end(), [](const Json& a, const Json& b) {
    return *a.find("events")->as_number()->to_int64() > *b.find("events")->as_number()->to_int64();
  });
  return Answer{.items = Items::of(std::move(items))};
}

Outcome count_incomplete(Services& s, const Call& call) {
  SignalDesk desk(s, call);
  if (auto ready = desk.prepare(); !ready.ok()) return refusal_of(ready.error());
  std::vector<Signal> seen_ones;
  for (auto& one : customers::signals(desk.store(), {.does = customers::kCompleteness}))
    if (desk.sees(one)) seen_ones.push_back(std::move(one));
  std::vector<Json> items;
  for (const auto& one : customers::entered_by(seen_ones, desk.pack(), desk.today()))
    items.push_back(JsonObject{{"staff", one.staff},
                               {"name", desk.name_of(one.staff)},
                               {"org_name", desk.org_name(desk.org_of(one.staff))},
                               {"records", one.records},
                               {"incomplete", one.incomplete},
                               {"lacking", one.lacking}});
  return Answer{.items = Items::of(std::move(items))};
}

// INT-009: with the source and the day it came.
Outcome of_customer(Services& s, const Call& call) {
  SignalDesk desk(s, call);
  if (auto ready = desk.prepare(); !ready.ok()) return refusal_of(ready.error());
  const auto merges = customers::Merges::load(desk.store());
  const std::string canonical = merges.canonical(call.part("id"));
  const auto numbers = merges.members(canonical);
  if (std::none_of(numbers.begin(), numbers.end(), [&](const auto& one) { return desk.reaches_customer(one); }))
    return not_found();
  JsonArray items;
  for (const Signal& one : customers::signals(desk.store(), {.customers = numbers, .limit = 200}))
    items.push_back(desk.signal_json(one));
  return Answer{JsonObject{{"items", std::move(items)}}};
}

}  // namespace

std::vector<RecordKind> signal_kinds() {
  return {{.kind = customers::kSignalBatchKind,
           .title = "外部系统数据批次",
           .page = "/outside-systems/batches/{id}",
           .read = Permission::signal_manage,
           .sees = [](Desk& desk, const records::Record&) { return desk.can(Permission::signal_manage); }}};
}

Table signal_endpoints() {
  const auto may = Permission::signal_read;
  const auto finding = object({{"finding", text(2000)}});
  auto get = [&](const char* path, const char* summary, auto handler, SchemaRef output) {
    return Endpoint{.method = "GET",
                    .path = path,
                    .summary = summary,
                    .permission = may,
                    .output = std::move(output),
                    .handler = handler};
  };
  auto post = [&](const char* path, const char* summary, auto handler, SchemaRef input, const char* output) {
    return Endpoint{.method = "POST",
                    .path = path,
                    .summary = summary,
                    .permission = may,
                    .input = std::move(input),
                    .output = ref(output),
                    .handler = handler};
  };
  Table out = {
      get("/outside-systems", "systems of the bank that send data, and how much of it one sees", show_systems,
          ref("OutsideSystems")),
      get("/outside-systems/signals", "their rows in reach, newest first", list_signals, list_of("Signal")),
      get("/outside-systems/targets", "tellers and outlets to be checked for high-risk events", list_targets,
          list_of("CheckTarget")),
      get("/outside-systems/risk-events", "risk events by outlet and teller", count_events,
          list_of("RiskEventCount")),
      get("/outside-systems/completeness", "incomplete records by who entered them", count_incomplete,
          list_of("EnteredBy")),
      get("/customers/{id}/outside", "what other systems sent of a customer", of_customer,
          object({{"items", list(ref("Signal"))}})),
      post("/outside-systems/signals/{id}/finding", "the check was made: by whom it was given to", finish, finding,
           "Signal"),
      post("/outside-systems/signals/{id}/reopen", "the finding does not do: the check is open again", reopen,
           object({{"reason", text(1000)}}), "Signal"),
      post("/outside-systems/targets/{id}/finding", "the teller or outlet was checked; needs finding.decide",
           finish_target, finding, "CheckTarget")};
  for (size_t i = 1; i <= 4; ++i) out[i].list = true;
  out[1].parameters = {{"system", text(60), false, ""}, {"state", choice({"open", "done", "kept"}), false, ""}};
  out[1].searched = {"key", "customer_name", "org_name", "staff_name"};
  out[2].searched = out[3].searched = {"name"};
  out[4].searched = {"name"};
  out[5].permission = Permission::customer_read;
  for (Endpoint& one : signal_batch_endpoints()) out.push_back(std::move(one));
  return out;
}

}  // namespace guanhu::api
