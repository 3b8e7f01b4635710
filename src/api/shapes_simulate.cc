// Shapes of simulations.
#include "api/shapes.h"

namespace guanhu::api {

namespace {

SchemaRef change_members(std::vector<std::pair<std::string, SchemaRef>> first) {
  SchemaRef number = either({decimal(), integer(), any()});
  auto named = [](const char* name, SchemaRef value) {
    return object({{"name", text(200)}, {name, std::move(value)}});
  };
  std::vector<std::pair<std::string, SchemaRef>> more = {
      {"draft", described(nullable(integer()), "a draft of the pack, as it is now")},
      {"parameters", list(named("value", any()))},
      {"formulas", list(named("formula", text(100'000)))},
      {"weights", list(named("weight", decimal()))},
      {"grades", list(named("at_least", decimal()))}};
  first.insert(first.end(), more.begin(), more.end());
  return object(std::move(first));
}

void ask_shapes(Schemas& out) {
  SchemaRef target = optional(object({{"figure", text(200)},
                                      {"holder", described(text(200), "\"\": everyone")},
                                      {"value", nullable(decimal())},
                                      {"times", nullable(decimal())}}),
                              {"holder", "value", "times"});
  SchemaRef assignment = optional(object({{"kind", choice({"account", "loan", "customer"})},
                                          {"id", text(200)},
                                          {"from", described(text(200), "who gives; \"\": whoever holds it")},
                                          {"to", text(200)},
                                          {"on", date()},
                                          {"until", nullable(date())},
                                          {"share", described(decimal(), "of what the giver holds, 0 to 1")}}),
                                  {"from", "until", "share"});
  SchemaRef pay = optional(change_members({{"pack", text(200)}, {"pay_on", date()}, {"grades_pack", text(200)}}),
                           {"pay_on", "grades_pack", "draft", "parameters", "formulas", "weights", "grades"});
  out["SimulationAsk"] = optional(change_members({{"title", text(400)},
                                                  {"note", text(4000)},
                                                  {"scheme", text(200)},
                                                  {"period", text(10)},
                                                  {"base", nullable(integer())},
                                                  {"known_at", nullable(moment())},
                                                  {"targets", list(target)},
                                                  {"assignments", list(assignment)},
                                                  {"pay", nullable(pay)}}),
                                  {"title", "note", "base", "known_at", "draft", "parameters", "formulas",
                                   "weights", "grades", "targets", "assignments", "pay"});
}

SchemaRef base_shape() {
  return object({{"kind", choice({"sealed", "published", "disputed", "draft", "computed"})},
                 {"run", nullable(integer())},
                 {"run_hash", text()},
                 {"pack_hash", text()},
                 {"known_at", nullable(moment())}});
}

void result_shapes(Schemas& out) {
  SchemaRef side = nullable(object(
      {{"total", amount()}, {"grade", maybe_text()}, {"place", nullable(integer())}, {"reason", text(100'000)}}));
  SchemaRef extreme = nullable(object({{"id", text()}, {"name", text()}, {"change", amount()}}));
  SchemaRef money = nullable(object({{"before", amount()}, {"after", amount()}, {"change", amount()}}));
  out["SimulationHolder"] =
      optional(object({{"id", text()},
                       {"name", text()},
                       {"org", text()},
                       {"branch", text()},
                       {"before", side},
                       {"after", side},
                       {"change", amount()},
                       {"pay", money},
                       {"scores", list(object({{"name", text()}, {"before", amount()}, {"after", amount()}}))}}),
               {"pay"});
  SchemaRef weights = list(object({{"name", text()}, {"before", amount()}, {"after", amount()}}));
  out["SimulationSummary"] = optional(
      object(
          {{"hash", text()},
           {"headline", text()},
           {"title", text()},
           {"base", base_shape()},
           {"pack_hash", text()},
           {"pay_pack_hash", maybe_text()},
           {"engine", text()},
           {"words", list(text(100'000))},
           {"notes", list(text(100'000))},
           {"steps", integer()},
           {"reused", described(integer(), "steps that were not evaluated again")},
           {"people", integer()},
           {"gainers", integer()},
           {"losers", integer()},
           {"same", integer()},
           {"appeared", integer()},
           {"gone", integer()},
           {"most", extreme},
           {"least", extreme},
           {"average", object({{"before", amount()}, {"after", amount()}})},
           {"grade_changes", integer()},
           {"grades", list(object({{"from", text()}, {"to", text()}, {"people", integer()}}))},
           {"spread",
            list(object({{"from", integer()}, {"to", integer()}, {"before", integer()}, {"after", integer()}}))},
           {"weights", described(weights, "those that changed; not in what was kept before they were told")},
           {"cost", money}}),
      {"weights"});
}

std::vector<std::pair<std::string, SchemaRef>> kept_members() {
  return {{"id", integer()},
          {"title", text()},
          {"note", text()},
          {"scheme", text()},
          {"scheme_title", text()},
          {"period", text()},
          {"base_kind", text()},
          {"base_run", nullable(integer())},
          {"known_at", moment()},
          {"engine", text()},
          {"pack_hash", text()},
          {"hash", text()},
          {"made_at", moment()},
          {"made_by", text()},
          {"mine", boolean()},
          {"shared", boolean()},
          {"withdrawn", boolean()},
          {"ask", any()},
          {"summary", ref("SimulationSummary")}};
}

void look_shapes(Schemas& out) {
  SchemaRef lever = object({{"id", text()}, {"title", text()}, {"unit", text()}});
  SchemaRef band = object({{"name", text()}, {"at_least", decimal()}});
  out["SimulationMargins"] = object(
      {{"levers", list(lever)},
       {"lever", text()},
       {"by", decimal()},
       {"items",
        list(object(
            {{"id", text()}, {"name", text()}, {"more", amount()}, {"less", amount()}, {"before", amount()}}))}});
  out["SimulationPayMargin"] =
      object({{"by", decimal()},
              {"score", amount()},
              {"pay", described(decimal(), "earned less deducted, of the person")},
              {"others", described(decimal(), "of everybody else: a pool is divided anew")}});
  out["SimulationCliffs"] =
      object({{"levers", list(lever)},
              {"lever", maybe_text()},
              {"bands", list(band)},
              {"items", list(object({{"id", text()},
                                     {"name", text()},
                                     {"branch", text()},
                                     {"total", amount()},
                                     {"grade", text()},
                                     {"next", text()},
                                     {"missing", amount()},
                                     {"need", amount()},
                                     {"lead", amount()},
                                     {"jump", nullable(object({{"after", decimal()}, {"size", amount()}}))}}))}});
  SchemaRef parameter = object({{"name", text()},
                                {"unit", text()},
                                {"value", any()},
                                {"number", boolean()},
                                {"used", described(boolean(), "by a formula of the scheme")},
                                {"article", text()}});
  SchemaRef draft = object({{"id", integer()},
                            {"title", text()},
                            {"revision", integer()},
                            {"note", text()},
                            {"changed_at", moment()},
                            {"changed_by", text()}});
  SchemaRef money = object({{"name", text()}, {"unit", text()}, {"value", decimal()}});
  out["SimulationOptions"] = object(
      {{"title", text()},
       {"base", base_shape()},
       {"parameters", list(parameter)},
       {"grades", list(band)},
       {"levers", list(lever)},
       {"holders", list(object({{"id", text()}, {"name", text()}}))},
       {"items", list(object({{"name", text()}, {"weight", decimal()}, {"full", decimal()}}))},
       {"formulas",
        list(object({{"name", text()}, {"kind", text()}, {"formula", text(100'000)}, {"article", text()}}))},
       {"targets", list(object({{"name", text()}, {"unit", text()}}))},
       {"drafts", list(draft)},
       {"pay", list(object({{"pack", text()}, {"title", text()}, {"parameters", list(money)}}))}});
}

}  // namespace

void simulate_shapes(Schemas& out) {
  ask_shapes(out);
  result_shapes(out);
  look_shapes(out);
  out["Simulation"] = object(kept_members());
  auto whole = kept_members();
  whole.emplace_back("holders", list(ref("SimulationHolder")));
  out["SimulationDetail"] = object(std::move(whole));
}

}  // namespace guanhu::api
