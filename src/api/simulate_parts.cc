#include "api/simulate_parts.h"

#include <algorithm>

#include "api/appraised.h"
#include "api/handlers.h"
#include "api/policy_reading.h"
#include "api/reach.h"
#include "api/run_life_parts.h"
#include "appraisal/pay_plan.h"
#include "feel/json.h"
#include "policy/drafts.h"

namespace guanhu::api {

using appraisal::Evaluation;
using base::Json;
using base::JsonArray;
using base::JsonObject;

JsonObject simulation_json(Services& s, const Call& call, const appraisal::KeptSimulation& kept) {
  Json summary = kept.summary;
  // Names of single people are not for everybody who may read the sums.
  if (!s.facts()->reach(call.login(), call.scope)->bank())
    for (auto& [name, value] : *summary.as_object())
      if (name == "most" || name == "least") value = Json();
  return {{"id", kept.id},
          {"title", kept.title},
          {"note", kept.note},
          {"scheme", kept.scheme},
          {"scheme_title", scheme_title(s.packs(), kept.scheme)},
          {"period", kept.period},
          {"base_kind", kept.base_kind},
          {"base_run", kept.base_run ? Json(kept.base_run) : Json()},
          {"known_at", kept.known_at},
          {"engine", kept.engine},
          {"pack_hash", kept.pack_hash},
          {"hash", kept.hash},
          {"made_at", kept.made_at},
          {"made_by", kept.made_by},
          {"mine", kept.made_by == call.login().login},
          {"shared", kept.shared()},
          {"withdrawn", !kept.withdrawn_at.empty()},
          {"ask", kept.ask},
          {"summary", std::move(summary)}};
}

JsonArray holders_in_reach(Services& s, const Call& call, std::vector<Json> holders) {
  auto facts = s.facts();
  auto reach = facts->reach(call.login(), call.scope);
  auto paid = facts->reach(call.login(), people::scope_of(call.login().roles, people::Permission::pay_read));
  JsonArray out;
  for (Json& one : holders) {
    const std::string& id = *one.find("id")->as_string();
    if (!reach->holder(id)) continue;
    if (!paid->holder(id))
      for (auto& [name, value] : *one.as_object())
        if (name == "pay") value = Json();
    out.push_back(std::move(one));
  }
  return out;
}

Json levers_json(const std::vector<appraisal::Lever>& levers) {
  JsonArray out;
  for (const auto& one : levers)
    out.push_back(JsonObject{{"id", one.id}, {"title", one.title}, {"unit", one.unit}});
  return out;
}

Json bands_json(const Evaluation& e) {
  JsonArray out;
  for (const auto& band : e.scheme.scheme->grades)
    out.push_back(JsonObject{{"name", band.grade}, {"at_least", band.at_least.str()}});
  return out;
}

Json margins_json(Services& s, const Call& call, const Evaluation& after, const Evaluation& before,
                  const std::vector<appraisal::Lever>& levers, const appraisal::Lever& lever,
                  const base::Decimal& by, const std::vector<appraisal::Margin>& is,
                  const std::vector<appraisal::Margin>& was) {
  auto reach = s.facts()->reach(call.login(), call.scope);
  JsonArray items;
  for (size_t h = 0; h < is.size(); ++h) {
    const auto& person = after.holders[h];
    if (!reach->holder(person.id)) continue;
    const auto old = was.empty() ? std::nullopt : before.holder_index(person.id);
    items.push_back(JsonObject{{"id", person.id},
                               {"name", person.name},
                               {"more", decimal_text(is[h].more)},
                               {"less", decimal_text(is[h].less)},
                               {"before", old ? decimal_text(was[*old].more) : Json()}});
  }
  return JsonObject{
      {"levers", levers_json(levers)}, {"lever", lever.id}, {"by", by.str()}, {"items", std::move(items)}};
}

// ------------------------------------------------------------------------------------------- options

namespace {

Json parameters_json(const policy::Pack& pack, const policy::CompiledScheme& scheme) {
  JsonArray out;
  for (const auto& one : pack.parameters) {
    const feel::Value* value = one.constant_on(scheme.date);
    if (!value) continue;
    const bool used = std::find_if(scheme.parameters.begin(), scheme.parameters.end(),
                                   [&](const auto* p) { return p->name == one.name; }) != scheme.parameters.end();
    Json shown = feel::to_json(*value);
    if (const auto* number = shown.as_number()) shown = number->str();
    out.push_back(JsonObject{{"name", one.name},
                             {"unit", one.unit},
                             {"value", std::move(shown)},
                             {"number", one.is_number()},
                             {"used", used},
                             {"article", one.origin.article}});
  }
  std::stable_sort(out.begin(), out.end(), [](const Json& a, const Json& b) {
    return *a.find("used")->as_bool() && !*b.find("used")->as_bool();
  });
  return out;
}

void add_steps(const policy::CompiledScheme& scheme, JsonObject& out) {
  JsonArray items, formulas, targets;
  for (size_t i = 0; i < scheme.items.size(); ++i) {
    const auto& step = scheme.steps[scheme.items[i]];
    items.push_back(JsonObject{
        {"name", step.name}, {"weight", scheme.scheme->items[i].weight.str()}, {"full", step.score->full.str()}});
  }
  for (const auto& step : scheme.steps) {
    if (step.indicator || step.score)
      formulas.push_back(JsonObject{{"name", step.name},
                                    {"kind", step.score ? "score" : "indicator"},
                                    {"formula", step.score ? step.score->formula : step.indicator->formula},
                                    {"article", step.origin().article}});
    if (step.measure && step.measure->fact == policy::Fact::target)
      targets.push_back(JsonObject{{"name", step.name}, {"unit", step.unit}});
  }
  out.emplace_back("items", std::move(items));
  out.emplace_back("formulas", std::move(formulas));
  out.emplace_back("targets", std::move(targets));
}

Json drafts_json(store::Session& store, const std::string& pack) {
  JsonArray out;
  for (const auto& one : policy::PolicyDrafts::all(store, pack, "open"))
    out.push_back(JsonObject{{"id", one.id},
                             {"title", one.title},
                             {"revision", one.revision},
                             {"note", one.note},
                             {"changed_at", one.changed_at},
                             {"changed_by", one.changed_by}});
  return out;
}

Json pay_json(Services& s, base::Date on) {
  JsonArray out;
  for (const auto& book : books_in_force(s)) {
    if (!book->pack->decision("pay-plan")) continue;
    auto plan = appraisal::read_pay_plan(*book->pack, on);
    if (!plan.ok()) continue;
    JsonArray parameters;
    for (const auto& one : book->pack->parameters)
      if (const feel::Value* value = one.constant_on(on); value && one.is_number())
        parameters.push_back(JsonObject{{"name", one.name}, {"unit", one.unit}, {"value", value->number().str()}});
    out.push_back(JsonObject{{"pack", plan->pack}, {"title", plan->title}, {"parameters", std::move(parameters)}});
  }
  return out;
}

}  // namespace

Json options_json(Services& s, appraisal::Simulator& simulator) {
  const Evaluation& before = simulator.before();
  const auto& base = simulator.base();
  JsonArray holders;
  for (const auto& one : before.holders) holders.push_back(JsonObject{{"id", one.id}, {"name", one.name}});
  JsonObject out = {{"title", before.scheme.scheme->title},
                    {"base", JsonObject{{"kind", base.kind},
                                        {"run", base.run ? Json(base.run) : Json()},
                                        {"run_hash", base.run_hash},
                                        {"pack_hash", base.pack_hash},
                                        {"known_at", base.known_at ? Json(base.known_at->str()) : Json()}}},
                    {"parameters", parameters_json(*before.scheme.pack, before.scheme)},
                    {"grades", bands_json(before)},
                    {"levers", levers_json(appraisal::levers_of(before))},
                    {"holders", std::move(holders)}};
  add_steps(before.scheme, out);
  auto store = s.store();
  out.emplace_back("drafts", drafts_json(*store, before.scheme.pack->id));
  out.emplace_back("pay", pay_json(s, before.period.last()));
  return out;
}

// ------------------------------------------------------------------------------------------- what if

namespace {

// As much of it as people speak of: 100 万元 of a balance, 1 万元 of what is collected, ten of what is counted.
base::Decimal usual_step(const Evaluation& e, const appraisal::Lever& lever) {
  if (lever.unit != "元") return 10;
  const policy::Measure* measure = e.scheme.steps[lever.moves[0].first].measure;
  const bool balance =
      measure->fact == policy::Fact::deposit_balance || measure->fact == policy::Fact::loan_balance;
  return balance ? 1'000'000 : 10'000;
}

// With everything that follows for everyone: averages, and therefore places.
base::Result<Json> effect_of(const Evaluation& e, measures::Engine& engine, const people::Directory& directory,
                             size_t holder, const appraisal::Lever& lever, const base::Decimal& by,
                             appraisal::StepCache& cache) {
  std::vector<appraisal::Replacement> replaced;
  for (const auto& [step, coefficient] : lever.moves) {
    const auto& value = e.steps[step].values[holder];
    if (!value) return Json();
    replaced.push_back({e.holders[holder].id, e.scheme.steps[step].name,
                        *base::Decimal::add(*value, *base::Decimal::multiply(coefficient, by))});
  }
  auto made = appraisal::evaluate(e.scheme, e.period, engine, directory, std::nullopt, replaced, e.facts, &cache);
  if (!made) return made.error();
  const auto was = appraisal::total_of(e, holder), is = appraisal::total_of(*made, holder);
  if (!was.value || !is.value) return Json();
  const auto results = appraisal::results_of(*made, directory);
  const auto& now = results[holder];
  return Json(JsonObject{{"id", lever.id},
                         {"title", lever.title},
                         {"unit", lever.unit},
                         {"by", by.str()},
                         {"change", decimal_text(base::Decimal::subtract(*is.value, *was.value))},
                         {"total", decimal_text(is.value)},
                         {"grade", now.grade ? Json(*now.grade) : Json()},
                         {"place", now.in_bank.place ? Json(now.in_bank.place) : Json()},
                         {"need", Json()}});
}

// The least of each lever that reaches the next grade: only for whom it is asked.
void add_needs(const Evaluation& e, const people::Directory& directory, size_t holder,
               const std::vector<appraisal::Lever>& levers, JsonArray& items) {
  for (Json& item : items)
    for (const auto& lever : levers) {
      if (lever.id != *item.find("id")->as_string()) continue;
      auto found = appraisal::cliffs(e, directory, &lever, lever.unit == "元" ? 100'000'000 : 10'000);
      if (!found || !(*found)[holder].need) continue;
      for (auto& [name, value] : *item.as_object())
        if (name == "need") value = (*found)[holder].need->str();
    }
}

Outcome what_if(Services& s, const Call& call) {
  auto asked = asked_of(call);
  if (auto* refusal = std::get_if<Refusal>(&asked)) return *refusal;
  auto& [scheme, period] = std::get<Asked>(asked);
  auto facts = s.facts();
  if (!facts->reach(call.login(), call.scope)->holder(call.part("holder"))) return not_found();
  auto appraised = facts->appraised(scheme, period);
  if (!appraised) return refusal_of(appraised.error());
  const auto holder = (*appraised)->holder(call.part("holder"));
  if (!holder) return not_found();
  std::optional<base::Decimal> by;
  if (auto text = call.get("by")) {
    by = base::Decimal::parse(*text);
    if (!by || by->is_zero() || base::Decimal(1'000'000'000) < by->abs())
      return Refusal{400, {"request.parameters", "", "", ""}, {{"by", "写不为 0、不超过十亿的数"}}};
  }
  JsonArray items;
  Json next, missing;
  auto status = facts->with_engine(
      scheme, period, [&](const Evaluation& e, measures::Engine& engine, warehouse::Warehouse&) -> base::Status {
        const people::Directory& directory = (*appraised)->directory;
        appraisal::StepCache cache;
        auto levers = appraisal::levers_of(e);
        if (auto wanted = call.get("lever")) {
          auto one = appraisal::lever_of(e, *wanted);
          if (!one) return one.error();
          levers = {std::move(*one)};
        }
        for (const auto& lever : levers) {
          auto item = effect_of(e, engine, directory, *holder, lever, by.value_or(usual_step(e, lever)), cache);
          if (!item) return item.error();
          if (!item->is_null()) items.push_back(std::move(*item));
        }
        auto standing = appraisal::cliffs(e, directory, nullptr, 0);
        if (standing && (*standing)[*holder].missing) {
          next = (*standing)[*holder].next, missing = decimal_text((*standing)[*holder].missing);
          add_needs(e, directory, *holder, levers, items);
        }
        return {};
      });
  if (!status) return refusal_of(status.error());
  return Answer{
      JsonObject{{"next", std::move(next)}, {"missing", std::move(missing)}, {"items", std::move(items)}}};
}

}  // namespace

Endpoint what_if_endpoint() {
  auto parameters = scheme_and_period();
  parameters.push_back({"lever", text(200), false, "deposit, loan or a figure; else all"});
  parameters.push_back({"by", text(20), false, "how much more, in the figure's unit; else what is usual"});
  SchemaRef item = object({{"id", text()},
                           {"title", text()},
                           {"unit", text()},
                           {"by", decimal()},
                           {"change", nullable(decimal())},
                           {"total", nullable(decimal())},
                           {"grade", nullable(text())},
                           {"place", nullable(integer())},
                           {"need", described(nullable(decimal()), "the least that reaches the next grade")}});
  return {.method = "GET",
          .path = "/scores/{holder}/what-if",
          .summary = "what more of each figure would change for one holder",
          .permission = people::Permission::score_read,
          .parameters = std::move(parameters),
          .output = object({{"next", nullable(text())}, {"missing", nullable(decimal())}, {"items", list(item)}}),
          .handler = what_if};
}

}  // namespace guanhu::api
