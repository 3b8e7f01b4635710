// Reports (报表查询): what there is, what can be asked, the rows of a question, what is kept and shared.
#include <algorithm>

#include "api/desk.h"
#include "api/export_work.h"
#include "api/intake_desk.h"
#include "api/query_parts.h"
#include "api/reports.h"
#include "base/json_member.h"

namespace guanhu::api {

using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Permission;
using records::Record;

Refusal query_refusal(const Error& error) {
  Refusal out = refusal_of(error);
  const bool of_spec = error.code.starts_with("query.") && error.code != "query.rules";
  if (of_spec) out.status = 422;
  if (of_spec && !error.where.empty()) out.misfits.push_back({"spec/" + error.where, error.message});
  return out;
}

namespace {

// ------------------------------------------------------------------------------------------ what there is

JsonArray words_json(const workbench::QueryColumn& of) {
  JsonArray out;
  for (const auto& word : of.words) out.push_back(JsonObject{{"code", word.code}, {"text", word.text}});
  return out;
}

Json column_json(const workbench::QueryColumn& of) {
  JsonArray ops;
  for (const auto& op : workbench::ops_of(of))
    ops.push_back(JsonObject{{"name", op.name}, {"title", op.title}, {"values", op.values}});
  return JsonObject{
      {"name", of.name}, {"title", of.title},          {"type", std::string(workbench::query_type_name(of.type))},
      {"unit", of.unit}, {"words", words_json(of)},    {"ops", std::move(ops)},
      {"adds", of.adds}, {"bands", !of.bands.empty()}, {"personal", of.personal}};
}

Json source_json(const SourceMaker& maker, const workbench::QuerySource* source) {
  JsonArray columns, shown;
  if (source) {
    for (const auto& one : source->columns) columns.push_back(column_json(one));
    for (const auto& one : source->shown) shown.push_back(one);
  }
  return JsonObject{{"name", maker.name},           {"title", maker.title},          {"about", maker.about},
                    {"appraisal", maker.appraisal}, {"columns", std::move(columns)}, {"shown", std::move(shown)}};
}

// Sources the asker may use; with `source` that one with its columns, and the people and organisations in reach.
Outcome list_sources(Services& s, const Call& call) {
  QueryDesk desk(s, call.login());
  if (auto ready = desk.prepare(); !ready.ok()) return query_refusal(ready.error());
  JsonArray items, staff, orgs;
  const std::string wanted = call.get("source").value_or("");
  for (const auto* maker : desk.sources()) {
    if (wanted != maker->name) {
      items.push_back(source_json(*maker, nullptr));
      continue;
    }
    const Json spec = JsonObject{{"source", maker->name},
                                 {"scheme", call.get("scheme").value_or("")},
                                 {"period", call.get("period").value_or("")}};
    auto opened = maker->open(desk, spec);
    if (!opened.ok() && !maker->appraisal) return query_refusal(opened.error());
    items.push_back(source_json(*maker, opened.ok() ? &opened->source : nullptr));
    const auto reach = desk.reach(maker->permission);
    for (const auto& one : desk.directory().staff())
      if (reach->staff(one.id)) staff.push_back(JsonObject{{"id", one.id}, {"name", one.name}, {"org", one.org}});
    for (const auto& one : desk.directory().orgs())
      if (reach->org(one.id)) orgs.push_back(JsonObject{{"id", one.id}, {"name", one.name}});
  }
  return Answer{JsonObject{{"items", std::move(items)},
                           {"staff", std::move(staff)},
                           {"orgs", std::move(orgs)},
                           {"last_date", desk.last().str()}}};
}

// ------------------------------------------------------------------------------------------ kept ones

// Its maker's; or shared with everybody, or with a role or organisation of the asker.
bool sees_view(const Record& of, const people::Login& login, const std::string& person,
               const people::Directory& directory) {
  if (of.owner == person) return true;
  if (of.state != "shared") return false;
  const auto roles = texts_in(of.body, "roles"), orgs = texts_in(of.body, "orgs");
  if (roles.empty() && orgs.empty()) return true;
  for (const auto role : login.roles)
    if (std::find(roles.begin(), roles.end(), std::string(people::role_name(role))) != roles.end()) return true;
  const people::Staff* staff = directory.person(login.staff_id);
  for (const auto& org : orgs) {
    const auto below = directory.subtree(org);
    if (staff && std::find(below.begin(), below.end(), staff->org) != below.end()) return true;
  }
  return false;
}

Json view_json(Desk& desk, const Record& of) {
  JsonObject out = desk.head(of);
  const Json* spec = of.body.find("spec");
  out.emplace_back("spec", spec ? *spec : Json(JsonObject{}));
  for (const char* name : {"about", "every", "format"}) out.emplace_back(name, text_in(of.body, name));
  for (const char* name : {"roles", "orgs"}) {
    const auto all = texts_in(of.body, name);
    out.emplace_back(name, JsonArray(all.begin(), all.end()));
  }
  return out;
}

Json ready_json(const ReadyReport& of) {
  return JsonObject{{"id", of.id},       {"title", of.title}, {"about", of.about},
                    {"rules", of.rules}, {"spec", of.spec},   {"weekly", of.weekly}};
}

Outcome list_reports(Services& s, const Call& call) {
  QueryDesk queries(s, call.login());
  if (auto prepared = queries.prepare(); !prepared.ok()) return query_refusal(prepared.error());
  Desk desk(s, call);
  JsonArray ready, own, shared, sources;
  for (const auto& one : ready_reports(queries)) ready.push_back(ready_json(one));
  for (const auto* one : queries.sources()) sources.push_back(one->name);
  records::Filter filter;
  filter.kinds = {kReportView}, filter.limit = 5000;
  for (const Record& one : records::list(desk.store(), filter))
    if (sees_view(one, call.login(), desk.person(), desk.directory()))
      (one.owner == desk.person() ? own : shared).push_back(view_json(desk, one));
  return Answer{JsonObject{{"ready", std::move(ready)},
                           {"own", std::move(own)},
                           {"shared", std::move(shared)},
                           {"sources", std::move(sources)},
                           {"business_date", queries.last().str()}}};
}

std::variant<Record, Refusal> view_of(Desk& desk, const Call& call) {
  auto id = number_in_path(call);
  auto found = id ? records::record(desk.store(), kReportView, *id) : base::Result<Record>(Error{});
  if (!found.ok() || found->removed || !sees_view(*found, call.login(), desk.person(), desk.directory()))
    return not_found();
  return std::move(*found);
}

Outcome show_report(Services& s, const Call& call) {
  QueryDesk queries(s, call.login());
  if (auto prepared = queries.prepare(); !prepared.ok()) return query_refusal(prepared.error());
  if (auto ready = ready_report(queries, call.part("id")))
    return Answer{JsonObject{{"ready", ready_json(*ready)}, {"view", Json()}}};
  Desk desk(s, call);
  auto found = view_of(desk, call);
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  return Answer{JsonObject{{"ready", Json()}, {"view", view_json(desk, std::get<Record>(found))}}};
}

// The body of a view as it is kept, or what is wrong with it.
std::variant<Json, Refusal> view_body(Desk& desk, Services& s, const Call& call) {
  QueryDesk queries(s, call.login());
  if (auto prepared = queries.prepare(); !prepared.ok()) return query_refusal(prepared.error());
  auto query = queries.open(*call.body.find("spec"));
  if (!query.ok()) return query_refusal(query.error());
  for (const auto& filter : query->spec.filters)
    if (query->open.source.column(filter.column)->personal)
      return query_refusal(
          {"query.personal", "带证件号码、电话条件的报表不能保存", "filters", "去掉这个条件再保存"});
  const auto roles = texts_in(call.body, "roles"), orgs = texts_in(call.body, "orgs");
  const bool shared = true_member(call, "shared");
  if (shared && !desk.can(Permission::report_share)) return forbidden();
  for (const auto& role : roles)
    if (!people::role_of(role))
      return Refusal{422, {"report.roles", "没有角色 " + role, "", ""}, {{"/roles", "没有角色 " + role}}};
  for (const auto& org : orgs)
    if (!desk.directory().org(org))
      return Refusal{422, {"report.orgs", "没有机构 " + org, "", ""}, {{"/orgs", "没有机构 " + org}}};
  return Json(JsonObject{{"spec", workbench::to_json(query->spec)},
                         {"about", text_member(call, "about")},
                         {"roles", JsonArray(roles.begin(), roles.end())},
                         {"orgs", JsonArray(orgs.begin(), orgs.end())},
                         {"every", text_member(call, "every")},
                         {"format", text_member(call, "format") == "csv" ? "csv" : "xlsx"},
                         {"login", desk.login()}});
}

Outcome write_view(Services& s, const Call& call, Record of) {
  Desk desk(s, call);
  auto body = view_body(desk, s, call);
  if (auto* refusal = std::get_if<Refusal>(&body)) return *refusal;
  records::Change change;
  change.record = std::move(of);
  change.action = change.record.id == 0 ? "report.keep" : "report.change";
  Record& r = change.record;
  r.kind = kReportView, r.title = call.text("title"), r.state = true_member(call, "shared") ? "shared" : "own";
  r.owner = desk.person(), r.org = desk.org_of(desk.person());
  r.body = std::get<Json>(std::move(body));
  change.words = text_member(call, "about") + " ";
  records::Doing doing = desk.writing();
  const std::string every = text_member(call, "every");
  const auto audited = doing.also;
  doing.also = [&](const Record& written, const std::string& action) {
    audited(written, action);
    if (every.empty()) return;
    // It begins with the next period, not with the one that has passed.
    auto read = workbench::BusinessCalendar::read(s.bank().folder().path());
    const workbench::BusinessCalendar calendar = read.ok() ? *read : workbench::BusinessCalendar();
    const std::string key = workbench::schedule_key(every, *desk.facts().last_date, calendar);
    (void)workbench::take_schedule(desk.store(), written.id, key, 0, desk.now());
  };
  auto written = records::write(desk.store(), change, doing);
  if (!written.ok()) return record_refusal(written.error());
  return Answer{view_json(desk, *written)};
}

Outcome make_view(Services& s, const Call& call) { return write_view(s, call, {}); }

std::variant<Record, Refusal> own_view(Services& s, const Call& call) {
  Desk desk(s, call);
  auto found = view_of(desk, call);
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  Record& of = std::get<Record>(found);
  if (of.owner != desk.person()) return forbidden();
  return std::move(of);
}

Outcome change_view(Services& s, const Call& call) {
  auto found = own_view(s, call);
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  Record& of = std::get<Record>(found);
  of.version = call.body.find("version")->as_number()->to_int64().value_or(0);
  return write_view(s, call, std::move(of));
}

Outcome drop_view(Services& s, const Call& call) {
  auto found = own_view(s, call);
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  const Record& of = std::get<Record>(found);
  Desk desk(s, call);
  auto gone = records::remove(desk.store(), of.id, call.number("version", 0), "report.drop", "", desk.writing());
  if (!gone.ok()) return record_refusal(gone.error());
  return Answer{JsonObject{{"id", of.id}}};
}

SchemaRef view_input(bool version) {
  std::vector<std::pair<std::string, SchemaRef>> members = {{"title", text(200)},
                                                            {"about", text(400)},
                                                            {"spec", ref("QuerySpec")},
                                                            {"shared", boolean()},
                                                            {"roles", list(text(40))},
                                                            {"orgs", list(text(100))},
                                                            {"every", choice({"", "day", "week", "month"})},
                                                            {"format", choice({"xlsx", "csv"})}};
  if (version) members.emplace_back("version", integer());
  return optional(object(std::move(members)), {"about", "shared", "roles", "orgs", "every", "format"});
}

Table view_endpoints() {
  const auto make = Permission::report_make;
  return {{.method = "POST",
           .path = "/report-views",
           .summary = "keeps a report by a name; shared: needs report.share; every: made by itself",
           .permission = make,
           .input = view_input(false),
           .output = ref("ReportView"),
           .handler = make_view},
          {.method = "PUT",
           .path = "/report-views/{id}",
           .summary = "changes one of one's own",
           .permission = make,
           .input = view_input(true),
           .output = ref("ReportView"),
           .handler = change_view},
          {.method = "DELETE",
           .path = "/report-views/{id}",
           .summary = "drops one of one's own",
           .permission = make,
           .parameters = {{"version", integer(), true, "that was seen"}},
           .output = object({{"id", integer()}}),
           .handler = drop_view}};
}

}  // namespace

std::vector<RecordKind> query_kinds() {
  auto sees = [](Desk& desk, const Record& of) {
    return desk.can(Permission::report_read) &&
           sees_view(of, desk.call().login(), desk.person(), desk.directory());
  };
  auto own = [](Desk& desk, const Record& of) { return of.owner == desk.person(); };
  return {{kReportView, "报表", "/reports/{id}", Permission::report_read, sees, own}};
}

Table query_endpoints() {
  const auto may = Permission::report_read;
  Table out = {{.method = "GET",
                .path = "/reports",
                .summary = "ready-made reports, one's own, those that others share",
                .permission = may,
                .output = ref("Reports"),
                .handler = list_reports},
               {.method = "GET",
                .path = "/report-sources",
                .summary = "what can be asked; with `source` its columns, and people and organisations in reach",
                .permission = may,
                .parameters = {{"source", text(40), false, ""},
                               {"scheme", text(200), false, "of an appraisal"},
                               {"period", text(20), false, "of an appraisal"}},
                .output = ref("ReportSources"),
                .handler = list_sources},
               {.method = "GET",
                .path = "/reports/{id}",
                .summary = "one, by its name or number",
                .permission = may,
                .output = object({{"ready", nullable(ref("ReadyReport"))}, {"view", nullable(ref("ReportView"))}}),
                .handler = show_report}};
  for (auto part : {view_endpoints(), query_row_endpoints(), query_source_endpoints(), export_endpoints()})
    for (Endpoint& one : part) out.push_back(std::move(one));
  return out;
}

}  // namespace guanhu::api
