#include "policy/dmn_parts.h"

#include "policy/detail/text.h"

namespace guanhu::policy {
namespace {

// The words of a column. What may be left out is null, which is none of them unless it is said.
std::string column_values(const ValueType& type) { return allowed_values(type) + (type.nullable ? ", null" : ""); }

std::shared_ptr<dmn::ExpressionText> literal(std::string text, std::string id, std::string type = "") {
  auto out = std::make_shared<dmn::ExpressionText>();
  out->text = std::move(text);
  out->id = std::move(id);
  out->type = std::move(type);
  return out;
}

constexpr std::pair<HitPolicy, const char*> kPolicies[] = {
    {HitPolicy::unique, "UNIQUE"},         {HitPolicy::any, "ANY"},
    {HitPolicy::priority, "PRIORITY"},     {HitPolicy::first, "FIRST"},
    {HitPolicy::rule_order, "RULE ORDER"}, {HitPolicy::output_order, "OUTPUT ORDER"},
    {HitPolicy::collect, "COLLECT"}};
constexpr std::pair<Aggregation, const char*> kAggregations[] = {{Aggregation::none, ""},
                                                                 {Aggregation::sum, "SUM"},
                                                                 {Aggregation::min, "MIN"},
                                                                 {Aggregation::max, "MAX"},
                                                                 {Aggregation::count, "COUNT"}};
}  // namespace

std::string dmn_policy(HitPolicy policy) {
  for (auto [value, word] : kPolicies)
    if (value == policy) return word;
  return "UNIQUE";
}

std::string dmn_aggregation(Aggregation aggregation) {
  for (auto [value, word] : kAggregations)
    if (value == aggregation) return word;
  return "";
}

bool read_policy(const std::string& policy, const std::string& aggregation, HitPolicy& hit, Aggregation& sum) {
  bool known = false, summed = false;
  for (auto [value, word] : kPolicies)
    if (policy == word) hit = value, known = true;
  for (auto [value, word] : kAggregations)
    if (aggregation == word) sum = value, summed = true;
  if (hit != HitPolicy::collect) sum = Aggregation::none;
  return known && summed;
}

base::Result<dmn::ExpressionTextPtr> DmnBody::expression(const Body& body, const ValueTypePtr& type) {
  if (body.kind == BodyKind::formula || body.kind == BodyKind::table) {
    if (body.steps.size() == 1) return step(body.steps.front(), id_);
  }
  auto out = std::make_shared<dmn::ExpressionText>();
  out->kind = dmn::ExpressionText::Kind::context;
  out->id = id_ + "_context";
  bool helpers = false;
  std::string parts;
  for (size_t i = 0; i < body.steps.size(); ++i) {
    const Step& one = body.steps[i];
    auto made = step(one, id_ + "_step_" + std::to_string(i + 1));
    if (!made.ok()) return made.error();
    bool last = body.result && *body.result == i && i + 1 == body.steps.size();
    out->entries.push_back({last ? "" : one.name, last ? "" : types_.reference(one.type, one.name), *made});
    if (last) return dmn::ExpressionTextPtr(out);
    helpers = helpers || one.helper;
    if (!one.helper) parts += (parts.empty() ? "" : ", ") + one.name + ": " + one.name;
  }
  if (body.result) out->entries.push_back({"", "", literal(body.steps[*body.result].name, id_ + "_result")});
  else if (helpers) out->entries.push_back({"", "", literal("{" + parts + "}", id_ + "_result")});
  else if (type) out->type = types_.reference(type, id_);
  return dmn::ExpressionTextPtr(out);
}

base::Result<dmn::ExpressionTextPtr> DmnBody::step(const Step& step, const std::string& id) {
  if (step.table) return table(*step.table, step.name, id + "_table");
  auto feel = text(step.formula.text);
  if (!feel.ok()) return feel.error();
  return dmn::ExpressionTextPtr(literal(std::string(detail::trim(*feel)), id + "_formula"));
}

base::Status DmnBody::columns(const Table& table, const std::string& name, const std::string& id,
                              dmn::TableText& out) {
  for (size_t i = 0; i < table.inputs.size(); ++i) {
    const TableInput& input = table.inputs[i];
    dmn::TableText::Input column;
    column.id = id + "_input_" + std::to_string(i + 1);
    column.label = input.condition ? "条件" : std::string(detail::trim(input.expression.text));
    // A cell that holds a whole condition is true or not: so is its input.
    auto feel = text(input.expression.text);
    if (!input.condition && !feel.ok()) return feel.error();
    column.text = input.condition ? "true" : *feel;
    column.type = input.condition ? "boolean" : types_.reference(input.type, column.label);
    if (!input.condition && input.type && !input.type->words.empty()) column.values = column_values(*input.type);
    out.inputs.push_back(std::move(column));
  }
  for (size_t i = 0; i < table.outputs.size(); ++i) {
    const TableOutput& output = table.outputs[i];
    dmn::TableText::Output column;
    column.id = id + "_output_" + std::to_string(i + 1);
    column.label = output.name;
    if (table.outputs.size() > 1) column.name = output.name;
    column.type = types_.reference(output.type, output.name.empty() ? name : output.name);
    if (output.type && !output.type->words.empty()) column.values = column_values(*output.type);
    out.outputs.push_back(std::move(column));
  }
  for (const char* one : kAnnotations) out.annotations.push_back(one);
  return {};
}

base::Status DmnBody::row(const Table& table, const TableRow& row, dmn::TableText::Rule& out) {
  for (size_t i = 0; i < row.tests.size(); ++i) {
    bool condition = i < table.inputs.size() && table.inputs[i].condition;
    auto cell = text(row.tests[i].feel, condition ? feel::Form::expression : feel::Form::unary_tests);
    if (!cell.ok()) return cell.error();
    // In a cell "not(…) and …" would be read as a negated list of tests.
    bool negation = condition && cell->starts_with("not");
    out.tests.push_back(cell->empty() ? "-" : negation ? "(" + *cell + ")" : *cell);
  }
  for (const Cell& result : row.results) {
    auto cell = text(result.feel);
    if (!cell.ok()) return cell.error();
    out.results.push_back(*cell);
  }
  out.annotations = {detail::joined(row.rules, ", "), row.article, row.note};
  out.description = row.note;
  return {};
}

base::Result<dmn::ExpressionTextPtr> DmnBody::table(const Table& table, const std::string& name,
                                                    const std::string& id) {
  auto out = std::make_shared<dmn::ExpressionText>();
  out->kind = dmn::ExpressionText::Kind::table;
  out->id = id;
  out->table.policy = dmn_policy(table.policy);
  out->table.aggregation = dmn_aggregation(table.aggregation);
  if (auto done = columns(table, name, id, out->table); !done.ok()) return done.error();
  for (size_t i = 0; i < table.rows.size(); ++i) {
    dmn::TableText::Rule rule;
    rule.id = id + "_row_" + std::to_string(i + 1);
    if (auto done = row(table, table.rows[i], rule); !done.ok()) return done.error();
    out->table.rules.push_back(std::move(rule));
  }
  return dmn::ExpressionTextPtr(out);
}

base::Status each_formula(const Body& body,
                          const std::function<base::Status(const std::string&, feel::Form)>& visit) {
  for (const Step& step : body.steps) {
    if (!step.table) {
      if (auto done = visit(step.formula.text, feel::Form::expression); !done.ok()) return done;
      continue;
    }
    for (const TableInput& input : step.table->inputs)
      if (auto done = visit(input.condition ? "" : input.expression.text, feel::Form::expression); !done.ok())
        return done;
    for (const TableRow& row : step.table->rows) {
      for (size_t i = 0; i < row.tests.size(); ++i) {
        bool condition = i < step.table->inputs.size() && step.table->inputs[i].condition;
        if (auto done = visit(row.tests[i].feel, condition ? feel::Form::expression : feel::Form::unary_tests);
            !done.ok())
          return done;
      }
      for (const Cell& result : row.results)
        if (auto done = visit(result.feel, feel::Form::expression); !done.ok()) return done;
    }
  }
  return {};
}

}  // namespace guanhu::policy
