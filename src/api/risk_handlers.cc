// Figures that look better than they are: what the last searches found, what people decided, a new search.
#include <algorithm>

#include "api/gate.h"
#include "api/handlers.h"
#include "api/risk_scan.h"
#include "api/risk_view.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

std::vector<std::string> kind_words() {
  std::vector<std::string> out;
  for (risk::Kind kind : risk::kKinds) out.emplace_back(risk::word_of(kind));
  return out;
}

Outcome list_findings(Services& s, const Call& call) {
  auto store = s.store();
  auto db = s.warehouse();
  FindingView view(s.facts(), call, *db);
  risk::FindingFilter filter;
  filter.period = call.get("period"), filter.kind = call.get("kind"), filter.state = call.get("state");
  filter.manager = call.get("manager"), filter.customer = call.get("customer");
  filter.gone = call.get("gone").value_or("") == "true";
  std::vector<Json> items;
  for (const auto& one : risk::findings(*store, filter))
    if (view.sees(one)) items.push_back(view.summary(one));
  std::stable_sort(items.begin(), items.end(), [](const Json& a, const Json& b) {
    return *a.find("day")->as_string() > *b.find("day")->as_string();
  });
  return Answer{.items = Items::of(std::move(items))};
}

// The finding in the path: of the period asked for, else of the last one it was seen in.
std::optional<risk::KeptFinding> find(store::Session& store, const FindingView& view, const Call& call) {
  risk::FindingFilter filter;
  filter.id = call.part("id"), filter.gone = true;
  if (auto period = call.get("period")) filter.period = period;
  auto found = risk::findings(store, filter);
  if (found.empty()) return std::nullopt;
  auto last = std::max_element(found.begin(), found.end(), [](const auto& a, const auto& b) {
    return std::pair(a.present, a.last_seen) < std::pair(b.present, b.last_seen);
  });
  if (!view.sees(*last)) return std::nullopt;
  return std::move(*last);
}

Outcome show_finding(Services& s, const Call& call) {
  auto store = s.store();
  auto db = s.warehouse();
  FindingView view(s.facts(), call, *db);
  auto found = find(*store, view, call);
  if (!found) return not_found();
  return Answer{view.detail(*found)};
}

const char* field_of(const base::Error& error) {
  return error.code == "risk.reason" ? "/reason" : error.code == "risk.state" ? "/state" : nullptr;
}

Outcome decide(Services& s, const Call& call) {
  auto store = s.store();
  auto db = s.warehouse();
  FindingView view(s.facts(), call, *db);
  if (!find(*store, view, call)) return not_found();
  auto decided =
      risk::decide(*store, call.part("id"), call.text("state"), call.text("reason"), call.login().staff_id,
                   {call.login().login, s.clock().now(), [&](const std::string& subject, const Json& detail) {
                      record(*store, call.login().login, "risk.decide", subject, detail, s.clock());
                    }});
  if (!decided) {
    Refusal out = refusal_of(decided.error());
    if (const char* field = field_of(decided.error())) out.misfits.push_back({field, decided.error().message});
    return out;
  }
  return Answer{view.detail(*decided)};
}

Outcome list_scans(Services& s, const Call&) {
  auto store = s.store();
  std::vector<Json> items;
  for (const auto& scan : risk::scans(*store))
    items.push_back(JsonObject{{"period", scan.period},
                               {"kind", scan.kind},
                               {"at", scan.at},
                               {"by", scan.by},
                               {"pack", scan.pack},
                               {"pack_hash", scan.pack_hash},
                               {"reached", scan.reached},
                               {"findings", scan.findings},
                               {"notes", scan.notes.as_array() ? scan.notes : Json(JsonArray())}});
  return Answer{.items = Items::of(std::move(items))};
}

Outcome start_scan(Services& s, const Call& call) {
  auto period = base::Period::parse(call.text("period"));
  if (!period)
    return Refusal{400,
                   base::Error{"request.body", "", "", ""},
                   {{"/period", "不是期间, 写成 2025、2025H2、2025Q4 或 2025-12"}}};
  ScanAsk ask{*period, {}};
  if (const Json* kinds = call.body.find("kinds"))
    for (const Json& one : *kinds->as_array()) ask.kinds.push_back(*risk::kind_of(*one.as_string()));
  if (ask.kinds.empty()) ask.kinds.assign(std::begin(risk::kKinds), std::end(risk::kKinds));
  // What can be refused at once is: a job that fails a second later helps nobody.
  if (!s.facts()->has_data(*period))
    return Refusal{
        422, {"data.period", "期间 " + period->str() + " 还没有数据", "period", ""}, {{"/period", "还没有数据"}}};
  auto pack = s.packs().get(kRiskPack);
  if (!pack) return refusal_of(pack.error());
  if (auto rules = risk::rules_of(**pack, period->last()); !rules) return refusal_of(rules.error());
  auto job = queue_scan(s, ask, call.login().login);
  if (!job) return refusal_of(job.error());
  return Answer{job->json()};
}

Table reading_endpoints() {
  const auto may = people::Permission::finding_read;
  return {{.method = "GET",
           .path = "/risk/findings",
           .summary = "what the last searches found, in reach, the latest day first",
           .permission = may,
           .parameters = {{"period", text(10)},
                          {"kind", choice(kind_words())},
                          {"state", choice({"open", "accepted", "dismissed"})},
                          {"manager", text(100), false, "whose figures it touches"},
                          {"customer", text(100)},
                          {"gone", boolean(), false, "also what the last search no longer saw"}},
           .output = list_of("RiskFinding"),
           .handler = list_findings,
           .list = true,
           .searched = {"id", "what", "subject.name", "customer.name"}},
          {.method = "GET",
           .path = "/risk/findings/{id}",
           .summary = "one finding: its rows in the order of time, figures without it, decisions",
           .permission = may,
           .parameters = {{"period", text(10), false, "else the last one it was seen in"}},
           .output = ref("RiskFindingDetail"),
           .handler = show_finding},
          {.method = "GET",
           .path = "/risk/scans",
           .summary = "the last search of each period and kind",
           .permission = may,
           .output = list_of("RiskScan"),
           .handler = list_scans,
           .list = true}};
}

}  // namespace

Table risk_endpoints() {
  Table out = reading_endpoints();
  out.push_back(
      {.method = "POST",
       .path = "/risk/findings/{id}/decision",
       .summary = "whether the money counts: by a person whose figures it does not touch; recorded",
       .permission = people::Permission::finding_decide,
       .input = object({{"state", described(choice({"open", "accepted", "dismissed"}),
                                            "accepted: it does not count; dismissed: it does; open: look again")},
                        {"reason", text(4000)}}),
       .output = ref("RiskFindingDetail"),
       .handler = decide});
  out.push_back({.method = "POST",
                 .path = "/risk/scans",
                 .summary = "searches a period anew, as guanhu risk scan does; decisions stay",
                 .permission = people::Permission::finding_scan,
                 .input = optional(object({{"period", described(text(10), "2025, 2025H2, 2025Q4 or 2025-12")},
                                           {"kinds", described(list(choice(kind_words())), "none: all")}}),
                                   {"kinds"}),
                 .output = ref("Job"),
                 .handler = start_scan,
                 .status = 202});
  return out;
}

}  // namespace guanhu::api
