#include "appraisal/evaluate.h"

#include <algorithm>

#include "appraisal/detail/decide.h"
#include "appraisal/detail/formula.h"
#include "appraisal/detail/given_targets.h"
#include "appraisal/step_cache.h"
#include "appraisal/under_way.h"
#include "base/digest.h"

namespace guanhu::appraisal {

using base::Decimal;
using base::Error;
using policy::SchemeStep;
using policy::StepKind;

namespace {

std::string kind_word(base::PeriodKind kind) {
  switch (kind) {
    case base::PeriodKind::year: return "year";
    case base::PeriodKind::half_year: return "half-year";
    case base::PeriodKind::quarter: return "quarter";
    case base::PeriodKind::month: return "month";
  }
  return "";
}

base::Status check_period(const policy::Scheme& scheme, const base::Period& period) {
  if (std::count(scheme.periods.begin(), scheme.periods.end(), kind_word(period.kind()))) return {};
  std::string allowed;
  for (const auto& p : scheme.periods) allowed += (allowed.empty() ? "" : ", ") + p;
  return Error{"scheme.period", "方案 " + scheme.name + " 不按 " + kind_word(period.kind()) + " 考核",
               period.str(), "可用: " + allowed};
}

// Who is appraised: staff in post on the last day of the period whom the scheme's filter takes.
base::Result<std::vector<people::Staff>> find_holders(const policy::CompiledScheme& scheme,
                                                      const detail::Surroundings& around) {
  const base::Date last = around.period.last();
  const people::Directory& directory = around.directory;
  std::vector<people::Staff> out;
  if (scheme.scheme->holders == "team")
    return Error{"scheme.holders", "方案 " + scheme.scheme->name + " 按团队考核, 本行还没有设置团队",
                 scheme.scheme->origin.document + ":" + std::to_string(scheme.scheme->origin.line),
                 "改为 holders = \"manager\" 或 \"organisation\""};
  if (scheme.scheme->holders == "organisation") {
    for (const auto& org : directory.orgs())
      if (!org.closed || *org.closed > last) out.push_back({.id = org.id, .name = org.name, .org = org.id});
  } else {
    for (const auto& person : directory.staff()) {
      if (!people::Directory::in_post(person, last)) continue;
      auto takes = detail::takes_holder(scheme, person, around);
      if (!takes) return takes.error();
      if (*takes) out.push_back(person);
    }
  }
  if (out.empty())
    return Error{"scheme.holders",
                 "没有考核对象: " + last.str() + " 没有符合方案 " + scheme.scheme->name + " 的在岗人员", "",
                 "检查 staff.csv 是否已导入, 以及方案的考核对象条件"};
  return out;
}

StepValues take_measure(const SchemeStep& step, measures::MeasureValues values) {
  StepValues out;
  out.values = values.values;
  for (const auto& v : out.values)
    out.reasons.push_back(v ? "" : step.null_reason().empty() ? "没有数据" : step.null_reason());
  out.measure = std::move(values);
  return out;
}

std::optional<Decimal> summarise(const std::string& how, const std::vector<std::optional<Decimal>>& values) {
  Decimal sum, count;
  std::optional<Decimal> low, high;
  for (const auto& v : values) {
    if (!v) continue;
    sum = Decimal::add(sum, *v).value();
    count = Decimal::add(count, 1).value();
    low = low ? std::min(*low, *v) : *v;
    high = high ? std::max(*high, *v) : *v;
  }
  if (how == "count") return count;
  if (how == "min") return low;
  if (how == "max") return high;
  if (how == "sum") return sum;
  return Decimal::divide(sum, count);  // average: nothing over nobody
}

StepValues take_peer(const SchemeStep& step, const StepValues& of, size_t holders) {
  auto value = summarise(step.peer->how, of.values);
  StepValues out;
  out.values.assign(holders, value);
  out.reasons.assign(holders, value ? "" : "没有可比的考核对象");
  return out;
}

}  // namespace

namespace {

// What was decided about single figures takes the place of what was computed; steps after it read it.
void put_in_place(std::span<const Replacement> replaced, const SchemeStep& step, const Evaluation& e,
                  StepValues& values) {
  for (const auto& one : replaced) {
    auto holder = one.figure == step.name ? e.holder_index(one.holder) : std::nullopt;
    if (!holder) continue;
    values.values[*holder] = one.value;
    values.reasons[*holder].clear();
  }
}

// The name of a step with what takes the place of its values.
std::string with_replaced(std::string name, std::span<const Replacement> replaced, const SchemeStep& step) {
  std::string all;
  for (const auto& one : replaced)
    if (one.figure == step.name) all += "\n" + one.holder + " " + one.value.reduced().str();
  return all.empty() ? name : base::sha256_hex(name + all);
}

// Which steps `name` needs, itself included; all of them when nothing or something unknown is named.
std::vector<bool> needed_for(const policy::CompiledScheme& scheme, const std::optional<std::string>& name) {
  std::vector<bool> needed(scheme.steps.size(), !name);
  if (!name) return needed;
  // What a decision says of a holder may rest on any of its inputs.
  if (scheme.decision && !name->empty()) return std::vector<bool>(scheme.steps.size(), true);
  bool total = is_total_name(*name), known = total || name->empty();
  if (total)
    for (size_t item : scheme.items) needed[item] = true;
  for (size_t s = scheme.steps.size(); s-- > 0;) {
    if (scheme.steps[s].name == *name) known = needed[s] = true;
    if (!needed[s]) continue;
    for (const auto& input : scheme.steps[s].inputs)
      if (input.kind == policy::InputKind::step) needed[input.step] = true;
  }
  if (!known) needed.assign(scheme.steps.size(), true);
  return needed;
}

StepValues nothing_for(size_t holders) {
  StepValues out;
  out.values.resize(holders);
  out.reasons.resize(holders);
  out.raw.resize(holders);
  return out;
}

}  // namespace

std::optional<size_t> Evaluation::holder_index(const std::string& id) const {
  auto at = std::lower_bound(holders.begin(), holders.end(), id,
                             [](const people::Staff& s, const std::string& want) { return s.id < want; });
  if (at == holders.end() || at->id != id) return std::nullopt;
  return static_cast<size_t>(at - holders.begin());
}

namespace {
// KPI-619: every figure is worked out from the facts of the period, nothing is typed in; what cannot be leaves its
// holders without a value and with the reason, never with a zero.
base::Result<StepValues> take(const SchemeStep& step, const Evaluation& e, measures::Engine& engine) {
  switch (step.kind) {
    case StepKind::measure: {
      auto values = engine.evaluate(*step.measure, e.period, e.asked);
      if (!values) return values.error();
      return take_measure(step, std::move(*values));
    }
    case StepKind::peer: {
      const StepValues& of = e.steps[step.inputs.at(0).step];
      if (e.peer_weights.empty()) return take_peer(step, of, e.holders.size());
      return detail::take_weighted_peer(step, of, e);
    }
    case StepKind::recorded: return detail::take_recorded(step, e);
    case StepKind::list: return detail::take_list(step, e, engine);
    case StepKind::indicator:
    case StepKind::score: return detail::take_formula(step, e);
  }
  throw base::Broken("a step without a kind");
}
}  // namespace

base::Result<Evaluation> evaluate(const policy::CompiledScheme& scheme, const base::Period& period,
                                  measures::Engine& engine, const people::Directory& directory,
                                  const std::optional<std::string>& only, std::span<const Replacement> replaced,
                                  std::shared_ptr<const RecordedFacts> facts, StepCache* cache) {
  if (auto status = check_period(*scheme.scheme, period); !status) return status.error();
  detail::Surroundings around(directory, period, engine, facts.get(), scheme.pack->id);
  auto holders = find_holders(scheme, around);
  if (!holders) return holders.error();
  Evaluation out{.scheme = scheme, .period = period, .holders = std::move(*holders), .steps = {}, .asked = {}};
  out.facts = std::move(facts);
  auto kind = scheme.scheme->holders == "organisation" ? measures::HolderKind::organisation
              : scheme.scheme->holders == "team"       ? measures::HolderKind::team
                                                       : measures::HolderKind::manager;
  for (const auto& h : out.holders) out.asked.push_back({kind, h.id});
  if (auto status = detail::find_peers(around, out); !status) return status.error();
  const std::vector<bool> needed = needed_for(scheme, only);
  std::vector<std::string> names;  // of the steps, with a cache
  const std::string people = cache ? people_name(out) : "";
  for (const SchemeStep& step : scheme.steps) {
    const size_t s = out.steps.size();
    if (!needed[s]) {
      out.steps.push_back(nothing_for(out.persons()));
      names.emplace_back();
      continue;
    }
    if (detail::is_target(step)) {
      auto values = detail::take_target(step, out, engine, directory);
      if (!values) return values.error();
      put_in_place(replaced, step, out, *values);
      names.push_back(cache ? people + detail::name_of_target(step, *values) : "");
      out.steps.push_back(std::move(*values));
      continue;
    }
    std::string name = cache ? step_name(out, s, names) : "";
    if (!name.empty()) name = with_replaced(people + name, replaced, step);
    names.push_back(name);
    if (auto known = name.empty() ? nullptr : cache->find(name)) {
      out.steps.push_back(std::move(known));
      continue;
    }
    under_way(s, scheme.steps.size(), step.name);
    auto values = take(step, out, engine);
    if (!values) return values.error();
    put_in_place(replaced, step, out, *values);
    if (cache) out.steps.push_back(cache->put(name, std::move(*values)));
    else out.steps.push_back(std::move(*values));
  }
  if (scheme.decision && (!only || !only->empty())) out.decided = detail::decide_holders(out, directory);
  return out;
}

Total total_of(const Evaluation& e, size_t holder) {
  if (e.scheme.decision) {
    HolderResult result;
    detail::fill_result(e, holder, result);
    return {result.total, result.total_reason};
  }
  const policy::Scheme& scheme = *e.scheme.scheme;
  Decimal reached, weights;
  std::string missing;
  for (size_t i = 0; i < scheme.items.size(); ++i) {
    const size_t step = e.scheme.items[i];
    const auto& value = e.steps[step].values[holder];
    if (!value) {
      missing += (missing.empty() ? "" : "; ") + e.scheme.steps[step].name + ": " + e.steps[step].reasons[holder];
      continue;
    }
    Decimal part = Decimal::divide(Decimal::multiply(scheme.items[i].weight, *value).value(),
                                   e.scheme.steps[step].score->full)
                       .value();
    reached = Decimal::add(reached, part).value();
    weights = Decimal::add(weights, scheme.items[i].weight).value();
  }
  if (weights.is_zero() || (!missing.empty() && scheme.missing == policy::Missing::null_total))
    return {std::nullopt, missing.empty() ? "方案没有计分项" : missing};
  return {Decimal::divide(Decimal::multiply(reached, scheme.full_total).value(), weights), ""};
}

bool is_total_name(const std::string& name) { return name == "total" || name == "总分"; }

std::string exact_text(const measures::Ratio& ratio) {
  auto value = Decimal::divide(Decimal::make(ratio.numerator, 0), Decimal::make(ratio.denominator, 0));
  return value ? value->str() : "";
}

namespace {

std::optional<std::string> grade_of(const policy::Scheme& scheme, const std::optional<Decimal>& total) {
  if (total)
    for (const auto& band : scheme.grades)
      if (*total >= band.at_least) return band.grade;
  return std::nullopt;
}

HolderResult result_of(const Evaluation& e, size_t h, const people::Directory& directory, bool figures = true) {
  const people::Staff& person = e.holders[h];
  HolderResult out{
      .id = person.id, .name = person.name, .org = person.org, .branch = directory.branch_of(person.org)};
  for (size_t step : figures ? e.scheme.figures : std::vector<size_t>())
    out.figures.push_back(
        {e.scheme.steps[step].name, e.scheme.steps[step].unit, e.steps[step].values[h], e.steps[step].reasons[h]});
  for (size_t step : e.scheme.items)
    out.scores.push_back({e.scheme.steps[step].name, e.steps[step].values[h], e.steps[step].reasons[h]});
  if (e.scheme.decision) {
    detail::fill_result(e, h, out);
    return out;
  }
  Total total = total_of(e, h);
  out.total = total.value;
  out.total_reason = total.reason;
  out.grade = grade_of(*e.scheme.scheme, total.value);
  return out;
}

}  // namespace

std::vector<HolderResult> results_of(const Evaluation& e, const people::Directory& directory) {
  std::vector<HolderResult> out;
  out.reserve(e.holders.size());
  for (size_t h = 0; h < e.holders.size(); ++h) out.push_back(result_of(e, h, directory, false));
  rank(out);
  return out;
}

Run run_of(const Evaluation& e, const people::Directory& directory, const std::optional<base::Instant>& known_at) {
  const policy::Pack& pack = *e.scheme.pack;
  Run run{.scheme = pack.id + "/" + e.scheme.scheme->name, .title = e.scheme.scheme->title, .period = e.period};
  run.known_at = known_at;
  run.pack_hash = pack.hash;
  run.pack_version = pack.version;
  run.rank_in_branch = e.scheme.scheme->rank_in_branch;
  run.rank_in_bank = e.scheme.scheme->rank_in_bank;
  for (size_t h = 0; h < e.holders.size(); ++h) run.holders.push_back(result_of(e, h, directory));
  rank(run.holders);
  for (size_t s = 0; s < e.steps.size(); ++s) {
    const auto& m = e.steps[s].measure;
    if (!m || !m->adds_up) continue;
    run.sums.push_back({e.scheme.steps[s].name, exact_text(m->holders_sum), exact_text(m->others),
                        exact_text(m->nobody), exact_text(m->bank_total)});
  }
  return run;
}

}  // namespace guanhu::appraisal
