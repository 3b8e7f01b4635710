#include "appraisal/goals.h"

#include <algorithm>

#include "appraisal/named_inputs.h"

namespace guanhu::appraisal {

namespace {
constexpr const char* kDecision = "indicator-goals";

bool is_figure(const policy::Pack& pack, const std::string& name) {
  return pack.measure(name) || pack.indicator(name) || pack.peer(name) || pack.score(name);
}
}  // namespace

// KPI-614
base::Result<std::vector<GoalLink>> goals_of(const policy::Pack& pack, base::Date on) {
  std::vector<GoalLink> out;
  if (!pack.decision(kDecision)) return out;
  const std::string where = pack.id + "/" + kDecision;
  NamedAnswer answer = ask_named(pack, kDecision, Names(), on);
  if (answer.error) return *answer.error;
  const base::JsonArray* rows = answer.result.as_array();
  if (!rows)
    return base::Error{"goals.link", where + " 不是一张表", where,
                       "写成 [{指标: …, 部门: …, 部门指标: …, 目标: …}]"};
  for (const base::Json& row : *rows) {
    GoalLink link;
    const std::pair<const char*, std::string*> members[] = {{"指标", &link.figure},
                                                            {"部门", &link.department},
                                                            {"部门指标", &link.department_figure},
                                                            {"目标", &link.goal}};
    for (const auto& [name, to] : members) {
      auto text = plan_text(row, name, where);
      if (!text.ok()) return base::Error{"goals.link", text.error().message, where, text.error().hint};
      *to = *text;
    }
    if (!is_figure(pack, link.figure))
      return base::Error{"goals.link", where + " 里的“" + link.figure + "”不是本制度包的指标", where,
                         "改成指标现在的名称"};
    out.push_back(std::move(link));
  }
  return out;
}

void put_goals(Node& node, const std::vector<GoalLink>& links) {
  base::JsonArray goals;
  for (const GoalLink& link : links)
    if (link.figure == node.name)
      goals.push_back(base::JsonObject{
          {"department", link.department}, {"figure", link.department_figure}, {"goal", link.goal}});
  if (!goals.empty()) node.fields.emplace_back("goals", std::move(goals));
  for (Node& child : node.children) put_goals(child, links);
}

}  // namespace guanhu::appraisal
