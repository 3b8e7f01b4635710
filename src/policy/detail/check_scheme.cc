// Schemes, and the graph of what is computed from what.
#include <algorithm>
#include <functional>
#include <map>

#include "policy/detail/compile.h"
#include "policy/detail/draft.h"
#include "policy/detail/formula_text.h"
#include "policy/detail/text.h"

namespace guanhu::policy::detail {

namespace {

std::vector<std::string> names_of(const Draft& draft, std::initializer_list<ElementKind> kinds) {
  std::vector<std::string> out;
  for (const Element& element : draft.elements)
    if (std::find(kinds.begin(), kinds.end(), element.kind) != kinds.end()) out.push_back(element.name);
  return out;
}

// Reports a name that is not one of `kinds`, saying what it is instead or what may be meant.
void resolve(const Draft& draft, const Element& from, const Node& node, std::initializer_list<ElementKind> kinds,
             std::string_view wanted, Report& report) {
  if (draft.broken_names.contains(node.text)) return;
  if (wanted.starts_with("指标、得分") && draft.pack.recorded_fact(node.text)) return;
  const Element* found = draft.find(node.text);
  if (found && std::find(kinds.begin(), kinds.end(), found->kind) != kinds.end()) return;
  std::string near = nearest(node.text, names_of(draft, kinds));
  std::string hint = near.empty() ? "" : "是不是想写“" + near + "”？";
  if (found)
    report.add(*from.source, node.at, "policy.reference",
               "“" + node.text + "”是" + std::string(chinese(found->kind)) + "，这里要的是" + std::string(wanted),
               "它写在 " + found->source->where(found->at));
  else
    report.add(*from.source, node.at, "policy.reference", "没有叫“" + node.text + "”的" + std::string(wanted),
               hint + (near.empty() ? "" : "不是的话，") + "在制度包里用相应的块写明它");
}

// How much a person counts for: a number over the staff's columns.
void check_weight(const Element& element, const Node& node, Report& report) {
  FormulaText text(element, node, report);
  feel::NodePtr tree = text.parse();
  if (!tree) return;
  auto program = compile_formula(node.text, slots_of(staff_columns(), *tree));
  if (!program.ok()) text.report(program.error());
}

void check_scheme(const Draft& draft, const Element& element, Report& report) {
  if (const Entry* figures = element.body.find("figures"))
    for (const Node& node : figures->value.items)
      resolve(draft, element, node, {ElementKind::measure, ElementKind::indicator}, "原始指标或计算指标", report);
  std::map<std::string, int> seen;
  if (const Entry* peers = element.body.find("peer_weight")) check_weight(element, peers->value, report);
  if (const Entry* items = element.body.find("items"))
    for (const Node& item : items->value.items)
      if (const Entry* score = item.find("score")) {
        resolve(draft, element, score->value, {ElementKind::score}, "计分指标", report);
        if (seen[score->value.text]++)
          report.add(*element.source, score->value.at, "policy.scheme.repeated",
                     "“" + score->value.text + "”在 items 里写了两次", "合成一项，权重相加");
      }
}

// Names an element is computed from, with where each stands.
std::vector<const Node*> needs(const Element& element) {
  std::vector<const Node*> out;
  const Entry* entry = element.body.find(element.kind == ElementKind::peer ? "of" : "inputs");
  if (!entry) return out;
  if (entry->value.kind == NodeKind::string) out.push_back(&entry->value);
  for (const Node& item : entry->value.items) out.push_back(&item);
  return out;
}

bool computed(const Element& element) {
  return element.kind == ElementKind::indicator || element.kind == ElementKind::score ||
         element.kind == ElementKind::peer;
}

// Depth first; a name met again on the path closes a cycle. Each cycle is reported once.
class Cycles {
 public:
  Cycles(const Draft& draft, Report& report) : draft_(draft), report_(report) {}

  void visit(const Element& element) {
    state_[element.name] = on_path;
    path_.push_back(element.name);
    for (const Node* need : needs(element)) {
      const Element* next = draft_.find(need->text);
      if (!next || !computed(*next)) continue;
      State state = state_[next->name];
      if (state == on_path) close(element, *need);
      if (state == fresh) visit(*next);
    }
    path_.pop_back();
    state_[element.name] = done;
  }
  void start(const Element& element) {
    if (state_[element.name] == fresh) visit(element);
  }

 private:
  enum State { fresh, on_path, done };
  void close(const Element& element, const Node& need) {
    auto from = std::find(path_.begin(), path_.end(), need.text);
    std::vector<std::string> cycle(from, path_.end());
    cycle.push_back(need.text);
    report_.add(*element.source, need.at, "policy.cycle", "指标互相依赖，算不出来：" + joined(cycle, " → "),
                "去掉其中一处引用(箭头指向它所用的指标)");
  }
  const Draft& draft_;
  Report& report_;
  std::map<std::string, State> state_;
  std::vector<std::string> path_;
};

}  // namespace

void check_graph(const Draft& draft, Report& report) {
  static constexpr auto kFigures = {ElementKind::parameter, ElementKind::measure, ElementKind::indicator,
                                    ElementKind::peer, ElementKind::score};
  const std::vector<const Element*> all = draft.with_inherited();
  for (const Element* element : all) {
    if (!computed(*element)) continue;
    for (const Node* need : needs(*element)) {
      if (element->kind == ElementKind::peer)
        resolve(draft, *element, *need, {ElementKind::measure, ElementKind::indicator, ElementKind::score},
                "指标或得分", report);
      else resolve(draft, *element, *need, kFigures, "指标、得分、同业比较值或参数", report);
    }
  }
  Cycles cycles(draft, report);
  for (const Element* element : all)
    if (computed(*element)) cycles.start(*element);
}

void check_schemes(const Draft& draft, Report& report) {
  for (const Element* element : draft.with_inherited())
    if (element->kind == ElementKind::scheme) check_scheme(draft, *element, report);
}

}  // namespace guanhu::policy::detail
