// Published results of people, their statements and receipts. Drafts and what is superseded are not there.
#include <map>

#include "api/run_life_parts.h"
#include "appraisal/difference.h"
#include "appraisal/life_days.h"
#include "appraisal/statement.h"
#include "base/json_member.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

constexpr size_t kMostRuns = 12;  // looked through when neither a run nor a holder is named

// Places stay numbers; a list of its own since the stored result has both kinds.
Json rank_json(const Json& result) {
  JsonObject out;
  for (const char* where : {"branch", "bank"}) {
    const Json* rank = result.find("rank");
    out.emplace_back(where, rank ? value_in(*rank, where) : Json());
  }
  return out;
}

// Open claims of a run, by holder.
std::map<std::string, int> open_claims(store::Session& store, int64_t run) {
  std::map<std::string, int> out;
  for (const auto& row : store.query(
           "SELECT holder_id, count(*) FROM run_disputes WHERE run_id = ? AND state = 'open' GROUP BY holder_id",
           {run}))
    out[row.text(0)] = static_cast<int>(row.integer(1));
  return out;
}

// When each holder opened their own statement first; the head of an organisation opens that of the organisation.
std::map<std::string, std::string> receipts_of(Services& s, store::Session& store, int64_t run) {
  std::map<std::string, std::string> staff, out;
  for (const auto& row : store.query("SELECT login, staff_id FROM logins")) staff[row.text(0)] = row.text(1);
  auto facts = s.facts();
  for (const auto& row : store.query("SELECT actor, detail, at FROM audit_log WHERE action = 'export.statement'"
                                     " AND subject = ? ORDER BY sequence",
                                     {"run " + std::to_string(run)})) {
    auto detail = Json::parse(row.text(1));
    const Json* holder = detail ? detail->find("holder") : nullptr;
    if (!holder || !holder->as_string()) continue;
    const std::string& reader = staff[row.text(0)];
    const people::Staff* person = facts->directory.person(reader);
    const bool own = reader == *holder->as_string() ||
                     (person && person->position == "branch_head" && person->org == *holder->as_string());
    if (own) out.emplace(*holder->as_string(), base::Instant{row.integer(2)}.str());
  }
  return out;
}

// What is said of the holders of a run beside their results.
struct Beside {
  std::map<std::string, int> claims;
  std::map<std::string, std::string> received;
  Beside(Services& s, store::Session& store, const appraisal::RunLife& life)
      : claims(open_claims(store, life.run)) {
    if (life.state == "sealed") received = receipts_of(s, store, life.run);
  }
};

JsonObject result_json(Services& s, const appraisal::RunLife& life, const std::string& holder, const Json& result,
                       const Beside& beside) {
  const auto& claims = beside.claims;
  auto open = claims.find(holder);
  auto received = beside.received.find(holder);
  return {{"run", life.run},
          {"scheme", life.scheme},
          {"title", scheme_title(s.packs(), life.scheme)},
          {"period", life.period},
          {"state", life.state},
          {"holder", holder},
          {"name", value_in(result, "name")},
          {"org", value_in(result, "org")},
          {"total", number_texts(value_in(result, "total"))},
          {"grade", value_in(result, "grade")},
          {"rank", rank_json(result)},
          {"published_at", life.published_at},
          {"notice_until", date_or_null(life.notice_until)},
          {"appeal_until", date_or_null(life.appeal_until)},
          {"sealed_at", text_or_null(life.sealed_at)},
          {"open_disputes", open == claims.end() ? 0 : open->second},
          {"received_at", received == beside.received.end() ? Json() : Json(received->second)}};
}

Outcome list_results(Services& s, const Call& call) {
  auto store = s.store();
  auto reach = s.facts()->reach(call.login(), call.scope);
  auto run = call.get("run"), holder = call.get("holder");
  if (!holder && call.scope == people::Scope::own) holder = call.login().staff_id;
  std::vector<Json> items;
  size_t looked = 0;
  for (const auto& life : appraisal::results_in_force(*store)) {
    if (run && run_number(*run) != life.run) continue;
    const Beside beside(s, *store, life);
    auto add = [&](const std::string& id, const Json& result) {
      if (reach->holder(id)) items.push_back(result_json(s, life, id, result, beside));
    };
    if (holder) {
      if (auto one = appraisal::kept_result(*store, life.run, *holder)) add(*holder, *one);
    } else if (run || looked++ < kMostRuns) {
      for (const auto& [id, one] : appraisal::kept_results(*store, life.run)) add(id, one);
    }
  }
  return Answer{.items = Items::of(std::move(items))};
}

// The result in the path, when it is published and the visitor's to see.
struct Found {
  appraisal::RunLife life;
  std::string holder;
  Json result;
};
std::optional<Found> find(Services& s, store::Session& store, const Call& call) {
  const std::string& holder = call.part("holder");
  if (!s.facts()->reach(call.login(), call.scope)->holder(holder)) return std::nullopt;
  auto life = appraisal::life_of(store, run_number(call.part("run")));
  if (!life || life->state == "draft") return std::nullopt;
  auto result = appraisal::kept_result(store, life->run, holder);
  if (!result) return std::nullopt;
  return Found{*life, holder, std::move(*result)};
}

JsonArray figures_json(const Json& result) {
  JsonArray out;
  const Json* figures = result.find("figures");
  if (figures && figures->as_object())
    for (const auto& [name, cell] : *figures->as_object()) {
      Json reason = value_in(cell, "reason");
      out.push_back(JsonObject{{"name", name},
                               {"value", number_texts(value_in(cell, "value"))},
                               {"unit", value_in(cell, "unit")},
                               {"reason", reason.is_null() ? Json("") : reason}});
    }
  return out;
}

JsonArray scores_json(const Json& result) {
  JsonArray out;
  const Json *scores = result.find("scores"), *reasons = result.find("reasons");
  if (scores && scores->as_object())
    for (const auto& [name, value] : *scores->as_object()) {
      Json reason = reasons ? value_in(*reasons, name.c_str()) : Json();
      out.push_back(JsonObject{
          {"name", name}, {"value", number_texts(value)}, {"reason", reason.is_null() ? Json("") : reason}});
    }
  return out;
}

Json may_dispute(const appraisal::RunLife& life, base::Date today) {
  const char* code = life.superseded_by                                ? "life.superseded"
                     : life.state == "sealed"                          ? "dispute.state"
                     : life.appeal_until && today > *life.appeal_until ? "dispute.late"
                                                                       : "";
  return JsonObject{{"ok", !*code}, {"code", *code ? Json(code) : Json()}};
}

Outcome show_result(Services& s, const Call& call) {
  auto store = s.store();
  auto found = find(s, *store, call);
  if (!found) return not_found();
  const base::Date today = appraisal::bank_day(s.clock().now());
  const bool others = s.facts()->reach(call.login(), call.scope)->bank();
  JsonObject out = result_json(s, found->life, found->holder, found->result, Beside(s, *store, found->life));
  out.emplace_back("superseded_by", found->life.superseded_by ? Json(found->life.superseded_by) : Json());
  const Json* why = found->result.find("reasons");
  Json total_reason = why ? value_in(*why, "total") : Json();
  out.emplace_back("total_reason", total_reason.is_null() ? Json("") : total_reason);
  out.emplace_back("figures", figures_json(found->result));
  out.emplace_back("scores", scores_json(found->result));
  out.emplace_back("may_dispute", may_dispute(found->life, today));
  out.emplace_back("corrections",
                   appraisal::to_json(appraisal::corrections_of(*store, found->life.run), found->holder));
  out.emplace_back("carried",
                   appraisal::carried_into(*store, found->life.scheme, found->life.period, found->holder));
  JsonArray disputes;
  for (const auto& d :
       appraisal::disputes(*store, {.id = {}, .run = found->life.run, .holder = found->holder, .state = ""}))
    disputes.push_back(dispute_json(s, *store, d, today, others));
  out.emplace_back("disputes", std::move(disputes));
  return Answer{std::move(out)};
}

void record_export(Services& s, store::Session& store, const Call& call, const Found& found, const char* action) {
  store.transaction([&] {
    record(store, call.login().login, action, "run " + std::to_string(found.life.run),
           JsonObject{{"holder", found.holder}, {"scheme", found.life.scheme}, {"period", found.life.period}},
           s.clock());
  });
}

Outcome statement(Services& s, const Call& call) {
  LifeDesk at(s);
  store::Session& store = at.desk.store();
  auto found = find(s, store, call);
  if (!found) return not_found();
  auto book = appraisal::open_statements(at.desk, found->life.run);
  if (!book) return life_refusal(book.error());
  auto sheet = appraisal::statement_sheet(store, *book, found->holder);
  if (!sheet) return life_refusal(sheet.error());
  record_export(s, store, call, *found, "export.statement");
  http::Response response;
  response.headers = {
      {"content-type", "text/html; charset=utf-8"},
      {"content-disposition", "attachment; filename=\"statement-" + std::to_string(found->life.run) + "-" +
                                  found->life.period + ".html\""},
      {"cache-control", "no-store"}};
  response.body = appraisal::statement_html(*book, *sheet);
  return Answer{.raw = std::move(response)};
}

Outcome receipt(Services& s, const Call& call) {
  auto store = s.store();
  auto found = find(s, *store, call);
  if (!found) return not_found();
  auto made = appraisal::receipt_of(*store, found->life.run, found->holder);
  if (!made) return life_refusal(made.error());
  return Answer{appraisal::to_json(*made)};
}

}  // namespace

Table result_endpoints() {
  const auto may = people::Permission::score_read;
  return {{.method = "GET",
           .path = "/results",
           .summary = "published results in reach, newest first; without run or holder those of the last 12 runs",
           .permission = may,
           .parameters = {{"run", integer()},
                          {"holder", text(100)},
                          {"scheme", text(200), false, "PACK/SCHEME", "scheme"},
                          {"period", text(10), false, "", "period"},
                          {"state", choice({"published", "disputed", "sealed"}), false, "", "state"}},
           .output = list_of("Result"),
           .handler = list_results,
           .list = true,
           .searched = {"name", "title", "holder"}},
          {.method = "GET",
           .path = "/results/{run}/{holder}",
           .summary = "one published result: figures, scores, disputes, what was corrected and carried in",
           .permission = may,
           .output = ref("ResultDetail"),
           .handler = show_result},
          {.method = "GET",
           .path = "/results/{run}/{holder}/statement",
           .summary = "the statement of a sealed result: one page that opens offline; recorded",
           .permission = may,
           .handler = statement,
           .produces = "text/html"},
          {.method = "GET",
           .path = "/results/{run}/{holder}/receipt",
           .summary = "the proof that a result is part of its sealed run",
           .permission = may,
           .output = ref("Receipt"),
           .handler = receipt}};
}

}  // namespace guanhu::api
