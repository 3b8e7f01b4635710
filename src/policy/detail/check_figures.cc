// Formulas of indicators and scores, as check_meaning looks at decisions.
#include <algorithm>

#include "policy/detail/check_codes.h"
#include "policy/detail/check_meaning.h"
#include "policy/detail/formula.h"
#include "policy/detail/formula_text.h"
#include "policy/formula_scope.h"

namespace guanhu::policy::detail {

namespace {

class Figures {
 public:
  Figures(const Draft& draft, Report& report) : draft_(draft), report_(report) {}

  void check() {
    const std::vector<const Element*> all = draft_.with_inherited();
    for (const Element* element : all) {
      if (!element->sound || !has_formula(*element)) continue;
      // What is wrong with its syntax has been said.
      auto tree = feel::parse(element->body.find("formula")->value.text, formula_scope());
      if (tree.ok()) trees_.emplace(element->name, std::move(tree.value()));
    }
    for (const Parameter& parameter : draft_.pack.parameters)
      if (parameter.decision.empty()) symbols_.emplace(parameter.name, Symbol{Info::of_parameter(parameter)});
    for (const Element* element : all)
      if (is_figure(*element) && element->sound) symbols_.insert_or_assign(element->name, symbol(*element));
    for (const Element* element : all)
      if (has_formula(*element) && trees_.contains(element->name)) check(*element);
  }

 private:
  static bool has_formula(const Element& element) {
    return element.kind == ElementKind::indicator || element.kind == ElementKind::score;
  }
  static bool is_figure(const Element& element) {
    return has_formula(element) || element.kind == ElementKind::measure || element.kind == ElementKind::peer;
  }

  std::string unit(const Element& element) const {
    switch (element.kind) {
      case ElementKind::measure: return draft_.pack.measures[element.index].unit;
      case ElementKind::indicator: return draft_.pack.indicators[element.index].unit;
      case ElementKind::peer: return draft_.pack.peers[element.index].unit;
      default: return "分";
    }
  }

  bool nullable(const Element& element, int depth = 0) const {
    switch (element.kind) {
      case ElementKind::measure: return !draft_.pack.measures[element.index].null_reason.empty();
      case ElementKind::indicator: return !draft_.pack.indicators[element.index].null_reason.empty();
      case ElementKind::score: return !draft_.pack.scores[element.index].null_reason.empty();
      default: break;
    }
    const Element* of = draft_.find(draft_.pack.peers[element.index].of);
    return of && depth < 20 && is_figure(*of) && of->sound && nullable(*of, depth + 1);
  }

  Symbol symbol(const Element& element) const {
    Symbol out{Info::of_kind(TypeKind::number)};
    out.info.sure = out.info.maybe = true;
    out.info.unit = Unit::parse(unit(element));
    out.info.null = nullable(element);
    auto tree = trees_.find(element.name);
    // A score may be a context, and be cut afterwards: its formula is not its value.
    if (element.kind == ElementKind::indicator && tree != trees_.end()) out.definition = tree->second.get();
    return out;
  }

  void check(const Element& element) {
    const Node& node = element.body.find("formula")->value;
    const feel::Node& tree = *trees_.at(element.name);
    FormulaText text(element, node, report_);
    Symbols symbols = symbols_;
    if (element.kind == ElementKind::score) {
      Info full = Info::of_value(feel::Value(draft_.pack.scores[element.index].full));
      full.unit = Unit::parse("分");
      full.soft = true;
      symbols.insert_or_assign(std::string(kFullMark), Symbol{full});
    }
    Flow flow(symbols, draft_.pack,
              [&](feel::SourceRange range, std::string_view code, std::string message, std::string hint) {
                std::string name = node.text.substr(range.begin, range.end - range.begin);
                // Tests that what replaced a figure needs no more.
                if (code == codes::kConstant && element.source->taken_over_by) return;
                // Figures that are not tested at all are told by check_formulas.
                if (code == codes::kZero && (name == "0" || (draft_.find(name) && !tests_value(tree, name))))
                  return;
                if (code == codes::kNull && draft_.find(name) && !tests_null(tree, name)) return;
                text.report(range, std::string(code), std::move(message), std::move(hint));
              });
    size_t before = report_.size();
    Info result = flow.run(tree, node.text);
    if (report_.size() != before) return;
    if (result.kind == TypeKind::context && !result.members.empty()) result = Info(*result.members.back().second);
    if (result.kind != TypeKind::number) return;
    Info wanted = Info::of_kind(TypeKind::number);
    wanted.unit = Unit::parse(unit(element));
    flow.fits(tree, result, wanted, "“" + element.name + "”");
  }

  const Draft& draft_;
  Report& report_;
  std::map<std::string, feel::NodePtr, std::less<>> trees_;
  Symbols symbols_;
};

}  // namespace

void check_figures(const Draft& draft, Report& report) { Figures(draft, report).check(); }

}  // namespace guanhu::policy::detail
