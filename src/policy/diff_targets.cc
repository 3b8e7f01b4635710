// What is asked of whom: few changes one by one, many in a line for each target and period.
#include <map>
#include <set>
#include <tuple>

#include "policy/diff_parts.h"

namespace guanhu::policy {

namespace {

constexpr size_t kEach = 40;  // changes of one target and period that are shown one by one

struct Row {
  std::string name, value;
};
struct Stretch {  // of one target and period
  std::map<std::pair<TargetOf, std::string>, Row> rows;
  base::Decimal sum;  // of members of staff
  const TargetTable* table = nullptr;
};
using Stretches = std::map<std::pair<std::string, std::string>, Stretch>;

Stretches stretches_of(const Pack& pack) {
  Stretches out;
  for (const TargetTable& table : pack.targets)
    for (const TargetValue& one : table.values) {
      Stretch& at = out[{table.name, one.period}];
      at.table = &table;
      at.rows[{one.of, one.id}] = {one.name, one.value.str() + " " + table.unit};
      if (one.of == TargetOf::staff) at.sum = base::Decimal::add(at.sum, one.value).value_or(at.sum);
    }
  return out;
}

std::string sum_text(const Stretch& one) {
  size_t staff = 0;
  for (const auto& [key, row] : one.rows) staff += key.first == TargetOf::staff;
  return one.rows.empty() ? ""
                          : std::to_string(one.rows.size()) + " 行，员工 " + std::to_string(staff) + " 人合计 " +
                                one.sum.str() + " " + one.table->unit;
}

void diff_stretch(Differ& d, const Differ::Under& under, const Stretch& before, const Stretch& after) {
  std::set<std::pair<TargetOf, std::string>> keys;
  for (const Stretch* one : {&before, &after})
    for (const auto& [key, row] : one->rows) keys.insert(key);
  struct Line {
    std::string part, before, after;
  };
  std::vector<Line> lines;
  for (const auto& key : keys) {
    auto old = before.rows.find(key), now = after.rows.find(key);
    Line line{"", old == before.rows.end() ? "" : old->second.value,
              now == after.rows.end() ? "" : now->second.value};
    const Row& shown = now == after.rows.end() ? old->second : now->second;
    line.part = std::string(target_word(key.first)) + (key.second.empty() ? "" : " " + key.second) +
                (shown.name.empty() ? "" : " " + shown.name);
    if (line.before != line.after) lines.push_back(std::move(line));
  }
  if (lines.size() <= kEach)
    for (const Line& line : lines) d.field(under, line.part, line.before, line.after);
  else
    d.add(under, Change::Kind::changed, std::to_string(lines.size()) + " 个对象的计划", sum_text(before),
          sum_text(after));
}

}  // namespace

void diff_targets(const Pack& before, const Pack& after, Differ& d) {
  Stretches old = stretches_of(before), now = stretches_of(after);
  std::set<std::pair<std::string, std::string>> keys;
  for (const auto* one : {&old, &now})
    for (const auto& [key, stretch] : *one) keys.insert(key);
  for (const auto& key : keys) {
    const Stretch &a = old[key], &b = now[key];
    const TargetTable& table = b.table ? *b.table : *a.table;
    diff_stretch(d, Differ::under_of("计划", key.first + " " + key.second, table.origin), a, b);
  }
}

}  // namespace guanhu::policy
