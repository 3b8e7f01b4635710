// Who counts in peer figures beside the holders, and for how much.
#include <algorithm>

#include "appraisal/detail/formula.h"
#include "feel/program.h"

namespace guanhu::appraisal::detail {

using base::Decimal;
using base::Error;

int Surroundings::days_held(const std::string& staff) const {
  if (days_.empty()) {
    std::vector<measures::Holder> all;
    for (const people::Staff& one : directory.staff()) all.push_back({measures::HolderKind::manager, one.id});
    std::vector<int> days = engine_.days_held(all, period);
    for (size_t i = 0; i < all.size(); ++i) days_[all[i].id] = days[i];
  }
  auto at = days_.find(staff);
  return at == days_.end() ? 0 : at->second;
}

namespace {

base::Result<feel::Value> asked(const policy::StaffProgram& program, const people::Staff& person,
                                const Surroundings& around) {
  std::vector<feel::Value> slots;
  for (const std::string& column : program.columns) slots.push_back(staff_column(person, column, around));
  auto value = program.program->evaluate(slots, {.strict = true});
  if (value) return value;
  return Error{"scheme.formula", "同业比较的范围或权数算不出: " + value.error().message, person.id,
               value.error().hint};
}

}  // namespace

base::Status find_peers(const Surroundings& around, Evaluation& e) {
  const policy::CompiledScheme& scheme = e.scheme;
  if (!scheme.peers.program || scheme.scheme->holders != "manager") return {};
  const base::Date first = around.period.first();
  auto weight = [&](const people::Staff& person) -> base::Result<std::optional<Decimal>> {
    auto counts = asked(scheme.peers, person, around);
    if (!counts) return counts.error();
    if (!counts->is_true()) return std::optional<Decimal>();
    if (!scheme.peer_weight.program) return std::optional(Decimal(1));
    auto value = asked(scheme.peer_weight, person, around);
    if (!value) return value.error();
    return value->is_number() ? std::optional(value->number()) : std::nullopt;
  };
  for (const people::Staff& person : e.holders) {
    auto own = weight(person);
    if (!own) return own.error();
    e.peer_weights.push_back(*own);
  }
  for (const people::Staff& person : around.directory.staff()) {
    const bool there =
        people::Directory::in_post(person, around.period.last()) ||
        (person.left && *person.left >= first && (!person.hired || *person.hired <= around.period.last()));
    if (!there || e.holder_index(person.id)) continue;
    auto own = weight(person);
    if (!own) return own.error();
    if (!*own || (*own)->is_zero()) continue;
    e.others.push_back(person);
    e.asked.push_back({measures::HolderKind::manager, person.id});
    e.peer_weights.push_back(*own);
  }
  for (size_t i = 0; i < e.persons(); ++i) e.days_held.push_back(around.days_held(e.person(i).id));
  return {};
}

StepValues take_weighted_peer(const policy::SchemeStep& step, const StepValues& of, const Evaluation& e) {
  Decimal sum, weights;
  std::optional<Decimal> low, high;
  std::string missing;
  size_t without = 0;
  for (size_t i = 0; i < e.persons(); ++i) {
    const auto& weight = e.peer_weights[i];
    if (!weight || weight->is_zero()) continue;
    if (!of.values[i]) {
      if (++without == 1) missing = e.person(i).id + "：" + of.reasons[i];
      continue;
    }
    sum = Decimal::add(sum, Decimal::multiply(*weight, *of.values[i]).value()).value();
    weights = Decimal::add(weights, *weight).value();
    low = low ? std::min(*low, *of.values[i]) : *of.values[i];
    high = high ? std::max(*high, *of.values[i]) : *of.values[i];
  }
  const std::string& how = step.peer->how;
  std::optional<Decimal> value = how == "count" ? std::optional(weights)
                                 : how == "sum" ? std::optional(sum)
                                 : how == "min" ? low
                                 : how == "max" ? high
                                                : Decimal::divide(sum, weights);
  if (!value && how == "average" && !without)
    value = Decimal();  // over nobody: the pack's decision says what then
  std::string reason;
  if (without) {
    value = std::nullopt;
    reason = "有 " + std::to_string(without) + " 人没有“" + step.peer->of + "”，如 " + missing;
  } else if (!value) {
    reason = "没有可比的人";
  }
  StepValues out;
  out.values.assign(e.persons(), value);
  out.reasons.assign(e.persons(), reason);
  return out;
}

}  // namespace guanhu::appraisal::detail
