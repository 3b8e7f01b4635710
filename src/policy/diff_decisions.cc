// Types, functions, decisions and their cases: what is different, tables cell by cell.
#include <algorithm>
#include <limits>

#include "policy/detail/text.h"
#include "policy/diff_parts.h"
#include "policy/dmn_parts.h"
#include "policy/dmn_scope.h"

namespace guanhu::policy {
namespace {

using Under = Differ::Under;

std::string type_text(const ValueTypePtr& type) { return type ? type->str() : ""; }

// What a named type stands for, not its name.
std::string definition(const NamedType& named) {
  ValueType bare = *named.type;
  bare.name.clear();
  return bare.str();
}

void diff_fields(Differ& differ, const Under& under, const std::string& what, const std::vector<Field>& before,
                 const std::vector<Field>& after) {
  for (const Field& field : after) {
    auto old = std::find_if(before.begin(), before.end(), [&](const Field& f) { return f.name == field.name; });
    std::string part = what + "“" + field.name + "”";
    if (old == before.end()) differ.add(under, Change::Kind::added, part, "", field_text(field));
    else {
      differ.field(under, "的" + part, field_text(*old), field_text(field));
      differ.field(under, "的" + part + "的提示", old->hint, field.hint);
    }
  }
  for (const Field& field : before)
    if (std::none_of(after.begin(), after.end(), [&](const Field& f) { return f.name == field.name; }))
      differ.add(under, Change::Kind::removed, what + "“" + field.name + "”", field_text(field), "");
}

// ------------------------------------------------------------------------------------------ tables

using Cells = std::vector<std::string>;

Cells cells_of(const TableRow& row) {
  Cells out;
  for (const Cell& cell : row.tests) out.push_back(cell.any() ? "-" : cell.text.text);
  for (const Cell& cell : row.results) out.push_back(cell.text.text);
  out.push_back(detail::joined(row.rules, " "));
  out.push_back(row.article);
  out.push_back(row.note);
  return out;
}

Cells headings_of(const Table& table) {
  Cells out;
  for (const TableInput& input : table.inputs) out.push_back(input.condition ? "条件" : input.expression.text);
  for (const TableOutput& output : table.outputs) out.push_back(output.name);
  for (const char* note : kAnnotations) out.push_back(note);
  return out;
}

std::string row_text(const TableRow& row) {
  std::string out;
  for (size_t i = 0; i < row.tests.size(); ++i)
    out += (i ? " | " : "") + (row.tests[i].any() ? "-" : row.tests[i].text.text);
  out += " || ";
  for (size_t i = 0; i < row.results.size(); ++i) out += (i ? " | " : "") + row.results[i].text.text;
  return out;
}

// The cheapest way from one list of rows to the other: a row is kept, changed (the dearer, the more of its
// cells differ), added or removed. Pairs of indexes, -1 where there is none.
std::vector<std::pair<int, int>> align(const std::vector<Cells>& before, const std::vector<Cells>& after) {
  size_t n = before.size(), m = after.size();
  constexpr int kOne = 100;
  std::vector<std::vector<int>> cost(n + 1, std::vector<int>(m + 1, 0));
  auto change = [&](size_t i, size_t j) {
    size_t differs = 0, count = before[i].size();
    for (size_t c = 0; c < count; ++c) differs += before[i][c] != after[j][c];
    return differs == 0 ? 0 : static_cast<int>(1 + differs * 2 * kOne / count);
  };
  for (size_t i = 0; i <= n; ++i)
    for (size_t j = 0; j <= m; ++j) {
      if (i == 0 && j == 0) continue;
      int best = std::numeric_limits<int>::max();
      if (i) best = std::min(best, cost[i - 1][j] + kOne);
      if (j) best = std::min(best, cost[i][j - 1] + kOne);
      if (i && j) best = std::min(best, cost[i - 1][j - 1] + change(i - 1, j - 1));
      cost[i][j] = best;
    }
  std::vector<std::pair<int, int>> out;
  for (size_t i = n, j = m; i || j;) {
    if (i && j && cost[i][j] == cost[i - 1][j - 1] + change(i - 1, j - 1)) --i, --j, out.emplace_back(i, j);
    else if (j && cost[i][j] == cost[i][j - 1] + kOne) --j, out.emplace_back(-1, j);
    else --i, out.emplace_back(i, -1);
  }
  std::reverse(out.begin(), out.end());
  return out;
}

void diff_rows(Differ& differ, const Under& under, const std::string& of, const Table& before,
               const Table& after) {
  std::vector<Cells> old, now;
  for (const TableRow& row : before.rows) old.push_back(cells_of(row));
  for (const TableRow& row : after.rows) now.push_back(cells_of(row));
  Cells headings = headings_of(after);
  for (auto [i, j] : align(old, now)) {
    auto from = static_cast<size_t>(i), to = static_cast<size_t>(j);
    if (i < 0) {
      Under at = under;
      at.where = under.where.substr(0, under.where.rfind(':') + 1) + std::to_string(after.rows[to].line);
      differ.add(at, Change::Kind::added, of + "第 " + std::to_string(j + 1) + " 行", "",
                 row_text(after.rows[to]));
    } else if (j < 0) {
      differ.add(under, Change::Kind::removed, of + "原第 " + std::to_string(i + 1) + " 行",
                 row_text(before.rows[from]), "");
    } else {
      Under at = under;
      at.where = under.where.substr(0, under.where.rfind(':') + 1) + std::to_string(after.rows[to].line);
      for (size_t c = 0; c < headings.size(); ++c)
        differ.field(at, of + "第 " + std::to_string(j + 1) + " 行“" + headings[c] + "”", old[from][c],
                     now[to][c]);
    }
  }
}

void diff_table(Differ& differ, const Under& under, const std::string& step, const Table& before,
                const Table& after) {
  std::string of = step.empty() ? "" : "“" + step + "”的表";
  auto policy = [](const Table& table) {
    return dmn_policy(table.policy) +
           (table.aggregation == Aggregation::none ? "" : " " + dmn_aggregation(table.aggregation));
  };
  differ.field(under, of + "的命中方式", policy(before), policy(after));
  if (headings_of(before) == headings_of(after)) return diff_rows(differ, under, of, before, after);
  // Other columns: rows cannot be held side by side.
  auto whole = [](const Table& table) {
    std::string out = detail::joined(headings_of(table), " | ");
    for (const TableRow& row : table.rows) out += "\n" + row_text(row);
    return out;
  };
  differ.field(under, of + "的列", detail::joined(headings_of(before)), detail::joined(headings_of(after)));
  differ.field(under, of + "整张表", whole(before), whole(after));
}

void diff_step(Differ& differ, const Under& under, const Step& before, const Step& after, bool named) {
  std::string of = named ? "“" + after.name + "”" : "";
  differ.field(under, of + "的类型", type_text(before.type), type_text(after.type));
  if (before.table && after.table)
    return diff_table(differ, under, named ? after.name : "", *before.table, *after.table);
  auto text = [](const Step& step) {
    if (!step.table) return step.formula.text;
    std::string out;
    for (const TableRow& row : step.table->rows) out += row_text(row) + "\n";
    return out;
  };
  differ.field(under, of + "的算式", text(before), text(after));
}

void diff_body(Differ& differ, const Under& under, const Body& before, const Body& after) {
  bool named = after.steps.size() > 1 || after.kind == BodyKind::steps;
  for (const Step& step : after.steps) {
    auto old =
        std::find_if(before.steps.begin(), before.steps.end(), [&](const Step& s) { return s.name == step.name; });
    if (old != before.steps.end()) diff_step(differ, under, *old, step, named);
    else
      differ.add(under, Change::Kind::added, "“" + step.name + "”", "", step.table ? "一张表" : step.formula.text);
  }
  for (const Step& step : before.steps)
    if (std::none_of(after.steps.begin(), after.steps.end(), [&](const Step& s) { return s.name == step.name; }))
      differ.add(under, Change::Kind::removed, "“" + step.name + "”", step.table ? "一张表" : step.formula.text,
                 "");
}

std::string requirements_text(const Decision& decision) {
  std::vector<std::string> out;
  for (const Requirement& requirement : decision.requirements) {
    std::string arguments;
    for (const auto& argument : requirement.arguments)
      arguments += (arguments.empty() ? "" : ", ") + argument.input + ": " + argument.formula.text;
    out.push_back(requirement.name + " = " + requirement.decision +
                  (arguments.empty() ? "" : "(" + arguments + ")"));
  }
  return joined_lines(out);
}

std::string refusals_text(const Decision& decision) {
  std::vector<std::string> out;
  for (const Refusal& refusal : decision.refusals) out.push_back(refusal.message + " | " + refusal.condition.text);
  return joined_lines(out);
}

void diff_decision(Differ& differ, const Under& under, const Decision& before, const Decision& after) {
  differ.field(under, "的名称", before.title, after.title);
  differ.field(under, "的问题", before.question, after.question);
  diff_fields(differ, under, "输入", before.inputs, after.inputs);
  differ.field(under, "的结果", type_text(before.output), type_text(after.output));
  differ.field(under, "的前提", requirements_text(before), requirements_text(after));
  differ.field(under, "不予回答的情形", refusals_text(before), refusals_text(after));
  diff_body(differ, under, before.body, after.body);
  differ.field(under, "的条款", before.origin.article, after.origin.article);
  differ.field(under, "的规则", detail::joined(before.origin.rules), detail::joined(after.origin.rules));
}

void diff_cases(const Pack& before, const Pack& after, Differ& differ) {
  auto cases = [](const Pack& pack) {
    std::map<std::string, std::map<std::string, std::pair<std::string, const CaseTable*>>> out;
    for (const CaseTable& table : pack.cases)
      for (const Case& one : table.cases)
        out[table.decision][one.input.dump() + (one.on ? " " + one.on->str() : "")] = {one.refused ? "不予回答"
                                                                                       : one.expected
                                                                                           ? one.expected->dump()
                                                                                           : "",
                                                                                       &table};
    return out;
  };
  auto old = cases(before), now = cases(after);
  for (auto& [decision, list] : now)
    for (auto& [input, expected] : list) {
      Under under = Differ::under_of("案例", decision, expected.second->origin);
      auto found = old[decision].find(input);
      if (found == old[decision].end())
        differ.add(under, Change::Kind::added, "", "", input + " → " + expected.first);
      else differ.field(under, "输入 " + input + " 的结果", found->second.first, expected.first);
    }
  for (auto& [decision, list] : old)
    for (auto& [input, expected] : list)
      if (!now[decision].count(input))
        differ.add(Differ::under_of("案例", decision, expected.second->origin), Change::Kind::removed, "",
                   input + " → " + expected.first, "");
}

}  // namespace

std::string field_text(const Field& field) {
  return field.name + (field.optional ? "?" : "") + ": " + type_text(field.type) +
         (field.otherwise ? " = " + literal_of(*field.otherwise) : "");
}

void diff_decisions(const Pack& before, const Pack& after, Differ& differ) {
  differ.elements<NamedType>(
      "类型", before.types, after.types, [](const NamedType& one) { return one.name; }, definition,
      [&](const Under& under, const NamedType& old, const NamedType& now) {
        differ.field(under, "", definition(old), definition(now));
      });
  differ.elements<Function>(
      "函数", before.functions, after.functions, [](const Function& one) { return one.name; },
      [](const Function& one) { return one.title; },
      [&](const Under& under, const Function& old, const Function& now) {
        differ.field(under, "的名称", old.title, now.title);
        diff_fields(differ, under, "参数", old.parameters, now.parameters);
        differ.field(under, "的结果", type_text(old.output), type_text(now.output));
        diff_body(differ, under, old.body, now.body);
      });
  differ.elements<Decision>(
      "决策", before.decisions, after.decisions, [](const Decision& one) { return one.id; },
      [](const Decision& one) { return one.title; },
      [&](const Under& under, const Decision& old, const Decision& now) {
        diff_decision(differ, under, old, now);
      });
  diff_cases(before, after, differ);
}

}  // namespace guanhu::policy
