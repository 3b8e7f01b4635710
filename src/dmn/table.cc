#include "dmn/table.h"

#include <algorithm>

#include "feel/compare.h"

namespace guanhu::dmn {
using feel::Kind;
using feel::Value;

bool TableBox::read_inputs(Frame& frame, std::vector<Value>& values) const {
  for (auto& input : inputs) {
    Value value = fitted(frame.eval, input.value->place, input.value->eval(frame), input.type);
    if (input.allowed) {
      Labels::At at(frame.eval, input.value->place);
      if (!input.allowed->test_in(frame.eval, value, frame.slots).is_true()) {
        fail(
            frame.eval, input.value->place, "dmn.input",
            "the input " + input.text + " is " + value.show() + ", which is not among " + input.allowed->source());
        return false;
      }
    }
    values.push_back(std::move(value));
  }
  return true;
}

bool TableBox::produce(Frame& frame, const Rule& rule, Row& row) const {
  for (size_t i = 0; i < outputs.size(); ++i) {
    auto& column = outputs[i];
    Value value = fitted(frame.eval, rule.outputs[i]->place, rule.outputs[i]->eval(frame), column.type);
    if (column.allowed && !value.is_null()) {
      Labels::At at(frame.eval, rule.outputs[i]->place);
      if (!column.allowed->test_in(frame.eval, value, frame.slots).is_true()) {
        fail(frame.eval, rule.outputs[i]->place, "dmn.output",
             "the output " + value.show() + " is not among " + column.allowed->source());
        return false;
      }
    }
    row.push_back(std::move(value));
  }
  return true;
}

Value TableBox::value_of(const Row& row) const {
  if (outputs.size() == 1) return row[0];
  std::vector<std::pair<std::string, Value>> entries;
  for (size_t i = 0; i < outputs.size(); ++i) entries.emplace_back(outputs[i].name, row[i]);
  return Value::context(std::move(entries));
}

Value TableBox::defaults(Frame& frame) const {
  bool any = std::any_of(outputs.begin(), outputs.end(), [](auto& o) { return o.otherwise != nullptr; });
  if (!any) {
    // No rule, no default: an empty collection, nothing counted; otherwise null.
    if (policy == HitPolicy::collect && aggregation == Aggregation::none) return Value::list({});
    if (aggregation == Aggregation::count) return Value(0);
    return fail(frame.eval, place, "dmn.table", "no rule matches and there is no default output");
  }
  Row row;
  for (auto& output : outputs)
    row.push_back(output.otherwise
                      ? fitted(frame.eval, output.otherwise->place, output.otherwise->eval(frame), output.type)
                      : Value());
  return value_of(row);
}

// Rows by the places of their outputs in the lists of output values, the first column first; what is
// in no list comes last.
void TableBox::sort_by_priority(Frame& frame, std::vector<Row>& rows) const {
  std::vector<std::pair<std::vector<size_t>, Row>> ranked;
  std::vector<Value> orders;
  for (auto& output : outputs)
    orders.push_back(output.order ? output.order->evaluate_in(frame.eval, frame.slots) : Value());
  for (auto& row : rows) {
    std::vector<size_t> rank;
    for (size_t i = 0; i < outputs.size(); ++i) {
      if (!orders[i].is(Kind::list)) continue;
      auto& list = orders[i].items();
      rank.push_back(static_cast<size_t>(
          std::find_if(list.begin(), list.end(), [&](auto& v) { return feel::matches_test(row[i], v) == true; }) -
          list.begin()));
    }
    ranked.emplace_back(std::move(rank), std::move(row));
  }
  std::stable_sort(ranked.begin(), ranked.end(), [](auto& a, auto& b) { return a.first < b.first; });
  for (size_t i = 0; i < rows.size(); ++i) rows[i] = std::move(ranked[i].second);
}

Value TableBox::aggregate(Frame& frame, const std::vector<Row>& rows) const {
  if (aggregation == Aggregation::count) return Value(static_cast<int64_t>(rows.size()));
  Value best;
  for (auto& row : rows) {
    const Value& value = row[0];
    if (best.is_null() && &row == &rows[0]) {
      bool fits = aggregation != Aggregation::sum || value.is_number();
      if (value.is_null() || !fits)
        return fail(frame.eval, place, "dmn.table", "the output " + value.show() + " cannot be aggregated");
      best = value;
      continue;
    }
    if (aggregation == Aggregation::sum) {
      auto total = value.is_number() ? base::Decimal::add(best.number(), value.number()) : std::nullopt;
      if (!total)
        return fail(frame.eval, place, "dmn.table", "the output " + value.show() + " cannot be added up");
      best = Value(*total);
      continue;
    }
    auto order = feel::order(value, best);
    if (!order)
      return fail(frame.eval, place, "dmn.table",
                  "the outputs " + value.show() + " and " + best.show() + " cannot be compared");
    if (aggregation == Aggregation::minimum ? *order < 0 : *order > 0) best = value;
  }
  return best;
}

Value TableBox::decide(Frame& frame, std::vector<size_t> matched) const {
  if (policy == HitPolicy::unique && matched.size() > 1)
    return fail(frame.eval, place, "dmn.table",
                "rules " + std::to_string(matched[0] + 1) + " and " + std::to_string(matched[1] + 1) +
                    " match, the hit policy is UNIQUE");
  if (policy == HitPolicy::first) matched.resize(1);
  std::vector<Row> rows;
  for (size_t rule : matched) {
    rows.emplace_back();
    if (!produce(frame, rules[rule], rows.back())) return {};
  }
  if (policy == HitPolicy::priority || policy == HitPolicy::output_order) sort_by_priority(frame, rows);
  if (policy == HitPolicy::any)
    for (auto& row : rows)
      for (size_t i = 0; i < row.size(); ++i)
        if (feel::equal(row[i], rows[0][i]) != true)
          return fail(frame.eval, place, "dmn.table", "rules with different outputs match, the hit policy is ANY");
  if (aggregation != Aggregation::none) return aggregate(frame, rows);
  bool list = policy == HitPolicy::collect || policy == HitPolicy::rule_order || policy == HitPolicy::output_order;
  if (!list) return value_of(rows[0]);
  std::vector<Value> values;
  for (auto& row : rows) values.push_back(value_of(row));
  return Value::list(std::move(values));
}

void TableBox::report(Frame& frame, const std::vector<size_t>& matched) const {
  Labels* labels = Labels::of(frame.eval);
  if (!labels || !labels->hits || labels->hits->size() >= Labels::kMostHits) return;
  TableHit hit{place, matched, {}};
  for (size_t rule : matched) hit.ids.push_back(rules[rule].id);
  labels->hits->push_back(std::move(hit));
}

Value TableBox::run(Frame& frame) const {
  std::vector<Value> values;
  values.reserve(inputs.size());
  if (!read_inputs(frame, values)) return {};
  std::vector<size_t> matched;
  auto around = [&](size_t rule) { return Labels::At(frame.eval, rules[rule].place); };
  tests.match(frame.eval, values, frame.slots, policy == HitPolicy::first, around, matched);
  report(frame, matched);
  return matched.empty() ? defaults(frame) : decide(frame, std::move(matched));
}

}  // namespace guanhu::dmn
