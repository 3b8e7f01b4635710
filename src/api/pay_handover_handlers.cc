// Accounts and loans that changed hands in the period of a pay run: from whom to whom, on which day, how much of
// the average daily balance went along; and what each would have been paid without it.
#include <algorithm>
#include <map>
#include <set>

#include "api/pay_parts.h"
#include "api/run_life_parts.h"
#include "api/services.h"
#include "api/shapes.h"
#include "api/simulations.h"
#include "appraisal/pay_correct.h"
#include "attribution/shares.h"

namespace guanhu::api {

using base::Decimal;
using base::Json;
using base::JsonArray;
using base::JsonObject;
using measures::ChangedHands;
using measures::HeldPart;
using people::Permission;

namespace {

int share_in(const std::vector<HeldPart>& all, const std::string& staff) {
  for (const HeldPart& one : all)
    if (one.staff == staff) return one.share;
  return 0;
}

// 元 of the period's average daily balance that a part of the balance-days is.
Decimal daily(const ChangedHands& one, int share, const base::Period& period) {
  const auto whole = Decimal::make(one.balance_days, -2);
  const auto part = Decimal::divide(Decimal::multiply(whole, share).value(),
                                    Decimal::multiply(attribution::kWhole, period.days()).value());
  return part->round(2, base::Rounding::half_up);
}

Json parts_json(const PeopleDesk& desk, const std::vector<HeldPart>& all) {
  JsonArray out;
  for (const HeldPart& one : all)
    out.push_back(JsonObject{
        {"staff", one.staff}, {"name", desk.name_of(one.staff)}, {"share", one.share}, {"main", one.main}});
  return out;
}

// Whose part became another, by how much of the whole.
std::map<std::string, int> moved(const ChangedHands& one) {
  std::map<std::string, int> out;
  for (const auto* side : {&one.before, &one.after})
    for (const HeldPart& part : *side)
      if (int by = share_in(one.after, part.staff) - share_in(one.before, part.staff)) out[part.staff] = by;
  return out;
}

bool concerns(const ChangedHands& one, const Reach& reach) {
  for (const auto* side : {&one.before, &one.after})
    for (const HeldPart& part : *side)
      if (reach.staff(part.staff)) return true;
  return false;
}

// Who has less of it (or is its main manager no more), who has more: names and numbers, for whoever searches.
std::string names_of(const PeopleDesk& desk, const std::vector<HeldPart>& of, const std::vector<HeldPart>& other) {
  std::string out;
  for (const HeldPart& part : of) {
    const bool led = std::any_of(other.begin(), other.end(),
                                 [&](const HeldPart& o) { return o.staff == part.staff && o.main; });
    if (part.share > share_in(other, part.staff) || (part.main && !led))
      out += (out.empty() ? "" : "、") + desk.name_of(part.staff) + " " + part.staff;
  }
  return out;
}

std::string id_of(const ChangedHands& one) { return one.kind + " " + one.id + " " + one.day.str(); }

Json item_json(const PeopleDesk& desk, const ChangedHands& one, const base::Period& period) {
  JsonArray effect;
  for (const auto& [staff, by] : moved(one))
    effect.push_back(
        JsonObject{{"staff", staff}, {"name", desk.name_of(staff)}, {"daily", daily(one, by, period).str()}});
  return JsonObject{{"id", id_of(one)},
                    {"kind", one.kind},
                    {"object", one.id},
                    {"customer_id", one.customer_id},
                    {"day", one.day.str()},
                    {"last", one.last.str()},
                    {"giver", names_of(desk, one.before, one.after)},
                    {"taker", names_of(desk, one.after, one.before)},
                    {"before", parts_json(desk, one.before)},
                    {"after", parts_json(desk, one.after)},
                    {"balance", fen_json(one.balance)},
                    {"effect", std::move(effect)}};
}

// A draft's are for those who see the whole bank, like its slips.
std::optional<appraisal::PayRun> shown_run(PeopleDesk& desk, const Call& call) {
  auto found = appraisal::pay_runs(desk.store(), number_of(call.part("id")).value_or(-1));
  if (found.empty()) return std::nullopt;
  const std::string& state = found.front().state;
  if (!desk.reach().bank() && state != "approved" && state != "paid") return std::nullopt;
  return found.front();
}

Outcome list_handovers(Services& s, const Call& call) {
  PeopleDesk desk(s, call);
  auto run = shown_run(desk, call);
  if (!run) return not_found();
  auto all = s.simulations().changed_hands(s, run->run);
  if (!all.ok()) return refusal_of(all.error());
  const base::Period period = base::Period::parse(run->period).value();
  std::vector<Json> items;
  int64_t accounts = 0, loans = 0;
  for (const ChangedHands& one : **all) {
    if (!concerns(one, desk.reach())) continue;
    ++(one.kind == "loan" ? loans : accounts);
    items.push_back(item_json(desk, one, period));
  }
  Items out = Items::of(std::move(items));
  out.beside = {{"period", run->period}, {"accounts", accounts}, {"loans", loans}};
  return Answer{.items = std::move(out)};
}

// ------------------------------------------------------------------------------------- without them

// Back to who held it, on the days on which it had changed. False: nobody held a part of it before, so that it
// cannot be given back whole.
bool give_back(const ChangedHands& one, std::vector<measures::Reassignment>& out) {
  int held = 0;
  for (const HeldPart& part : one.before) held += part.share;
  if (held != attribution::kWhole) return false;
  // All of it to the first, who then passes on what the others had; each sees what those before it did.
  out.push_back({one.kind, one.id, "", one.before.front().staff, one.day, one.last});
  int left = attribution::kWhole;
  for (size_t i = 1; i < one.before.size(); ++i) {
    const HeldPart& part = one.before[i];
    if (!part.share || left <= 0) continue;
    const int of_left =
        static_cast<int>((static_cast<int64_t>(part.share) * attribution::kWhole + left / 2) / left);
    out.push_back({one.kind, one.id, one.before.front().staff, part.staff, one.day, one.last, of_left});
    left -= part.share;
  }
  return true;
}

std::set<std::string> wanted(const Call& call) {
  std::set<std::string> out;
  if (const Json* list = call.body.find("items"); list && list->as_array())
    for (const Json& one : *list->as_array()) out.insert(*one.as_string());
  return out;
}

JsonArray people_json(const appraisal::Simulation& made) {
  std::vector<std::pair<base::Fen, Json>> rows;
  for (const auto& one : made.holders) {
    if (!one.pay_before || !one.pay_after) continue;
    const base::Fen effect = one.pay_before->cost - one.pay_after->cost;
    const auto score = one.change();
    if (!effect && (!score || score->is_zero())) continue;
    rows.emplace_back(std::abs(effect),
                      JsonObject{{"staff", one.id},
                                 {"name", one.name},
                                 {"paid", fen_json(one.pay_before->cost)},
                                 {"without", fen_json(one.pay_after->cost)},
                                 {"effect", fen_json(effect)},
                                 {"score", score ? Json(appraisal::shown(score->negated()).str()) : Json()}});
  }
  std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  JsonArray out;
  for (auto& [size, row] : rows) out.push_back(std::move(row));
  return out;
}

// The appraisal and the pay worked out once more as if the accounts had stayed where they were.
base::Result<appraisal::Simulation> without(Services& s, const appraisal::PayRun& run,
                                            std::vector<measures::Reassignment> back) {
  LifeDesk at(s);
  auto pay = appraisal::pack_of_run(at.desk, run.pack + "/pay-plan", run.pack_hash);
  if (!pay.ok()) return pay.error();
  appraisal::SimulationAsk ask;
  ask.scheme = run.scheme, ask.period = run.period, ask.base = run.run, ask.assignments = std::move(back);
  ask.pay = appraisal::PayChange{run.pack, run.pay_on, run.grades, run.pack_hash, {}};
  std::optional<appraisal::Simulation> out;
  auto status = s.simulations().with(
      s, {run.scheme, run.period, run.run, {}}, [&](appraisal::Simulator& simulator) -> base::Status {
        auto pack = appraisal::pack_of_run(at.desk, run.scheme, simulator.base().pack_hash);
        if (!pack.ok()) return pack.error();
        auto made = simulator.simulate_with(ask, std::move(*pack), std::move(*pay));
        if (!made.ok()) return made.error();
        out = std::move(*made);
        return {};
      });
  if (!status.ok()) return status.error();
  return std::move(*out);
}

Outcome handover_effect(Services& s, const Call& call) {
  PeopleDesk desk(s, call);
  auto run = shown_run(desk, call);
  if (!run) return not_found();
  auto all = s.simulations().changed_hands(s, run->run);
  if (!all.ok()) return refusal_of(all.error());
  const std::set<std::string> ids = wanted(call);
  std::vector<measures::Reassignment> back;
  JsonArray kept;  // what cannot be given back
  int64_t items = 0;
  for (const ChangedHands& one : **all) {
    const std::string id = id_of(one);
    if (!ids.empty() && !ids.count(id)) continue;
    if (give_back(one, back)) ++items;
    else kept.push_back(Json(id));
  }
  if (!items) return people_refusal({"pay.handover", "这个期间没有可以倒算的交接", "items", "先看交接的账户"});
  auto made = without(s, *run, std::move(back));
  if (!made.ok()) return refusal_of(made.error());
  base::Fen sum = 0;
  for (const auto& one : made->holders)
    if (one.pay_before && one.pay_after) sum += one.pay_before->cost - one.pay_after->cost;
  return Answer{JsonObject{{"items", items},
                           {"left_out", std::move(kept)},
                           {"people", people_json(*made)},
                           {"sum", fen_json(sum)},
                           {"notes", JsonArray(made->notes.begin(), made->notes.end())}}};
}

}  // namespace

Table pay_handover_endpoints() {
  return {
      {.method = "GET",
       .path = "/pay/runs/{id}/handovers",
       .summary = "accounts and loans that changed hands in the period: from whom to whom, day, average moved",
       .permission = Permission::pay_read,
       .parameters = {{"kind", choice({"account", "loan"}), false, "", "kind"}},
       .output = list_of("PayHandover", {{"period", text()}, {"accounts", integer()}, {"loans", integer()}}),
       .handler = list_handovers,
       .list = true,
       .searched = {"object", "customer_id", "giver", "taker"}},
      {.method = "POST",
       .path = "/pay/runs/{id}/handovers/effect",
       .summary = "what each would have been paid had these accounts stayed where they were",
       .permission = Permission::pay_export,
       .input = optional(object({{"items", described(list(text(200)), "ids of the list; none: all")}}), {"items"}),
       .output = ref("PayHandoverEffect"),
       .handler = handover_effect}};
}

}  // namespace guanhu::api
