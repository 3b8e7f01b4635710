// Conditions over columns: filters of measures and of a scheme's holders.
#include <algorithm>

#include "feel/to_sql.h"
#include "policy/detail/check_codes.h"
#include "policy/detail/check_units.h"
#include "policy/detail/compile.h"
#include "policy/detail/draft.h"
#include "policy/detail/formula.h"
#include "policy/detail/formula_text.h"
#include "policy/detail/text.h"
#include "policy/facts.h"
#include "policy/formula_scope.h"

namespace guanhu::policy::detail {

namespace {

// A condition over columns: of a fact, of the staff.
class FilterChecker {
 public:
  FilterChecker(const Element& element, const Node& node, std::span<const FactColumn> columns, std::string of,
                Report& report)
      : node_(node), columns_(columns), of_(std::move(of)), text_(element, node, report), report_(report) {}

  // `asked_of_database`: the condition of a measure becomes a part of its query.
  void check(bool asked_of_database) {
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
    else if (asked_of_database) database();
  }

 private:
  void database() {
    feel::SqlNames names;
    names.suffixes = unit_suffixes();
    for (const FactColumn& one : columns_)
      for (std::string_view name : {one.name, one.feed})
        names.columns.emplace_back(std::string(name), feel::SqlColumn{"c", sql_kind(one.kind), 0});
    auto sql = feel::to_sql(node_.text, names);
    if (!sql.ok())
      text_.report(text_.range_of(sql.error()), "policy.filter.sql", "这样的条件不能拿去查数据库",
                   "用比较、and、or、not(…)、between、in 写，in 后面列出固定的值");
  }

  static feel::SqlColumn::Kind sql_kind(ColumnKind kind) {
    switch (kind) {
      case ColumnKind::text:
      case ColumnKind::choice: return feel::SqlColumn::string;
      case ColumnKind::date: return feel::SqlColumn::date;
      case ColumnKind::boolean: return feel::SqlColumn::boolean;
      default: return feel::SqlColumn::number;
    }
  }

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
    unit(*found, literal);
    if (found->kind != ColumnKind::choice) return;
    std::vector<std::string> words = choices(*found);
    if (std::find(words.begin(), words.end(), literal.value.text()) != words.end()) return;
    std::string near = nearest(literal.value.text(), words);
    text_.report(literal.range, "policy.filter.value",
                 "“" + std::string(found->name) + "”没有“" + literal.value.text() + "”这个值",
                 (near.empty() ? "" : "是不是想写“" + near + "”？") + std::string("可以写：") + joined(words));
  }

  // Money is in 元; a rate in per cent a year, and 3 % is 0.03.
  void unit(const FactColumn& found, const feel::Node& literal) {
    if (literal.text.empty()) return;
    const bool money = found.kind == ColumnKind::money, rate = found.kind == ColumnKind::rate;
    const Unit given = Unit::of_literal(literal.text);
    if (money ? Unit::agree(given, Unit::parse("元")) : !rate && !given.has("元") && literal.text != "%") return;
    text_.report(literal.range, std::string(codes::kUnit),
                 "“" + std::string(found.name) + "”不能和带“" + literal.text + "”的数比较",
                 money  ? "金额写成 50000 或 5 万元"
                 : rate ? "利率按每年百分之几记，写成 3.85，不带单位"
                        : "去掉单位");
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
  FormulaText text_;
  Report& report_;
};

void check_filter(const Element& element, std::string_view key, std::span<const FactColumn> columns,
                  std::string of, Report& report) {
  const Entry* entry = element.body.find(key);
  if (entry && !trim(entry->value.text).empty())
    FilterChecker(element, entry->value, columns, std::move(of), report)
        .check(element.kind == ElementKind::measure);
  else if (entry)
    report.add(*element.source, entry->value.at, "policy.key.empty", std::string(key) + " 是空的",
               "不筛选就删去这一行");
}

}  // namespace

void check_filters(const Draft& draft, Report& report) {
  for (const Element& element : draft.elements) {
    if (!element.sound) continue;
    if (element.kind == ElementKind::measure) {
      const FactInfo& fact = fact_info(draft.pack.measures[element.index].fact);
      check_filter(element, "filter", fact.columns, "“" + std::string(fact.chinese) + "”", report);
    }
    if (element.kind != ElementKind::scheme) continue;
    check_filter(element, "holder_filter", staff_columns(), "员工", report);
    check_filter(element, "peers", staff_columns(), "员工", report);
  }
}

}  // namespace guanhu::policy::detail
