// Formulas of indicators and scores.
#include <algorithm>
#include <set>

#include "policy/detail/compile.h"
#include "policy/detail/draft.h"
#include "policy/detail/formula.h"
#include "policy/detail/formula_text.h"
#include "policy/detail/text.h"

namespace guanhu::policy::detail {

namespace {

class FormulaChecker {
 public:
  FormulaChecker(const Draft& draft, Report& report) : draft_(draft), report_(report) {}

  void check(const Element& element) {
    const Node& node = element.body.find("formula")->value;
    FormulaText text(element, node, report_);
    feel::NodePtr tree = text.parse();
    if (!tree) return;
    size_t before = report_.size();
    names(element, *tree, text);
    kinds(element, *tree, text);
    nulls(element, *tree);
    divisions(*tree, text);
    if (report_.size() != before || !inputs_known(element)) return;
    auto program = compile_formula(
        node.text, slots_of(draft_.pack, element.kind == ElementKind::score, inputs(element), *tree));
    if (!program.ok()) text.report(program.error());
  }

 private:
  static std::vector<std::string> inputs(const Element& element) {
    std::vector<std::string> out;
    for (const Node& input : element.body.find("inputs")->value.items) out.push_back(input.text);
    return out;
  }

  bool inputs_known(const Element& element) const {
    auto names = inputs(element);
    return std::all_of(names.begin(), names.end(), [&](const std::string& name) {
      return draft_.find(name) != nullptr || draft_.pack.recorded_fact(name);
    });
  }

  bool is_parameter(const std::string& name) const {
    const Element* found = draft_.find(name);
    return found && found->kind == ElementKind::parameter;
  }

  void names(const Element& element, const feel::Node& tree, FormulaText& text) {
    std::vector<std::string> known = inputs(element);
    std::set<std::string> used;
    for (const UsedName& name : free_names(tree)) {
      used.insert(name.name);
      bool full_mark = element.kind == ElementKind::score && name.name == kFullMark;
      bool declared = std::find(known.begin(), known.end(), name.name) != known.end();
      if (!declared && !full_mark && !is_parameter(name.name) && !name.in_filter) unknown(known, name, text);
    }
    for (const Node& input : element.body.find("inputs")->value.items)
      if (!used.contains(input.text))
        report_.add(*element.source, input.at, "policy.input.unused", "公式里没有用到“" + input.text + "”",
                    "从 inputs 里删去，或者在公式里用上");
  }

  // Chinese punctuation is a letter to nobody but FEEL.
  static bool punctuation(const UsedName& name, FormulaText& text) {
    constexpr std::u32string_view kSigns = U"，。；：（）［］｛｝、！？“”‘’＝＋－＊／＜＞％";
    for (size_t at = 0; at < name.name.size();) {
      size_t begin = at;
      if (kSigns.find(next_code_point(name.name, at)) == kSigns.npos) continue;
      uint32_t from = name.range.begin + static_cast<uint32_t>(begin);
      text.report({from, from + static_cast<uint32_t>(at - begin)}, "policy.formula.sign",
                  "公式里写了中文标点“" + name.name.substr(begin, at - begin) + "”",
                  "公式里的标点都用英文的：, : ( ) \" = < >");
      return true;
    }
    return false;
  }

  void unknown(std::vector<std::string> known, const UsedName& name, FormulaText& text) {
    if (punctuation(name, text)) return;
    if (draft_.broken_names.contains(name.name)) return;
    if (const Element* found = draft_.find(name.name)) {
      text.report(name.range, "policy.formula.undeclared",
                  std::string(chinese(found->kind)) + "“" + name.name + "”没有写进 inputs",
                  "在 inputs 里加上 \"" + name.name + "\"");
      return;
    }
    for (const Parameter& parameter : draft_.pack.parameters) known.push_back(parameter.name);
    std::string near = nearest(name.name, known);
    text.report(name.range, "policy.formula.name", "公式里的“" + name.name + "”不知道是什么",
                (near.empty() ? "" : "是不是想写“" + near + "”？") +
                    std::string("能用的名称：inputs 里的指标，制度包里的参数") +
                    (known.empty() ? "" : "：" + joined(known)));
  }

  // An indicator gives a number; a score may give a context that ends in one.
  void kinds(const Element& element, const feel::Node& tree, FormulaText& text) {
    for (const feel::Node* result : results(tree)) {
      bool context = result->kind == feel::NodeKind::context;
      if (context && element.kind == ElementKind::score && !result->children.empty()) continue;
      bool literal =
          result->kind == feel::NodeKind::literal && !result->value.is_null() && !result->value.is_number();
      bool logical = result->kind == feel::NodeKind::between || result->kind == feel::NodeKind::in ||
                     (result->kind == feel::NodeKind::binary && result->op <= feel::Op::greater_equal);
      if (context || literal || logical || result->kind == feel::NodeKind::list)
        text.report(
            result->range, "policy.formula.result",
            context && element.kind == ElementKind::score ? "{ } 里没有得分"
            : context ? "计算指标的公式要给出一个数，不能是 { }"
                      : "公式的结果要是数，这里给出的是" + kind_of(*result),
            element.kind == ElementKind::score ? "写成算式，或以得分结尾的 { 甲: …, 得分: … }" : "写成算式");
      else if (result->kind == feel::NodeKind::literal && result->value.is_null() && null_reason(element).empty())
        text.report(result->range, "policy.formula.null", "公式可能没有结果，却没有说明为什么",
                    "写上 null_reason = \"…\"：没有结果时给人看的理由");
    }
  }

  static std::string kind_of(const feel::Node& node) {
    if (node.kind == feel::NodeKind::list) return "列表";
    if (node.kind == feel::NodeKind::literal && node.value.is(feel::Kind::string)) return "文字";
    if (node.kind == feel::NodeKind::literal && !node.value.is(feel::Kind::boolean)) return "日期或时间";
    return "“是”或“否”";
  }

  static std::string null_reason(const Element& element) {
    const Entry* reason = element.body.find("null_reason");
    return reason ? reason->value.text : "";
  }

  bool nullable(const Element& element, int depth = 0) const {
    if (depth > 100) return false;  // a cycle: reported elsewhere
    if (element.kind == ElementKind::peer) {
      const Entry* of = element.body.find("of");
      const Element* figure = of ? draft_.find(of->value.text) : nullptr;
      return figure && nullable(*figure, depth + 1);
    }
    return !null_reason(element).empty();
  }

  void nulls(const Element& element, const feel::Node& tree) {
    for (const Node& input : element.body.find("inputs")->value.items) {
      const Element* figure = draft_.find(input.text);
      if (!figure || !nullable(*figure) || tests_null(tree, input.text)) continue;
      std::string reason = null_reason(*figure);
      report_.add(*element.source, input.at, "policy.formula.null",
                  "“" + input.text + "”可能没有值" + (reason.empty() ? "" : "（" + reason + "）") +
                      "，公式没有写明那时怎么办",
                  "公式以 if " + input.text + " = null then null else … 开头，并写上 null_reason");
    }
  }

  // Dividing by a figure is refused unless the formula compares it with something first.
  void divisions(const feel::Node& tree, FormulaText& text) {
    feel::walk(tree, [&](const feel::Node& node) {
      if (node.kind != feel::NodeKind::binary || node.op != feel::Op::divide) return true;
      const feel::Node& divisor = node.child(1);
      bool zero =
          divisor.kind == feel::NodeKind::literal && divisor.value.is_number() && divisor.value.number().is_zero();
      if (divisor.kind == feel::NodeKind::name && divisor.text != kFullMark) {
        const Element* element = draft_.find(divisor.text);
        if (element && element->kind == ElementKind::parameter)
          zero = std::any_of(draft_.pack.parameters[element->index].values.begin(),
                             draft_.pack.parameters[element->index].values.end(),
                             [](const DatedValue& dated) { return dated.value.is_zero(); });
        else zero = element && !tests_value(tree, divisor.text);
      }
      if (zero)
        text.report(divisor.range, "policy.formula.zero", "除数可能是零，公式没有写明那时怎么办",
                    divisor.kind == feel::NodeKind::name ? "先判断：if " + divisor.text + " = 0 then … else …"
                                                         : "改一个除数");
      return true;
    });
  }

  const Draft& draft_;
  Report& report_;
};

}  // namespace

void check_formulas(const Draft& draft, Report& report) {
  FormulaChecker formulas(draft, report);
  for (const Element* element : draft.with_inherited())
    if (element->sound && (element->kind == ElementKind::indicator || element->kind == ElementKind::score))
      formulas.check(*element);
}

}  // namespace guanhu::policy::detail
