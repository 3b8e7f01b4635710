#include "appraisal/grade_career.h"

#include <algorithm>
#include <map>
#include <set>

namespace guanhu::appraisal {

namespace {

using base::Decimal;
using base::Error;
using base::Json;

// The total the proposal rested on, and where it came from.
void score_of(const GradeProposal& proposal, CareerStage& out) {
  const Json* inputs = proposal.answer.find("inputs");
  for (const Json& one : inputs && inputs->as_array() ? *inputs->as_array() : base::JsonArray{}) {
    const Json *name = one.find("name"), *value = one.find("value"), *source = one.find("source");
    if (!name || !name->as_string() || *name->as_string() != "考核总分" || !value || !value->as_number()) continue;
    out.score = *value->as_number();
    auto text = [&](const char* member) {
      const Json* found = source ? source->find(member) : nullptr;
      return found && found->as_string() ? *found->as_string() : std::string();
    };
    out.scheme = text("scheme"), out.period = text("period");
  }
}

bool blank(const std::string& text) { return text.find_first_not_of(" \t\r\n") == std::string::npos; }

}  // namespace

// GRD-307: grades in their order, from when to when, with the appraisal and the reason.
std::vector<CareerStage> career_of(const std::vector<GradeStep>& steps,
                                   const std::vector<GradeProposal>& proposals) {
  std::map<int64_t, const GradeProposal*> of;
  for (const GradeProposal& one : proposals) of[one.id] = &one;
  std::vector<CareerStage> out;
  for (const GradeStep& step : steps) {
    if (step.corrected_by) continue;
    CareerStage stage{step, {}, "", {}, "", ""};
    if (auto found = of.find(step.proposal); found != of.end()) {
      stage.change = found->second->change;
      score_of(*found->second, stage);
    }
    if (!out.empty() && out.back().step.from == step.from) out.pop_back();
    if (!out.empty()) out.back().to = step.from - 1;
    out.push_back(std::move(stage));
  }
  return out;
}

// GRD-601: by year, and how many in a row.
std::vector<Award> awards_of(const std::vector<PeopleFact>& facts) {
  std::map<std::string, std::set<int>> years;
  for (const PeopleFact& fact : facts) {
    if (fact.kind != "award" || !fact.withdrawn_at.empty()) continue;
    for (int year = fact.from.year(); year <= fact.to.value_or(fact.from).year(); ++year)
      years[fact.name].insert(year);
  }
  std::vector<Award> out;
  for (const auto& [name, all] : years) {
    Award award{name, {all.begin(), all.end()}, 0};
    for (int year = *all.rbegin(); all.count(year); --year) ++award.in_a_row;
    out.push_back(std::move(award));
  }
  return out;
}

// QUA-303: praise beside blame, coaching and training beside both.
Balance balance_of(const std::vector<PeopleFact>& facts) {
  Balance out;
  for (const PeopleFact& fact : facts) {
    if (!fact.withdrawn_at.empty()) continue;
    out.awards += fact.kind == "award" ? 1 : 0;
    out.blamed += fact.kind == "discipline" ? 1 : 0;
    out.coached += fact.kind == "coaching" ? 1 : 0;
    out.trained += fact.kind == "training" ? 1 : 0;
  }
  return out;
}

std::optional<Decimal> Balance::ratio() const {
  if (blamed == 0) return std::nullopt;
  auto out = Decimal::divide(Decimal(awards), Decimal(blamed));
  return out ? std::optional(out->round(2, base::Rounding::half_up)) : std::nullopt;
}

base::Status check_coaching(const Json& value) {
  for (const char* part : {"教练", "差距", "措施", "跟进"}) {
    const Json* text = value.find(part);
    if (!text || !text->as_string() || blank(*text->as_string()))
      return Error{"fact.value", "绩效辅导没有写“" + std::string(part) + "”", std::string("value.") + part,
                   "教练、差距、措施、跟进都要写"};
  }
  return {};
}

}  // namespace guanhu::appraisal
