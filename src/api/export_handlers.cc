// Exports: asked for, listed, cancelled, fetched.
#include <algorithm>

#include "api/desk.h"
#include "api/intake_desk.h"
#include "api/query_parts.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Permission;
using people::Scope;
using workbench::Export;

namespace {

Json export_json(Services& s, const Export& of, const std::string& asker, const std::string& lost = "") {
  auto job = of.job == 0 ? std::nullopt : s.jobs().find(of.job);
  const bool live = job && !job->ended;
  JsonArray totals;
  if (of.totals.as_object())
    for (const auto& [name, value] : *of.totals.as_object())
      totals.push_back(JsonObject{{"title", name}, {"value", value.as_string() ? value : Json(value.dump())}});
  return JsonObject{{"id", of.id},
                    {"login", of.login},
                    {"own", of.login == asker},
                    {"title", of.title},
                    {"source", of.source},
                    {"format", of.format},
                    {"view", of.view ? Json(of.view) : Json()},
                    {"said", of.said},
                    {"spec", of.login == asker ? of.spec : Json()},
                    {"lost", lost},
                    {"state", of.state},
                    {"job", of.job ? Json(std::to_string(of.job)) : Json()},
                    {"done", live ? Json(job->done) : Json(of.rows)},
                    {"of", live ? Json(job->total) : Json(of.rows)},
                    {"progress", live ? job->message : ""},
                    {"rows", of.rows},
                    {"bytes", of.bytes},
                    {"digest", of.digest},
                    {"totals", std::move(totals)},
                    {"business_date", of.business_date},
                    {"made_at", of.made_at},
                    {"ended_at", of.ended_at.empty() ? Json() : Json(of.ended_at)},
                    {"expires_on", of.expires_on.empty() ? Json() : Json(of.expires_on)},
                    {"message", of.message},
                    {"scheduled", of.scheduled},
                    {"taken", of.taken}};
}

// One's own; of others who sees everybody's sees what was made, never the file.
bool may_see(const Call& call, const Export& of) {
  return of.login == call.login().login || call.scope == Scope::bank;
}

std::optional<Export> export_in(Services& s, store::Session& store, const Call& call) {
  auto id = number_in_path(call);
  auto found = id ? workbench::export_of(store, *id) : std::nullopt;
  if (!found || !may_see(call, *found)) return std::nullopt;
  return settled(s, store, std::move(*found));
}

Outcome list_exports(Services& s, const Call& call) {
  auto store = s.store();
  sweep_exports(s, *store);
  const bool all = call.scope == Scope::bank && call.get("whose").value_or("own") == "all";
  std::vector<Json> items;
  for (const Export& one : workbench::exports(*store, all ? "" : call.login().login))
    items.push_back(export_json(s, one, call.login().login));
  return Answer{.items = Items::of(std::move(items))};
}

Outcome make_export(Services& s, const Call& call) {
  ExportAsk ask;
  ask.title = call.text("title"), ask.format = call.text("format"), ask.spec = *call.body.find("spec");
  if (const Json* view = call.body.find("view"); view && view->as_number()) {
    Desk desk(s, call);
    auto found = records::record(desk.store(), kReportView, view->as_number()->to_int64().value_or(0));
    if (!found.ok() || !desk.sees(*found)) return not_found();
    ask.view = found->id, ask.view_version = found->version;
  }
  auto made = queue_export(s, call.login(), ask);
  if (!made.ok()) return query_refusal(made.error());
  return Answer{export_json(s, *made, call.login().login)};
}

Outcome show_export(Services& s, const Call& call) {
  auto store = s.store();
  auto of = export_in(s, *store, call);
  if (!of) return not_found();
  std::string lost;
  if (of->login == call.login().login && of->state == "done")
    if (auto seen = still_in_reach(s, call.login(), *of); !seen.ok()) lost = seen.error().text();
  return Answer{export_json(s, *of, call.login().login, lost)};
}

// What is being made is cancelled; what is made loses its file. What is known of it stays.
Outcome drop_export(Services& s, const Call& call) {
  auto store = s.store();
  auto of = export_in(s, *store, call);
  if (!of || of->login != call.login().login) return not_found();
  if (of->state == "waiting" || of->state == "running") {
    if (auto job = s.jobs().find(of->job); job && job->state == "waiting") {
      // It never begins, so nobody else says so.
      of->state = "cancelled", of->ended_at = s.clock().now().str();
    }
    if (auto status = s.jobs().cancel(of->job); !status.ok()) return refusal_of(status.error());
  } else if (of->state == "done") {
    std::error_code ignored;
    std::filesystem::remove(export_path(s, *of), ignored);
    of->state = "expired";
  } else {
    return Refusal{409, {"export.ended", "它已经结束了", "", ""}};
  }
  store->transaction([&] {
    if (of->state == "cancelled" || of->state == "expired") workbench::keep_export(*store, *of);
    record(*store, of->login, "export.drop", "export " + std::to_string(of->id), JsonObject{{"title", of->title}},
           s.clock());
  });
  return Answer{export_json(s, *of, call.login().login)};
}

Outcome take_export(Services& s, const Call& call) {
  auto store = s.store();
  auto of = export_in(s, *store, call);
  if (!of || of->login != call.login().login) return not_found();
  if (of->state != "done") return Refusal{409, {"export.state", "文件还没有做好，或者已经到期", "", "重新导出"}};
  if (auto seen = still_in_reach(s, call.login(), *of); !seen.ok()) return Refusal{409, seen.error()};
  const auto path = export_path(s, *of);
  std::error_code error;
  if (std::filesystem::file_size(path, error) != static_cast<uintmax_t>(of->bytes) || error)
    return Refusal{409, {"export.gone", "文件不在了", "", "重新导出"}};
  ++of->taken;
  store->transaction([&] {
    workbench::keep_export(*store, *of);
    record(*store, of->login, "export.take", "export " + std::to_string(of->id),
           JsonObject{{"title", of->title}, {"sha256", of->digest}, {"rows", of->rows}}, s.clock());
  });
  http::Response response;
  response.file = path.string();
  response.headers = {
      {"content-type", of->format == "csv" ? "text/csv; charset=utf-8" : kXlsx},
      {"content-disposition", "attachment; filename=\"report-" + std::to_string(of->id) + "." + of->format + "\""},
      {"cache-control", "no-store"}};
  response.compress = false;
  return Answer{.raw = std::move(response)};
}

}  // namespace

Table export_endpoints() {
  const auto may = Permission::export_read;
  return {{.method = "GET",
           .path = "/exports",
           .summary = "files that were made: one's own; `whose=all` everybody's, without the files",
           .permission = may,
           .parameters = {{"whose", choice({"own", "all"}), false, ""}, {"state", text(20), false, "", "state"}},
           .output = list_of("Export"),
           .handler = list_exports,
           .list = true,
           .whole = true,
           .searched = {"title", "login"}},
          {.method = "POST",
           .path = "/exports",
           .summary = "a report as a file, made in the background; recorded",
           .permission = Permission::report_read,
           .input = optional(object({{"title", text(200)},
                                     {"format", choice({"xlsx", "csv"})},
                                     {"spec", ref("QuerySpec")},
                                     {"view", integer()}}),
                             {"view"}),
           .output = ref("Export"),
           .handler = make_export},
          {.method = "GET",
           .path = "/exports/{id}",
           .summary = "one",
           .permission = may,
           .output = ref("Export"),
           .handler = show_export},
          {.method = "DELETE",
           .path = "/exports/{id}",
           .summary = "cancels it, or takes its file away",
           .permission = may,
           .output = ref("Export"),
           .handler = drop_export},
          {.method = "GET",
           .path = "/exports/{id}/file",
           .summary = "the file, for its maker, while all of it is in reach",
           .permission = may,
           .handler = take_export,
           .produces = "application/octet-stream"}};
}

}  // namespace guanhu::api
