// Ranking and comparison: one list for the branch and the bank, and the same as a file.
#include <algorithm>

#include "api/gate.h"
#include "api/handlers.h"
#include "api/ranking.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

constexpr size_t kSpark = 8;  // periods

Json place(bool shown, const appraisal::Rank& rank) { return shown && rank.place ? Json(rank.place) : Json(); }

std::string org_name(const people::Directory& directory, const std::string& id) {
  const people::Org* org = directory.org(id);
  return org ? org->name : id;
}

Json item_json(const Appraised& a, const appraisal::HolderResult& r,
               const std::vector<std::shared_ptr<const Appraised>>& past) {
  JsonObject scores, figures;
  for (const auto& score : r.scores) scores.emplace_back(score.name, decimal_text(score.value));
  for (const auto& figure : r.figures) figures.emplace_back(figure.name, figure_text(figure));
  JsonArray spark;
  for (const auto& p : past) {
    auto h = p ? p->holder(r.id) : std::nullopt;
    spark.push_back(h ? decimal_text(p->run.holders[*h].total) : Json());
  }
  return JsonObject{{"id", r.id},
                    {"name", r.name},
                    {"org", r.org},
                    {"org_name", org_name(a.directory, r.org)},
                    {"branch", r.branch},
                    {"branch_name", org_name(a.directory, r.branch)},
                    {"total", decimal_text(r.total)},
                    {"total_reason", r.total_reason},
                    {"grade", r.grade ? Json(*r.grade) : Json()},
                    {"rank", JsonObject{{"branch", place(a.run.rank_in_branch, r.in_branch)},
                                        {"bank", place(a.run.rank_in_bank, r.in_bank)}}},
                    {"scores", std::move(scores)},
                    {"figures", std::move(figures)},
                    {"spark", std::move(spark)}};
}

// Of the ranking what is in reach, filtered, searched and sorted as the list parameters say.
std::vector<const Json*> chosen(const Ranking& ranking, const Reach& reach) {
  std::vector<const Json*> out;
  for (const Json& item : ranking.items)
    if (reach.holder(*item.find("id")->as_string())) out.push_back(&item);
  return out;
}

struct Found {
  std::shared_ptr<const Facts> facts;
  std::shared_ptr<const Appraised> appraised;
  std::shared_ptr<const Ranking> ranking;
  std::vector<const Json*> items;
};
std::variant<Found, Refusal> find(Services& s, const Call& call) {
  auto asked = asked_of(call);
  if (auto* refusal = std::get_if<Refusal>(&asked)) return *refusal;
  auto& [scheme, period] = std::get<Asked>(asked);
  auto facts = s.facts();
  auto appraised = facts->appraised(scheme, period);
  if (!appraised) return refusal_of(appraised.error());
  auto ranking = ranking_of(*facts, scheme, **appraised);
  auto items = chosen(*ranking, *facts->reach(call.login(), call.scope));
  return Found{std::move(facts), *appraised, std::move(ranking), std::move(items)};
}

Outcome list_ranking(Services& s, const Call& call) {
  auto found = find(s, call);
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  auto& f = std::get<Found>(found);
  Items items;
  // The items live as long as the ranking they stand in.
  items.all = std::shared_ptr<const std::vector<Json>>(f.ranking, &f.ranking->items);
  items.chosen = std::move(f.items);
  items.beside = {{"title", f.appraised->run.title},         {"scheme", f.appraised->run.scheme},
                  {"period", f.appraised->run.period.str()}, {"full_total", f.appraised->scheme->full_total.str()},
                  {"run_hash", f.appraised->hash},           {"columns", f.ranking->columns}};
  return Answer{.items = std::move(items)};
}

Outcome export_ranking(Services& s, const Call& call) {
  auto found = find(s, call);
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  auto& f = std::get<Found>(found);
  if (auto branch = call.get("branch"))
    std::erase_if(f.items, [&](const Json* item) { return *item->find("branch")->as_string() != *branch; });
  const Appraised& a = *f.appraised;
  auto facts = s.facts();
  std::string made = s.clock().now().str().substr(0, 19) + "Z";
  RankingHead head{a.run.title, a.run.period.str(), facts->bank_name,
                   "run " + a.hash.substr(0, 16) + "  " + a.run.scheme + "  " + made + "  " + call.login().login};
  std::string bytes = ranking_xlsx(head, a, f.items, call.language == Language::en);
  auto store = s.store();
  store->transaction([&] {
    record(*store, call.login().login, "export.ranking", "scheme " + a.run.scheme + " " + a.run.period.str(),
           JsonObject{{"rows", f.items.size()}, {"run_hash", a.hash}, {"scope", people::scope_name(call.scope)}},
           s.clock());
  });
  http::Response response;
  response.headers = {{"content-type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
                      {"content-disposition", "attachment; filename=\"ranking-" + a.run.period.str() + ".xlsx\""},
                      {"cache-control", "no-store"}};
  response.body = std::move(bytes);
  response.compress = false;  // it is a zip already
  return Answer{.raw = std::move(response)};
}

}  // namespace

std::shared_ptr<const Ranking> ranking_of(const Facts& facts, const SchemeName& scheme, const Appraised& a) {
  return std::static_pointer_cast<const Ranking>(a.kept("ranking", [&]() -> std::shared_ptr<const void> {
    auto out = std::make_shared<Ranking>();
    std::vector<std::shared_ptr<const Appraised>> past;
    for (const auto& period : facts.periods_until(a.run.period, kSpark)) {
      auto one = facts.appraised(scheme, period);
      past.push_back(one ? *one : nullptr);
    }
    std::vector<const appraisal::HolderResult*> order;
    for (const auto& h : a.run.holders) order.push_back(&h);
    std::stable_sort(order.begin(), order.end(), [](const auto* x, const auto* y) {
      return x->total && (!y->total || *y->total < *x->total);
    });
    for (const auto* h : order) out->items.push_back(item_json(a, *h, past));
    for (const auto* columns : {&a.scores, &a.figures})
      for (const Column& c : *columns)
        out->columns.push_back(JsonObject{{"key", (c.score ? "scores." : "figures.") + c.name},
                                          {"name", c.name},
                                          {"unit", c.unit},
                                          {"kind", c.score ? "score" : "figure"},
                                          {"full", c.score && !c.full.is_zero() ? Json(c.full.str()) : Json()}});
    return out;
  }));
}

Table ranking_endpoints() {
  auto parameters = scheme_and_period();
  parameters.push_back({"branch", text(100), false, "only holders of this branch", "branch"});
  parameters.push_back({"org", text(100), false, "only holders of this organisation", "org"});
  auto beside = std::vector<std::pair<std::string, SchemaRef>>{
      {"title", text()},         {"scheme", text()},   {"period", text()},
      {"full_total", decimal()}, {"run_hash", text()}, {"columns", list(ref("RankingColumn"))}};
  auto of_file = scheme_and_period();
  of_file.push_back({"branch", text(100), false, "only holders of this branch"});
  return {{.method = "GET",
           .path = "/ranking",
           .summary = "holders with every figure and score, best first",
           .permission = people::Permission::score_read,
           .parameters = parameters,
           .output = list_of("RankingItem", beside),
           .handler = list_ranking,
           .list = true,
           .searched = {"id", "name", "org_name", "branch_name"}},
          {.method = "GET",
           .path = "/ranking.xlsx",
           .summary = "the ranking as a file: all rows in scope",
           .permission = people::Permission::score_export,
           .parameters = of_file,
           .handler = export_ranking,
           .produces = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}};
}

}  // namespace guanhu::api
