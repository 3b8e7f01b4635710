// Simulations: what may be changed, a preview while it is being changed, those that are kept; what one more of
// something is worth.
#include "api/simulate_parts.h"

#include <algorithm>

#include "api/gate.h"
#include "api/handlers.h"
#include "api/people_desk.h"
#include "api/policy_reading.h"
#include "api/redact.h"
#include "appraisal/explain.h"
#include "appraisal/simulate_margins.h"
#include "appraisal/simulate_result.h"
#include "policy/drafts.h"

namespace guanhu::api {

using appraisal::KeptSimulation;
using appraisal::Simulation;
using base::Decimal;
using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Permission;

namespace {

constexpr size_t kMovers = 40;  // of a preview

bool is_one_of(const std::string& code, std::initializer_list<const char*> all) {
  return std::any_of(all.begin(), all.end(), [&](const char* one) { return code == one; });
}

// Where in the body the error belongs.
Refusal refused(const base::Error& error) {
  if (is_one_of(error.code, {"simulate.unknown", "life.unknown"})) return not_found();
  Refusal out = refusal_of(error);
  if (is_one_of(error.code, {"simulate.maker", "simulate.withdrawn"})) out.status = 409;
  if (!error.where.empty()) out.misfits.push_back({error.where, error.message});
  return out;
}

// The files of a draft, as they are now, in place of the pack's own.
std::optional<Refusal> take_draft(Services& s, const Json& body, const std::string& pack, const std::string& where,
                                  appraisal::PackChange& change) {
  const Json* id = body.find("draft");
  if (!id || !id->as_number()) return std::nullopt;
  auto store = s.store();
  auto draft = policy::PolicyDrafts::find(*store, id->as_number()->to_int64().value_or(0));
  if (!draft || draft->pack != pack) {
    const std::string message =
        draft ? "草稿 " + std::to_string(draft->id) + " 改的是 " + draft->pack + "，不是 " + pack
              : std::string("没有这份草稿");
    return Refusal{422, {"simulate.draft", message, where, ""}, {{where, message}}};
  }
  for (const auto& file : policy::PolicyDrafts::files(*store, draft->id))
    if (file.content) change.files[pack + "/" + file.path] = *file.content;
  change.source = "草稿 " + std::to_string(draft->id) + " 第 " + std::to_string(draft->revision) + " 稿";
  return std::nullopt;
}

std::variant<appraisal::SimulationAsk, Refusal> ask_of(Services& s, const Call& call) {
  auto ask = appraisal::simulation_ask(call.body);
  if (!ask) return refused(ask.error());
  const std::string pack = ask->scheme.substr(0, ask->scheme.find('/'));
  if (auto wrong = take_draft(s, call.body, pack, "/draft", ask->change)) return *wrong;
  if (const Json* pay = call.body.find("pay"); pay && ask->pay)
    if (auto wrong = take_draft(s, *pay, ask->pay->pack, "/pay/draft", ask->pay->change)) return *wrong;
  return std::move(*ask);
}

// ------------------------------------------------------------------------------------------- making

Json movers_json(const Simulation& made) {
  std::vector<const appraisal::SimulatedHolder*> order;
  for (const auto& one : made.holders)
    if (auto change = one.change(); change && !change->is_zero()) order.push_back(&one);
  const size_t shown = std::min(order.size(), kMovers);
  std::partial_sort(order.begin(), order.begin() + static_cast<long>(shown), order.end(),
                    [](const auto* a, const auto* b) { return b->change()->abs() < a->change()->abs(); });
  JsonArray out;
  for (size_t i = 0; i < shown; ++i) {
    Json one = appraisal::holder_json(*order[i]);
    std::erase_if(*one.as_object(), [](const auto& member) { return member.first == "pay"; });
    out.push_back(std::move(one));
  }
  return out;
}

Outcome preview(Services& s, const Call& call) {
  auto ask = ask_of(s, call);
  if (auto* refusal = std::get_if<Refusal>(&ask)) return *refusal;
  const auto& wanted = std::get<appraisal::SimulationAsk>(ask);
  Json body;
  auto status = s.simulations().with(
      s, {wanted.scheme, wanted.period, wanted.base, wanted.known_at},
      [&](appraisal::Simulator& simulator) -> base::Status {
        auto made = simulator.simulate(wanted);
        if (!made) return made.error();
        body = JsonObject{{"summary", appraisal::summary_json(*made)}, {"movers", movers_json(*made)}};
        return {};
      });
  if (!status) return refused(status.error());
  return Answer{std::move(body)};
}

Outcome make(Services& s, const Call& call) {
  auto ask = ask_of(s, call);
  if (auto* refusal = std::get_if<Refusal>(&ask)) return *refusal;
  const auto& wanted = std::get<appraisal::SimulationAsk>(ask);
  PeopleDesk desk(s, call);
  int64_t id = 0;
  auto status =
      s.simulations().with(s, {wanted.scheme, wanted.period, wanted.base, wanted.known_at},
                           [&](appraisal::Simulator& simulator) -> base::Status {
                             auto made = simulator.simulate(wanted);
                             if (!made) return made.error();
                             auto kept = appraisal::keep_simulation(desk.store(), *made, body_text(call, "title"),
                                                                    body_text(call, "note"), desk.doing());
                             if (!kept) return kept.error();
                             id = *kept;
                             return {};
                           });
  if (!status) return refused(status.error());
  return Answer{simulation_json(s, call, appraisal::kept_simulations(desk.store(), id).at(0))};
}

// ------------------------------------------------------------------------------------------- kept ones

// One that the visitor may see: their own, or shared.
std::optional<KeptSimulation> one_of(store::Session& store, const Call& call) {
  const int64_t id = number_of(call.part("id")).value_or(0);
  auto found = id ? appraisal::kept_simulations(store, id) : std::vector<KeptSimulation>();
  if (found.empty()) return std::nullopt;
  const bool mine = found[0].made_by == call.login().login;
  const bool audit = people::scope_of(call.login().roles, Permission::audit_read) == people::Scope::bank;
  if (!mine && !audit && (!found[0].shared() || !found[0].withdrawn_at.empty())) return std::nullopt;
  return found[0];
}

Outcome list_kept(Services& s, const Call& call) {
  auto store = s.store();
  std::vector<Json> items;
  for (const auto& kept : appraisal::kept_simulations(*store))
    if (kept.shared() || kept.made_by == call.login().login) items.push_back(simulation_json(s, call, kept));
  return Answer{.items = Items::of(std::move(items))};
}

Outcome show(Services& s, const Call& call) {
  auto store = s.store();
  auto kept = one_of(*store, call);
  if (!kept) return not_found();
  JsonObject out = simulation_json(s, call, *kept);
  out.emplace_back("holders", holders_in_reach(s, call, appraisal::kept_simulation_holders(*store, kept->id)));
  return Answer{std::move(out)};
}

Outcome stepped(Services& s, const Call& call, const base::Result<KeptSimulation>& done) {
  if (!done) return refused(done.error());
  return Answer{simulation_json(s, call, *done)};
}

Outcome share(Services& s, const Call& call) {
  PeopleDesk desk(s, call);
  if (!one_of(desk.store(), call)) return not_found();
  return stepped(s, call,
                 appraisal::share_simulation(desk.store(), *number_of(call.part("id")), body_true(call, "shared"),
                                             desk.doing()));
}

Outcome withdraw(Services& s, const Call& call) {
  PeopleDesk desk(s, call);
  if (!one_of(desk.store(), call)) return not_found();
  return stepped(s, call, appraisal::withdraw_simulation(desk.store(), *number_of(call.part("id")), desk.doing()));
}

// Made again, with the simulator that made it.
base::Status with_remade(
    Services& s, const KeptSimulation& kept,
    const std::function<base::Status(appraisal::Simulator&, appraisal::RemadeSimulation&)>& take) {
  return s.simulations().with(s, appraisal::place_of(kept), [&](appraisal::Simulator& simulator) -> base::Status {
    feed::Bank bank = s.bank().again();
    auto made = appraisal::remake_simulation(simulator, {bank, s.options().policies}, kept);
    if (!made) return made.error();
    return take(simulator, *made);
  });
}

Outcome again(Services& s, const Call& call) {
  auto store = s.store();
  auto kept = one_of(*store, call);
  if (!kept) return not_found();
  Json body;
  auto status =
      with_remade(s, *kept, [&](appraisal::Simulator&, appraisal::RemadeSimulation& made) -> base::Status {
        body = JsonObject{{"same", made.same}, {"kept", kept->hash}, {"now", made.simulation.hash()}};
        return {};
      });
  if (!status) return refused(status.error());
  return Answer{std::move(body)};
}

std::variant<Decimal, Refusal> number_in_query(const Call& call, const char* name, const Decimal& otherwise) {
  auto text = call.get(name);
  if (!text) return otherwise;
  auto value = Decimal::parse(*text);
  if (value && Decimal(0) < *value && *value <= Decimal(1'000'000'000)) return *value;
  return Refusal{400, {"request.parameters", "", "", ""}, {{name, "写大于 0、不超过十亿的数"}}};
}

Outcome margins(Services& s, const Call& call) {
  auto store = s.store();
  auto kept = one_of(*store, call);
  if (!kept) return not_found();
  auto by = number_in_query(call, "by", 1);
  if (auto* refusal = std::get_if<Refusal>(&by)) return *refusal;
  const Decimal& step = std::get<Decimal>(by);
  Json body;
  auto status = with_remade(
      s, *kept, [&](appraisal::Simulator& simulator, appraisal::RemadeSimulation& made) -> base::Status {
        const appraisal::Evaluation& after = *made.simulation.after;
        auto levers = appraisal::levers_of(after);
        auto lever = appraisal::lever_of(after, call.get("lever").value_or(levers.empty() ? "" : levers[0].id));
        if (!lever) return lever.error();
        auto is = appraisal::margins(after, simulator.directory(), *lever, step);
        if (!is) return is.error();
        // Before the change the same may be worth something else, where there is the same figure.
        const appraisal::Evaluation& before = simulator.before();
        auto old = appraisal::lever_of(before, lever->id);
        std::vector<appraisal::Margin> was;
        if (old)
          if (auto found = appraisal::margins(before, simulator.directory(), *old, step)) was = std::move(*found);
        body = margins_json(s, call, after, before, levers, *lever, step, *is, was);
        return {};
      });
  if (!status) return refused(status.error());
  return Answer{std::move(body)};
}

// What so much more of the lever would bring one holder in pay: the appraisal and everybody's pay worked out once
// more as if only that holder had it, so that pools and averages move as they would.
base::Result<Json> paid_more(Services& s, appraisal::Simulator& simulator, const Simulation& made, size_t holder,
                             const appraisal::Lever& lever, const Decimal& by) {
  const appraisal::Evaluation& after = *made.after;
  const std::string& id = after.holders[holder].id;
  std::vector<appraisal::Replacement> replaced;
  for (const auto& [step, coefficient] : lever.moves)
    if (const auto& value = after.steps[step].values[holder])
      replaced.push_back(
          {id, after.scheme.steps[step].name, *Decimal::add(*value, *Decimal::multiply(coefficient, by))});
  auto moved = simulator.evaluate_with(made, replaced);
  if (!moved) return moved.error();
  const appraisal::Run run = appraisal::run_of(**moved, simulator.directory(), simulator.base().known_at);
  auto store = s.store();
  auto paid =
      appraisal::simulated_pay(*store, simulator.directory(), {made.pay_pack->pack.get(), &*made.ask.pay, &run});
  if (!paid) return paid.error();
  base::Fen own = 0, others = 0;
  for (const auto& one : made.holders)
    if (auto at = paid->find(one.id); at != paid->end() && one.pay_after)
      (one.id == id ? own : others) += at->second.cost - one.pay_after->cost;
  const auto was = appraisal::total_of(after, holder), is = appraisal::total_of(**moved, holder);
  const bool both = was.value && is.value;
  return Json(JsonObject{{"by", by.str()},
                         {"score", both ? Json(Decimal::subtract(*is.value, *was.value)->str()) : Json()},
                         {"pay", base::format_fen(own)},
                         {"others", base::format_fen(others)}});
}

Outcome pay_margin(Services& s, const Call& call) {
  auto store = s.store();
  auto kept = one_of(*store, call);
  const std::string& holder = call.part("holder");
  auto facts = s.facts();
  const auto paid = people::scope_of(call.login().roles, Permission::pay_read);
  if (!kept || !facts->reach(call.login(), call.scope)->holder(holder) ||
      !facts->reach(call.login(), paid)->holder(holder))
    return not_found();
  auto by = number_in_query(call, "by", 1'000'000);
  if (auto* refusal = std::get_if<Refusal>(&by)) return *refusal;
  Json body;
  auto status = with_remade(
      s, *kept, [&](appraisal::Simulator& simulator, appraisal::RemadeSimulation& made) -> base::Status {
        const appraisal::Evaluation& after = *made.simulation.after;
        const auto index = after.holder_index(holder);
        if (!index) return base::Error{"simulate.unknown", "", "", ""};
        if (!made.simulation.paid() || !made.simulation.pay_pack)
          return base::Error{"simulate.pay", "这次测算没有算工资", "", "测算时选上工资，再看多一点值多少钱"};
        auto levers = appraisal::levers_of(after);
        auto lever = appraisal::lever_of(after, call.get("lever").value_or(levers.empty() ? "" : levers[0].id));
        if (!lever) return lever.error();
        auto found = paid_more(s, simulator, made.simulation, *index, *lever, std::get<Decimal>(by));
        if (!found) return found.error();
        body = std::move(*found);
        return {};
      });
  if (!status) return refused(status.error());
  return Answer{std::move(body)};
}

Outcome cliffs(Services& s, const Call& call) {
  auto store = s.store();
  auto kept = one_of(*store, call);
  if (!kept) return not_found();
  auto most = number_in_query(call, "most", 100'000'000);
  if (auto* refusal = std::get_if<Refusal>(&most)) return *refusal;
  Json body;
  auto status = with_remade(
      s, *kept, [&](appraisal::Simulator& simulator, appraisal::RemadeSimulation& made) -> base::Status {
        const appraisal::Evaluation& after = *made.simulation.after;
        auto levers = appraisal::levers_of(after);
        std::optional<appraisal::Lever> lever;
        if (call.get("lever") || !levers.empty()) {
          auto found = appraisal::lever_of(after, call.get("lever").value_or(levers[0].id));
          if (!found) return found.error();
          lever = std::move(*found);
        }
        auto found =
            appraisal::cliffs(after, simulator.directory(), lever ? &*lever : nullptr, std::get<Decimal>(most));
        if (!found) return found.error();
        std::vector<appraisal::Jump> jumps;
        if (lever) {
          auto next = appraisal::jumps(after, simulator.directory(), *lever, std::get<Decimal>(most));
          if (!next) return next.error();
          jumps = std::move(*next);
        }
        body = JsonObject{
            {"levers", levers_json(levers)},
            {"lever", lever ? Json(lever->id) : Json()},
            {"bands", bands_json(after)},
            {"items",
             holders_in_reach(s, call,
                              *appraisal::cliffs_json(after, *found, jumps, simulator.directory()).as_array())}};
        return {};
      });
  if (!status) return refused(status.error());
  return Answer{std::move(body)};
}

// The tree under a simulated figure.
Outcome explain(Services& s, const Call& call) {
  auto store = s.store();
  auto kept = one_of(*store, call);
  auto reach = s.facts()->reach(call.login(), call.scope);
  if (!kept || !reach->holder(call.part("holder"))) return not_found();
  appraisal::Question question{call.part("holder"), call.get("figure").value_or("总分"),
                               static_cast<size_t>(std::clamp(call.number("limit", 50), 1L, 2000L))};
  Json body;
  auto status = with_remade(
      s, *kept, [&](appraisal::Simulator& simulator, appraisal::RemadeSimulation& made) -> base::Status {
        auto tree = appraisal::explain(*made.simulation.after, simulator.engine(made.simulation), question);
        if (!tree) return tree.error();
        redact(*tree, *reach, s.bank().personal_key());
        body = tree_json(*tree);
        return {};
      });
  if (!status) return status.error().code == "explain.holder" ? Outcome(not_found()) : refused(status.error());
  return Answer{std::move(body)};
}

Outcome options(Services& s, const Call& call) {
  auto asked = asked_of(call);
  if (auto* refusal = std::get_if<Refusal>(&asked)) return *refusal;
  const Asked& q = std::get<Asked>(asked);
  const appraisal::SimulationPlace place{q.scheme.str(), q.period.str(), call.number("base", 0), {}};
  Json body;
  auto status = s.simulations().with(s, place, [&](appraisal::Simulator& simulator) -> base::Status {
    body = options_json(s, simulator);
    return {};
  });
  if (!status) return refused(status.error());
  return Answer{std::move(body)};
}

Endpoint of_kept(const char* path, const char* summary, std::vector<Parameter> parameters, SchemaRef output,
                 std::function<Outcome(Services&, const Call&)> handler) {
  return {.method = "GET",
          .path = std::string("/simulations/{id}") + path,
          .summary = summary,
          .permission = Permission::simulate_read,
          .parameters = std::move(parameters),
          .output = std::move(output),
          .handler = std::move(handler)};
}

Endpoint step_of(const char* path, const char* summary, SchemaRef input, SchemaRef output,
                 std::function<Outcome(Services&, const Call&)> handler) {
  return {.method = "POST",
          .path = std::string("/simulations") + path,
          .summary = summary,
          .permission = Permission::simulate_make,
          .input = std::move(input),
          .output = std::move(output),
          .handler = std::move(handler),
          .body_limit = 1024 * 1024};
}

}  // namespace

Table simulate_endpoints() {
  const Parameter lever{"lever", text(200), false, "deposit, loan or a figure; else the first"};
  Table out = {
      {.method = "GET",
       .path = "/simulations/options",
       .summary = "what a simulation of a scheme and period may change, and with what it is compared",
       .permission = Permission::simulate_make,
       .parameters = {{"scheme", text(200), true, "PACK/SCHEME"},
                      {"period", text(10), true, "2025Q4"},
                      {"base", integer(), false, "a kept run; else the one in force"}},
       .output = ref("SimulationOptions"),
       .handler = options},
      step_of("/preview", "what a change would do, without keeping it", ref("SimulationAsk"),
              object({{"summary", ref("SimulationSummary")}, {"movers", list(ref("SimulationHolder"))}}), preview),
      step_of("", "simulates and keeps it with all its inputs", ref("SimulationAsk"), ref("Simulation"), make),
      {.method = "GET",
       .path = "/simulations",
       .summary = "kept simulations: one's own and those that are shared, newest first",
       .permission = Permission::simulate_read,
       .parameters = {{"scheme", text(200), false, "PACK/SCHEME", "scheme"},
                      {"period", text(10), false, "", "period"}},
       .output = list_of("Simulation"),
       .handler = list_kept,
       .list = true,
       .searched = {"title", "note", "made_by"}},
      of_kept("", "one with everyone in reach, before and after", {}, ref("SimulationDetail"), show),
      of_kept("/margins", "what one more is worth to each manager, exact",
              {lever, {"by", text(20), false, "the step, in the lever's unit; else 1"}}, ref("SimulationMargins"),
              margins),
      of_kept("/margins/{holder}/pay", "what so much more would bring one person in pay, and everybody else",
              {lever, {"by", text(20), false, "in the lever's unit; else 1000000"}}, ref("SimulationPayMargin"),
              pay_margin),
      of_kept("/cliffs", "how far each stands from the next grade, and how much of something reaches it",
              {lever, {"most", text(20), false, "looked no further than this; else 100000000"}},
              ref("SimulationCliffs"), cliffs),
      of_kept("/explain/{holder}", "the tree under a simulated figure, score or 总分",
              {{"figure", text(200), false, "else 总分"}, {"limit", integer(), false, "1 to 2000, else 50"}},
              ref("ExplainNode"), explain),
      step_of("/{id}/share", "shows it to everyone who may read simulations, or no longer",
              object({{"shared", boolean()}}), ref("Simulation"), share),
      step_of("/{id}/withdraw", "takes it out of the list; it stays for audit", nullptr, ref("Simulation"),
              withdraw),
      step_of("/{id}/again", "makes it again from what is kept, and says whether it comes to the same", nullptr,
              object({{"same", boolean()}, {"kept", text()}, {"now", text()}}), again),
      what_if_endpoint()};
  return out;
}

}  // namespace guanhu::api
