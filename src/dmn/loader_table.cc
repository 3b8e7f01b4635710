// Decision tables (spec chapter 8).
#include "dmn/loader.h"

namespace guanhu::dmn {

BoxedPtr ExpressionReader::table(Element element, const feel::Scope& scope) {
  auto table = std::make_unique<TableBox>();
  table->place = place_of(element);
  size_t before = loader_.data_->problems.size();
  table_columns(element, scope, *table);
  table_policy(element, *table);
  bool whole = !table->outputs.empty();
  for (size_t i = before; i < loader_.data_->problems.size(); ++i)
    whole = whole && loader_.data_->problems[i].code != "dmn.table";
  if (whole) table_rules(element, scope, *table);
  for (size_t i = before; i < loader_.data_->problems.size(); ++i)
    whole = whole && loader_.data_->problems[i].code != "dmn.table";
  if (whole) return table;
  auto box = std::make_unique<Failing>();
  box->code = "dmn.table";
  box->message = "the decision table is not one that can be run";
  return box;
}

void ExpressionReader::table_columns(Element element, const feel::Scope& scope, TableBox& table) {
  for (Element input : children(element, "input")) {
    TableBox::InputColumn column;
    Element expression = child(input, "inputExpression");
    column.text = expression ? inner_text(expression) : "";
    if (column.text.empty()) {
      loader_.problem("dmn.table", "the input column has no expression", place_of(input), "say what it tests");
      continue;
    }
    column.value = literal(expression, scope);
    column.value->place = place_of(expression);
    column.type = loader_.type_attribute(file_, expression);
    Element values = child(input, "inputValues");
    std::string text = values ? inner_text(values) : "";
    if (!text.empty() && text != "-") column.allowed = compile(values, text, scope, {feel::Form::unary_tests});
    table.inputs.push_back(std::move(column));
  }
  auto outputs = children(element, "output");
  for (Element output : outputs) {
    TableBox::OutputColumn column;
    column.name = feel::normal_name(attribute(output, "name"));
    column.type = loader_.type_attribute(file_, output);
    if (column.name.empty() && outputs.size() > 1)
      loader_.problem("dmn.table", "an output column has no name, and there are several", place_of(output),
                      "name it");
    Element values = child(output, "outputValues");
    std::string text = values ? inner_text(values) : "";
    if (!text.empty() && text != "-") column.allowed = compile(values, text, scope, {feel::Form::unary_tests});
    // The order of priorities; the allowed values of the type stand in where the column lists none.
    if (text.empty() || text == "-")
      for (const ItemType* type = column.type; type && text.empty(); type = type->base)
        if (type->allowed) text = type->allowed->source();
    if (!text.empty() && text != "-")
      if (auto order = feel::compile("[" + text + "]", scope, {feel::Form::expression, true}); order.ok())
        column.order = std::move(*order);
    if (Element otherwise = child(output, "defaultOutputEntry"); otherwise && !inner_text(otherwise).empty()) {
      column.otherwise = literal(otherwise, scope);
      column.otherwise->place = place_of(otherwise);
    }
    table.outputs.push_back(std::move(column));
  }
  if (outputs.empty()) loader_.problem("dmn.table", "the decision table has no output column", place_of(element));
}

void ExpressionReader::table_rules(Element element, const feel::Scope& scope, TableBox& table) {
  int number = 0;
  std::vector<feel::Rules::Row> cells;
  for (Element row : children(element, "rule")) {
    ++number;
    TableBox::Rule rule;
    rule.place = place_of(row) + ", rule " + std::to_string(number);
    auto tests = children(row, "inputEntry"), outputs = children(row, "outputEntry");
    if (tests.size() != table.inputs.size() || outputs.size() != table.outputs.size()) {
      loader_.problem("dmn.table",
                      "the rule has " + std::to_string(tests.size()) + " inputs and " +
                          std::to_string(outputs.size()) + " outputs, the table " +
                          std::to_string(table.inputs.size()) + " and " + std::to_string(table.outputs.size()),
                      rule.place, "fill in or remove cells");
      continue;
    }
    rule.id = attribute(row, "id");
    cells.emplace_back();
    for (Element test : tests) {
      std::string text = inner_text(test);
      if (text.empty() || text == "-") {
        cells.back().emplace_back();
        continue;
      }
      auto program = compile(test, text, scope, {feel::Form::unary_tests});
      // A cell that cannot be read matches nothing.
      if (!program) program = *feel::compile("false and true", feel::Scope(), {feel::Form::unary_tests, true});
      cells.back().push_back(std::move(program));
    }
    for (Element output : outputs) {
      rule.outputs.push_back(literal(output, scope));
      rule.outputs.back()->place = place_of(output) + ", rule " + std::to_string(number);
    }
    table.rules.push_back(std::move(rule));
  }
  table.tests = feel::Rules(table.inputs.size(), std::move(cells));
}

void ExpressionReader::table_policy(Element element, TableBox& table) {
  static constexpr std::pair<std::string_view, HitPolicy> kPolicies[] = {
      {"UNIQUE", HitPolicy::unique},         {"ANY", HitPolicy::any},
      {"PRIORITY", HitPolicy::priority},     {"FIRST", HitPolicy::first},
      {"RULE ORDER", HitPolicy::rule_order}, {"OUTPUT ORDER", HitPolicy::output_order},
      {"COLLECT", HitPolicy::collect}};
  static constexpr std::pair<std::string_view, Aggregation> kAggregations[] = {{"SUM", Aggregation::sum},
                                                                               {"MIN", Aggregation::minimum},
                                                                               {"MAX", Aggregation::maximum},
                                                                               {"COUNT", Aggregation::count}};
  std::string policy = attribute(element, "hitPolicy"), aggregation = attribute(element, "aggregation");
  bool known = policy.empty();
  for (auto& [text, value] : kPolicies)
    if (policy == text) table.policy = value, known = true;
  if (!known)
    loader_.problem("dmn.table", "the hit policy '" + policy + "' is none", place_of(element),
                    "one of UNIQUE, ANY, PRIORITY, FIRST, RULE ORDER, OUTPUT ORDER, COLLECT");
  known = aggregation.empty();
  for (auto& [text, value] : kAggregations)
    if (aggregation == text) table.aggregation = value, known = true;
  if (!known)
    loader_.problem("dmn.table", "the aggregation '" + aggregation + "' is none", place_of(element),
                    "one of SUM, MIN, MAX, COUNT");
  // Other hit policies take no aggregation (spec 8.2.10); modellers leave one behind.
  if (table.policy != HitPolicy::collect) table.aggregation = Aggregation::none;
  if (table.aggregation != Aggregation::none && table.aggregation != Aggregation::count &&
      table.outputs.size() > 1)
    loader_.problem("dmn.table", "several outputs cannot be aggregated", place_of(element),
                    "collect them, or keep one output");
  bool ordered = table.policy == HitPolicy::priority || table.policy == HitPolicy::output_order;
  bool orders = false;
  for (auto& output : table.outputs) orders = orders || output.order.has_value();
  if (ordered && !orders && !table.outputs.empty())
    loader_.problem("dmn.table", "the hit policy '" + policy + "' needs a list of output values to order by",
                    place_of(element), "list the output values, the most important first");
}

}  // namespace guanhu::dmn
