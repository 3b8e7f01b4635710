// The indicators of a draft as the workshop shows them: every block with its keys as they are written, so that a
// form can be filled in also while something elsewhere is wrong.
#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "api/policy_json.h"
#include "api/workshop.h"
#include "appraisal/goals.h"
#include "feel/builtins.h"
#include "policy/block_edit.h"
#include "policy/facts.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

// Which figures a name stands on, itself included.
class Closure {
 public:
  explicit Closure(const policy::Pack& pack) : pack_(pack) {}
  std::set<std::string> of(const std::string& name) {
    std::set<std::string> out;
    add(name, out);
    return out;
  }

 private:
  void add(const std::string& name, std::set<std::string>& out) {
    if (!out.insert(name).second) return;
    if (const auto* one = pack_.indicator(name))
      for (const auto& input : one->inputs) add(input, out);
    if (const auto* one = pack_.score(name))
      for (const auto& input : one->inputs) add(input, out);
    if (const auto* one = pack_.peer(name)) add(one->of, out);
  }
  const policy::Pack& pack_;
};

bool at_one_day(const policy::Measure& m) {
  using A = policy::Aggregate;
  bool balance = policy::fact_info(m.fact).daily_rule;
  return balance && (m.aggregate == A::at_end || m.aggregate == A::at_start || m.aggregate == A::net_change);
}

// Figures of risk or of profit rather than of volume.
bool of_risk_or_profit(const policy::Measure& m) {
  using F = policy::Fact;
  if (m.fact == F::overdue_principal || m.fact == F::overdue_interest) return true;
  if (m.column == "interest" || m.column == "penalty" || m.column == "fee_income" ||
      m.column == "interest_penalty")
    return true;
  for (const char* word : {"五级分类", "class", "逾期", "overdue"})
    if (m.filter.find(word) != std::string::npos) return true;
  return false;
}

Json place_json(const PlacedBlock& one) {
  return JsonObject{{"path", one.path},
                    {"line", one.block.line},
                    {"end_line", one.block.end_line},
                    {"heading", one.article.line},
                    {"article", one.article.article},
                    {"title", one.article.title}};
}

JsonArray elements_json(const std::vector<PlacedBlock>& blocks) {
  JsonArray out;
  for (const auto& one : blocks) {
    auto keys = policy::block_keys(one.block.source);
    out.push_back(JsonObject{{"kind", one.block.kind},
                             {"name", one.block.name},
                             {"place", place_json(one)},
                             {"text", one.block.text.empty() ? one.article.text : one.block.text},
                             {"keys", keys ? *keys : Json()}});
  }
  return out;
}

JsonArray documents_json(const DraftWork& work) {
  JsonArray out;
  for (const auto& file : work.files) {
    if (!file.content || !file.path.ends_with(".md") || file.path.ends_with("README.md")) continue;
    JsonArray articles;
    std::string title;
    for (const auto& one : policy::outline(*file.content)) {
      if (title.empty()) title = one.heading;
      if (one.level == 0 || (one.level == 1 && one.article.empty())) continue;
      articles.push_back(JsonObject{{"heading", one.line}, {"article", one.article}, {"title", one.heading}});
    }
    out.push_back(JsonObject{
        {"path", file.path}, {"title", title.empty() ? file.path : title}, {"articles", std::move(articles)}});
  }
  return out;
}

// What formulas of this draft may name, its own and what it takes over.
JsonArray figures_json(const policy::Pack& pack) {
  JsonArray out;
  auto add = [&](const char* kind, const std::string& name, const std::string& unit,
                 const policy::Origin& origin) {
    out.push_back(JsonObject{{"kind", kind},
                             {"name", name},
                             {"unit", unit},
                             {"own", pack_of(origin) == pack.id},
                             {"article", origin.article}});
  };
  for (const auto& one : pack.measures) add("measure", one.name, one.unit, one.origin);
  for (const auto& one : pack.indicators) add("indicator", one.name, one.unit, one.origin);
  for (const auto& one : pack.peers) add("peer", one.name, one.unit, one.origin);
  for (const auto& one : pack.scores) add("score", one.name, "分", one.origin);
  return out;
}

JsonArray builtins_json() {
  JsonArray out;
  for (const auto& name : feel::builtin_names())
    if (const auto* function = feel::find_builtin(name))
      out.push_back(JsonObject{{"name", name}, {"signature", function->usage()}});
  return out;
}

// Tables of one name together; how much the members of staff have in each period.
JsonArray targets_json(const policy::Pack& pack) {
  struct Sum {
    std::map<policy::TargetOf, size_t> rows;
    std::map<policy::TargetOf, base::Decimal> sums;
  };
  std::map<std::pair<std::string, std::string>, std::map<std::string, Sum>> all;
  for (const auto& table : pack.targets)
    for (const auto& one : table.values) {
      Sum& sum = all[{table.name, table.unit}][one.period];
      ++sum.rows[one.of];
      sum.sums[one.of] = base::Decimal::add(sum.sums[one.of], one.value).value_or(base::Decimal());
    }
  JsonArray out;
  for (auto& [key, periods] : all) {
    JsonArray listed;
    for (auto& [period, sum] : periods) {
      JsonObject line = {{"period", period}};
      const std::pair<const char*, policy::TargetOf> levels[] = {{"bank", policy::TargetOf::bank},
                                                                 {"organisations", policy::TargetOf::organisation},
                                                                 {"staff", policy::TargetOf::staff}};
      for (const auto& [name, of] : levels)
        line.emplace_back(
            name, sum.rows[of] ? Json(JsonObject{{"rows", sum.rows[of]}, {"sum", sum.sums[of].str()}}) : Json());
      listed.push_back(std::move(line));
    }
    out.push_back(JsonObject{{"name", key.first}, {"unit", key.second}, {"periods", std::move(listed)}});
  }
  return out;
}

}  // namespace

// KPI-614: what the pack says of where its figures come from, or why it cannot be read.
static Json goals_json(const policy::Pack& pack, base::Date day) {
  auto links = appraisal::goals_of(pack, day);
  JsonArray out;
  if (links)
    for (const auto& one : *links)
      out.push_back(JsonObject{{"figure", one.figure},
                               {"department", one.department},
                               {"department_figure", one.department_figure},
                               {"goal", one.goal}});
  return JsonObject{{"links", std::move(out)}, {"problem", links ? Json() : Json(links.error().message)}};
}

JsonArray scheme_advice(const policy::Pack& pack, base::Date day) {
  JsonArray out;
  Closure closure(pack);
  for (const auto& scheme : pack.schemes) {
    if (scheme.items.empty()) continue;
    const auto links = appraisal::goals_of(pack, day);
    bool risk = false, only_days = true;
    size_t measures = 0;
    auto say = [&](const char* rule, const std::string& figure, const std::string& text) {
      out.push_back(JsonObject{{"scheme", scheme.name}, {"figure", figure}, {"rule", rule}, {"text", text}});
    };
    for (const auto& item : scheme.items) {
      bool aimed = false;
      for (const auto& name : closure.of(item.score)) {
        aimed = aimed || pack.peer(name);
        const policy::Measure* m = pack.measure(name);
        if (!m) continue;
        if (m->fact == policy::Fact::target) aimed = true;
        else ++measures, only_days = only_days && at_one_day(*m);
        risk = risk || of_risk_or_profit(*m);
      }
      // KPI-614
      const bool linked = links && std::any_of(links->begin(), links->end(), [&](const auto& one) {
                            return closure.of(item.score).contains(one.figure);
                          });
      if (!linked) say("KPI-614", item.score, "没有连到部门的指标和目标");
      // KPI-613
      if (!aimed) say("KPI-613", item.score, "没有目标值可比：既不看计划，也不看同业");
    }
    // KPI-630
    if (measures && only_days) say("KPI-630", "", "全是时点数，没有期间平均或累计的指标");
    // KPI-633
    if (!risk) say("KPI-633", "", "全是规模指标，没有一项看利润或风险");
  }
  return out;
}

Outcome show_workshop(Services& s, const Call& call) {
  auto found = draft_work(s, call);
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  const DraftWork& work = std::get<DraftWork>(found);
  OpenedDraftPtr opened = s.drafts().open(work.draft, work.files);
  const policy::Pack& pack = opened->loaded.pack;
  JsonArray parameters;
  for (const auto& one : pack.parameters)
    if (one.decision.empty()) {
      Json json = parameter_json(one, nullptr);
      json.as_object()->emplace_back("own", pack_of(one.origin) == pack.id);
      parameters.push_back(std::move(json));
    }
  JsonArray schemes;
  for (const auto& one : pack.schemes)
    schemes.push_back(JsonObject{{"name", one.name},
                                 {"title", one.title},
                                 {"holders", one.holders},
                                 {"periods", texts_json(one.periods)},
                                 {"decided", !one.decision.empty()},
                                 {"own", pack_of(one.origin) == pack.id}});
  return Answer{JsonObject{{"draft", draft_json(s, work.draft, opened.get())},
                           {"findings", findings_json(work.draft, opened->loaded.problems)},
                           {"documents", documents_json(work)},
                           {"elements", elements_json(workshop_blocks(work))},
                           {"figures", figures_json(pack)},
                           {"parameters", std::move(parameters)},
                           {"schemes", std::move(schemes)},
                           {"targets", targets_json(pack)},
                           {"goals", goals_json(pack, today_of(s))},
                           {"advice", scheme_advice(pack, today_of(s))},
                           {"builtins", builtins_json()}}};
}

}  // namespace guanhu::api
