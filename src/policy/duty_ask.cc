#include "policy/duty_ask.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "policy/detail/compiled.h"
#include "policy/formula_scope.h"
#include "policy/subjects.h"

namespace guanhu::policy {

using base::Date;
using base::Error;
using feel::Kind;
using feel::Value;

namespace {

// Columns first: their slots are their places. Then what the pack says under names that are not columns.
feel::Scope scope_of(const Pack& pack, const std::vector<Field>& fields, Date on) {
  feel::Scope scope = formula_scope();
  for (const Field& field : fields) scope.declare(field.name, field.type ? field.type->feel() : nullptr);
  auto declare = [&](const Pack& from) {
    for (const Parameter& parameter : from.parameters) {
      const Value* value = parameter.decision.empty() ? parameter.constant_on(on) : nullptr;
      if (value && scope.find(parameter.name) < 0) scope.declare(parameter.name, nullptr, *value);
    }
    if (!from.compiled) return;
    for (const auto& [name, function] : from.compiled->functions) {
      if (scope.find(name) >= 0) continue;
      const feel::Function& code = function.function();
      std::vector<feel::TypeRef> types;
      std::vector<std::string> names;
      for (const auto& one : code.parameters()) types.push_back(one.type), names.push_back(one.name);
      scope.declare(name, feel::Type::function_of(types, code.result_type(), names), function);
    }
  };
  declare(pack);
  for (const auto& imported : pack.imports) declare(*imported);
  return scope;
}

std::string place_of(const Duty& duty, const Text& text) {
  return duty.origin.document + ":" + std::to_string(text.line);
}

std::string shown(const Value& value) {
  switch (value.kind()) {
    case Kind::null: return "—";
    case Kind::string: return value.text();
    case Kind::number: return value.number().str();
    case Kind::boolean: return value.boolean() ? "是" : "否";
    case Kind::date: return Date(static_cast<int32_t>(value.days())).str();
    default: return value.show();
  }
}

// The row in "row 12, line:column"; 0 when there is none.
size_t row_in(const std::string& where) {
  size_t row = 0;
  if (where.starts_with("row ")) std::from_chars(where.data() + 4, where.data() + where.size(), row);
  return row;
}

// Evaluates every row; a row that fails is told and left null, the others go on.
void evaluate_rows(const feel::Program& program, std::span<const feel::Column> columns, std::span<Value> out,
                   const std::function<void(size_t row, Error error)>& failed) {
  feel::EvalOptions options;
  options.strict = true;
  for (size_t from = 0; from < out.size();) {
    std::vector<feel::Column> rest(columns.begin(), columns.end());
    for (auto& column : rest)
      if (!column.values.empty()) column.values = column.values.subspan(from);
    auto done = program.evaluate_columns(rest, out.subspan(from), options);
    if (done.ok()) return;
    const size_t row = row_in(done.error().where);
    if (row == 0) {  // a limit of the whole
      failed(from, done.error());
      return;
    }
    out[from + row - 1] = Value();
    failed(from + row - 1, done.error());
    from += row;
  }
}

}  // namespace

base::Result<DutyAsk> DutyAsk::make(const Pack& pack, const Duty& duty, Date on) {
  const std::vector<Field>& fields = subject_columns(duty.subject);
  const feel::Scope scope = scope_of(pack, fields, on);
  DutyAsk out(duty, on);
  std::set<size_t> used;
  auto compile = [&](const Text& text, std::optional<feel::Program>& into) -> base::Status {
    if (text.empty()) return {};
    auto program = feel::compile(text.text, scope);
    if (!program.ok()) {
      Error error = program.error();
      for (const Pack* from : {&pack})
        for (const Parameter& one : from->parameters)
          if (error.code == "feel.name" && error.message.find(one.name) != std::string::npos)
            return Error{"duty.parameter", "参数“" + one.name + "”在 " + on.str() + " 没有值",
                         place_of(duty, text), "写上这一天的值"};
      return Error{"duty.formula", error.message, place_of(duty, text), error.hint};
    }
    for (int slot : program->used())
      if (static_cast<size_t>(slot) < fields.size()) used.insert(static_cast<size_t>(slot));
    into = std::move(*program);
    return {};
  };
  if (auto done = compile(duty.where, out.where_); !done.ok()) return done.error();
  if (auto done = compile(duty.due, out.due_); !done.ok()) return done.error();
  out.read_title();
  for (const TitlePart& part : out.title_)
    if (part.column) used.insert(*part.column);
  out.columns_.assign(used.begin(), used.end());
  return out;
}

void DutyAsk::read_title() {
  const std::vector<Field>& fields = subject_columns(duty_->subject);
  const std::string& text = duty_->title;
  size_t at = 0;
  while (at < text.size()) {
    size_t open = text.find('{', at), close = open == text.npos ? text.npos : text.find('}', open);
    if (close == text.npos) break;
    const std::string name = text.substr(open + 1, close - open - 1);
    auto field = std::find_if(fields.begin(), fields.end(), [&](const Field& one) { return one.name == name; });
    if (field == fields.end()) break;
    if (open > at) title_.push_back({text.substr(at, open - at), std::nullopt});
    title_.push_back({"", static_cast<size_t>(field - fields.begin())});
    at = close + 1;
  }
  if (at < text.size()) title_.push_back({text.substr(at), std::nullopt});
}

std::vector<std::string> DutyAsk::read_names() const {
  std::set<int> slots;
  for (const auto* program : {&where_, &due_})
    if (*program) slots.insert((*program)->used().begin(), (*program)->used().end());
  const std::vector<Field>& fields = subject_columns(duty_->subject);
  std::vector<std::string> out;
  for (int slot : slots)
    if (static_cast<size_t>(slot) < fields.size()) out.push_back(fields[static_cast<size_t>(slot)].name);
  return out;
}

void DutyAsk::due(std::span<const std::vector<Value>> columns, size_t rows, std::vector<std::optional<Date>>& out,
                  std::vector<std::pair<size_t, Error>>& failed) const {
  const feel::EvalOptions options{.strict = true};
  const detail::Asking asking{on_, &options};
  detail::AskingHere here(asking);
  out.assign(rows, std::nullopt);
  if (!due_) return;

  // Which rows it is about.
  std::vector<size_t> about;
  if (where_) {
    std::vector<feel::Column> whole;
    for (const auto& column : columns) whole.push_back({column, {}, 0});
    std::vector<Value> holds(rows);
    std::set<size_t> bad;
    evaluate_rows(*where_, whole, holds, [&](size_t row, Error error) {
      bad.insert(row);
      failed.emplace_back(row, std::move(error));
    });
    for (size_t i = 0; i < rows; ++i)
      if (holds[i].is_true()) about.push_back(i);
  } else {
    about.resize(rows);
    for (size_t i = 0; i < rows; ++i) about[i] = i;
  }

  // Of these, the day: a formula over dates that guard conditions must not run where they do not hold.
  std::vector<std::vector<Value>> chosen(columns.size());
  for (int slot : due_->used()) {
    auto at = static_cast<size_t>(slot);
    if (at >= columns.size() || columns[at].empty()) continue;
    chosen[at].reserve(about.size());
    for (size_t row : about) chosen[at].push_back(columns[at][row]);
  }
  std::vector<feel::Column> narrow;
  for (const auto& column : chosen) narrow.push_back({column, {}, 0});
  std::vector<Value> days(about.size());
  evaluate_rows(*due_, narrow, days,
                [&](size_t row, Error error) { failed.emplace_back(about[row], std::move(error)); });
  for (size_t i = 0; i < about.size(); ++i) {
    if (days[i].is(Kind::date)) out[about[i]] = Date(static_cast<int32_t>(days[i].days()));
    if (days[i].is(Kind::date_time)) out[about[i]] = Date(static_cast<int32_t>(days[i].date_time().days));
  }
}

std::string DutyAsk::title(std::span<const std::vector<Value>> columns, size_t row) const {
  std::string out;
  for (const TitlePart& part : title_) out += part.column ? shown(columns[*part.column][row]) : part.text;
  return out;
}

}  // namespace guanhu::policy
