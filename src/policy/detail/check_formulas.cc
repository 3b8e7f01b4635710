// Formulas of indicators and scores, filters of measures and schemes.
#include <algorithm>
#include <cctype>
#include <cstdio>
#include <map>

#include "feel/parser.h"
#include "policy/detail/compile.h"
#include "policy/detail/draft.h"
#include "policy/detail/formula.h"
#include "policy/detail/text.h"

namespace guanhu::policy::detail {

namespace {

// Where a stretch of a string's text stands in the document.
Place place_in(const Node& text, feel::SourceRange range) {
  size_t begin = length(std::string_view(text.text).substr(0, range.begin));
  size_t end = length(std::string_view(text.text).substr(0, range.end));
  if (text.origins.empty()) return text.at;
  Place out = text.origins[std::min(begin, text.origins.size() - 1)];
  Place last = text.origins[std::min(std::max(end, begin + 1) - 1, text.origins.size() - 1)];
  if (last.line == out.line) out.width = std::max(1, last.column - out.column + 1);
  return out;
}

// "line:column" of an error of feel, with the word that stands there.
feel::SourceRange range_of(const std::string& text, const std::string& where) {
  int line = 1, column = 1;
  if (std::sscanf(where.c_str(), "%d:%d", &line, &column) != 2) return {0, 0};
  size_t at = 0;
  while (--line > 0 && at < text.size())
    at = text.find('\n', at) == text.npos ? text.size() : text.find('\n', at) + 1;
  while (--column > 0 && at < text.size()) next_code_point(text, at);
  size_t end = at, next = at;
  while (next < text.size()) {
    char32_t c = next_code_point(text, next);
    if (!is_han(c) && !(c < 0x80 && std::isalnum(static_cast<int>(c)))) break;
    end = next;
  }
  return {static_cast<uint32_t>(at), static_cast<uint32_t>(end)};
}

// One text in FEEL, and what is wrong with it.
class Text {
 public:
  Text(const Element& element, const Node& node, Report& report)
      : element_(element), node_(node), report_(report) {}

  void report(feel::SourceRange range, std::string code, std::string message, std::string hint) {
    report_.add(*element_.source, place_in(node_, range), std::move(code), std::move(message), std::move(hint));
  }
  void report(const base::Error& error) {
    Wording wording = in_chinese(error);
    report(range_of(node_.text, error.where), "policy.formula.syntax", wording.message, wording.hint);
  }
  feel::NodePtr parse() {
    auto tree = feel::parse(node_.text, feel::Scope());
    if (tree.ok()) return std::move(tree.value());
    report(tree.error());
    return nullptr;
  }

 private:
  const Element& element_;
  const Node& node_;
  Report& report_;
};

class FormulaChecker {
 public:
  FormulaChecker(const Draft& draft, Report& report) : draft_(draft), report_(report) {}

  void check(const Element& element) {
    const Node& node = element.body.find("formula")->value;
    Text text(element, node, report_);
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
    return std::all_of(names.begin(), names.end(),
                       [&](const std::string& name) { return draft_.find(name) != nullptr; });
  }

  bool is_parameter(const std::string& name) const {
    const Element* found = draft_.find(name);
    return found && found->kind == ElementKind::parameter;
  }

  void names(const Element& element, const feel::Node& tree, Text& text) {
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
  static bool punctuation(const UsedName& name, Text& text) {
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

  void unknown(std::vector<std::string> known, const UsedName& name, Text& text) {
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
  void kinds(const Element& element, const feel::Node& tree, Text& text) {
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
  void divisions(const feel::Node& tree, Text& text) {
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

// A condition over columns: of a fact, of the staff.
class FilterChecker {
 public:
  FilterChecker(const Element& element, const Node& node, std::span<const FactColumn> columns, std::string of,
                Report& report)
      : node_(node), columns_(columns), of_(std::move(of)), text_(element, node, report), report_(report) {}

  void check() {
    feel::NodePtr tree = text_.parse();
    if (!tree) return;
    size_t before = report_.size();
    for (const UsedName& name : free_names(*tree))
      if (!column(name.name)) unknown(name);
    for (const feel::Node* result : results(*tree)) condition(*result);
    feel::walk(*tree, [&](const feel::Node& node) { return compare(node), true; });
    if (report_.size() != before) return;
    auto program = compile_formula(node_.text, slots_of(columns_, *tree));
    if (!program.ok()) text_.report(program.error());
  }

 private:
  const FactColumn* column(std::string_view name) const {
    for (const FactColumn& one : columns_)
      if (one.name == name || one.feed == name) return &one;
    return nullptr;
  }

  void unknown(const UsedName& name) {
    std::vector<std::string> known, shown;
    for (const FactColumn& one : columns_) {
      known.insert(known.end(), {std::string(one.name), std::string(one.feed)});
      shown.push_back(std::string(one.name) + "(" + std::string(one.feed) + ")");
    }
    std::string near = nearest(name.name, known);
    text_.report(name.range, "policy.filter.column", of_ + "没有“" + name.name + "”这一列",
                 (near.empty() ? "" : "是不是想写“" + near + "”？") + std::string("有这些列：") + joined(shown));
  }

  // The whole gives true or false.
  void condition(const feel::Node& node) {
    using K = feel::NodeKind;
    const FactColumn* name = node.kind == K::name ? column(node.text) : nullptr;
    bool fine = node.kind == K::between || node.kind == K::in || node.kind == K::call || node.kind == K::some ||
                node.kind == K::every || (node.kind == K::binary && node.op <= feel::Op::greater_equal) ||
                (node.kind == K::literal && node.value.is(feel::Kind::boolean)) ||
                (name && name->kind == ColumnKind::boolean) || (node.kind == K::name && !name);
    if (!fine)
      text_.report(node.range, "policy.filter.condition", "筛选条件要给出是或否", "写成比较，如 种类 = \"time\"");
  }

  void compare(const feel::Node& node) {
    using K = feel::NodeKind;
    bool binary = node.kind == K::binary && node.op >= feel::Op::equal && node.op <= feel::Op::greater_equal;
    if (binary) {
      constant(node.child(0), node.child(1));
      constant(node.child(1), node.child(0));
    } else if (node.kind == K::between || node.kind == K::in) {
      for (size_t i = 1; i < node.children.size(); ++i) tests(node.child(0), node.child(i));
    }
  }

  void tests(const feel::Node& name, const feel::Node& test) {
    constant(name, test);
    using K = feel::NodeKind;
    if (test.kind == K::range || test.kind == K::unary_test || test.kind == K::list || test.kind == K::tests)
      for (const auto& child : test.children) tests(name, *child);
  }

  // A column compared with a literal: of its kind, and one of its words.
  void constant(const feel::Node& name, const feel::Node& literal) {
    const FactColumn* found = name.kind == feel::NodeKind::name ? column(name.text) : nullptr;
    if (!found || literal.kind != feel::NodeKind::literal || literal.value.is_null()) return;
    std::string wanted = wanted_kind(found->kind, literal.value);
    if (!wanted.empty())
      return text_.report(literal.range, "policy.filter.type",
                          "“" + std::string(found->name) + "”要和" + wanted + "比较", example(*found));
    if (found->kind != ColumnKind::choice) return;
    std::vector<std::string> words = choices(*found);
    if (std::find(words.begin(), words.end(), literal.value.text()) != words.end()) return;
    std::string near = nearest(literal.value.text(), words);
    text_.report(literal.range, "policy.filter.value",
                 "“" + std::string(found->name) + "”没有“" + literal.value.text() + "”这个值",
                 (near.empty() ? "" : "是不是想写“" + near + "”？") + std::string("可以写：") + joined(words));
  }

  static std::vector<std::string> choices(const FactColumn& found) {
    std::vector<std::string> out;
    std::string_view rest = found.choices;
    while (!rest.empty()) {
      size_t end = std::min(rest.find(' '), rest.size());
      out.emplace_back(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return out;
  }

  // "" when the value is of the column's kind.
  static std::string wanted_kind(ColumnKind kind, const feel::Value& value) {
    switch (kind) {
      case ColumnKind::text:
      case ColumnKind::choice: return value.is(feel::Kind::string) ? "" : "文字";
      case ColumnKind::date: return value.is(feel::Kind::date) ? "" : "日期";
      case ColumnKind::boolean: return value.is(feel::Kind::boolean) ? "" : " true 或 false ";
      default: return value.is_number() ? "" : "数字";
    }
  }

  static std::string example(const FactColumn& found) {
    const std::string name(found.name);
    switch (found.kind) {
      case ColumnKind::text: return "写成 " + name + " = \"…\"";
      case ColumnKind::choice: return "写成 " + name + " = \"" + choices(found).front() + "\"";
      case ColumnKind::date: return "写成 " + name + " >= date(\"2025-01-01\")";
      case ColumnKind::boolean: return "写成 " + name + " = true";
      default: return "写成 " + name + " >= 10000，不加引号";
    }
  }

  const Node& node_;
  std::span<const FactColumn> columns_;
  std::string of_;
  Text text_;
  Report& report_;
};

void check_filter(const Element& element, std::string_view key, std::span<const FactColumn> columns,
                  std::string of, Report& report) {
  const Entry* entry = element.body.find(key);
  if (entry && !trim(entry->value.text).empty())
    FilterChecker(element, entry->value, columns, std::move(of), report).check();
  else if (entry)
    report.add(*element.source, entry->value.at, "policy.key.empty", std::string(key) + " 是空的",
               "不筛选就删去这一行");
}

}  // namespace

void check_formulas(const Draft& draft, Report& report) {
  FormulaChecker formulas(draft, report);
  for (const Element& element : draft.elements) {
    if (!element.sound) continue;
    if (element.kind == ElementKind::indicator || element.kind == ElementKind::score) formulas.check(element);
    if (element.kind == ElementKind::measure) {
      const FactInfo& fact = fact_info(draft.pack.measures[element.index].fact);
      check_filter(element, "filter", fact.columns, "“" + std::string(fact.chinese) + "”", report);
    }
    if (element.kind == ElementKind::scheme)
      check_filter(element, "holder_filter", staff_columns(), "员工", report);
  }
}

}  // namespace guanhu::policy::detail
