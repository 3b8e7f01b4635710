#include "appraisal/detail/given_targets.h"

#include <map>
#include <set>

#include "base/digest.h"

namespace guanhu::appraisal::detail {

namespace {

using policy::TargetOf;

std::string period_of(policy::Reach reach, const base::Period& asked) {
  switch (reach) {
    case policy::Reach::previous: return asked.previous().str();
    case policy::Reach::year_before: return asked.year_before().str();
    case policy::Reach::full_year: return asked.year().str();
    case policy::Reach::asked:
    case policy::Reach::year_to_date: return asked.str();
  }
  return "";
}

// What the pack says of one target and period.
class Said {
 public:
  Said(const policy::Pack& pack, const std::string& name, const std::string& period) {
    for (const auto& table : pack.targets)
      if (table.name == name)
        for (const auto& one : table.values)
          if (one.period == period) at_.emplace(std::pair(one.of, one.id), GivenTarget{&table, &one, ""});
  }
  const GivenTarget* find(TargetOf of, const std::string& id) const {
    auto found = at_.find({of, id});
    return found == at_.end() ? nullptr : &found->second;
  }

 private:
  std::map<std::pair<TargetOf, std::string>, GivenTarget> at_;
};

// The organisation and those above it, nearest first; safe against cycles in the feed's tree.
std::vector<std::string> above(const people::Directory& directory, std::string org) {
  std::vector<std::string> out;
  std::set<std::string> seen;
  while (!org.empty() && seen.insert(org).second) {
    out.push_back(org);
    const people::Org* at = directory.org(org);
    org = at ? at->parent : "";
  }
  return out;
}

base::Result<std::map<std::string, base::Decimal>> of_orgs(const policy::SchemeStep& step, const Evaluation& e,
                                                           measures::Engine& engine,
                                                           const people::Directory& directory) {
  std::vector<measures::Holder> asked;
  for (const auto& org : directory.orgs()) asked.push_back({measures::HolderKind::organisation, org.id});
  auto values = engine.evaluate(*step.measure, e.period, asked);
  if (!values) return values.error();
  std::map<std::string, base::Decimal> out;
  for (size_t i = 0; i < asked.size(); ++i)
    if (values->values[i]) out.emplace(asked[i].id, *values->values[i]);
  return out;
}

}  // namespace

bool is_target(const policy::SchemeStep& step) {
  return step.measure && step.measure->fact == policy::Fact::target;
}

base::Result<StepValues> take_target(const policy::SchemeStep& step, const Evaluation& e, measures::Engine& engine,
                                     const people::Directory& directory) {
  const policy::Measure& m = *step.measure;
  const bool over_orgs = e.scheme.scheme->holders == "organisation";
  const bool from_above = !over_orgs && m.attribution == policy::Attribution::subtree;
  const Said said(*e.scheme.pack, m.target, period_of(m.reach, e.period));
  auto values = engine.evaluate(m, e.period, e.asked);
  if (!values) return values.error();
  std::map<std::string, base::Decimal> orgs;
  if (from_above) {
    auto found = of_orgs(step, e, engine, directory);
    if (!found) return found.error();
    orgs = std::move(*found);
    for (auto& value : values->values) value.reset();  // a person's own number is another matter
  }
  StepValues out;
  out.given.resize(e.persons());
  for (size_t i = 0; i < e.persons(); ++i) {
    GivenTarget given;
    auto& value = values->values[i];
    auto take = [&](const GivenTarget* found) {
      if (found) given = *found, value = found->value->value;
      return found != nullptr;
    };
    if (!from_above) {
      take(said.find(over_orgs ? TargetOf::organisation : TargetOf::staff, e.person(i).id));
    } else {
      for (const auto& org : above(directory, e.person(i).org)) {
        auto fed = orgs.find(org);
        if (take(said.find(TargetOf::organisation, org))) given.org = org;
        else if (fed != orgs.end()) value = fed->second, given.org = org;
        if (value) break;
      }
      if (!value) take(said.find(TargetOf::bank, ""));
    }
    out.given[i] = given;
    out.values.push_back(value);
    out.reasons.push_back(value ? "" : step.null_reason().empty() ? "没有数据" : step.null_reason());
  }
  out.measure = std::move(*values);
  return out;
}

std::string name_of_target(const policy::SchemeStep& step, const StepValues& values) {
  std::string all = step.name + "\n" + step.unit;
  for (const auto& value : values.values) all += "\n" + (value ? value->reduced().str() : "-");
  return base::sha256_hex(all);
}

Node given_node(const Evaluation& e, const policy::SchemeStep& step, const GivenTarget& given) {
  Node node{.kind = "parameter", .name = "计划 " + step.measure->target, .unit = step.unit};
  if (!given.org.empty()) node.fields.emplace_back("subject_id", given.org);
  if (!given.value) return node;
  node.value = base::Json(given.value->value);
  node.origin = &given.table->origin;
  node.pack = e.scheme.pack->id;
  node.fields.emplace_back("period", given.value->period);
  if (!given.value->name.empty()) node.fields.emplace_back("holder_name", given.value->name);
  node.fields.emplace_back("place", given.table->origin.document + ":" + std::to_string(given.value->line));
  return node;
}

}  // namespace guanhu::appraisal::detail
