#include "appraisal/detail/formula.h"

#include <future>

#include "feel/program.h"

namespace guanhu::appraisal::detail {

using base::Decimal;
using base::Error;
using policy::InputKind;

namespace {

feel::Value text_or_null(const std::string& text) {
  return text.empty() ? feel::Value() : feel::Value::string(text);
}

feel::Value date_or_null(const std::optional<base::Date>& date) {
  return date ? feel::Value::date(date->days()) : feel::Value();
}

// The formula's own number: of a context the last entry.
std::optional<feel::Value> figure_in(const feel::Value& raw) {
  if (raw.is_null() || raw.is_number()) return raw;
  if (!raw.is(feel::Kind::context) || raw.context().size() == 0) return std::nullopt;
  const feel::Value& last = raw.context().values.back();
  if (last.is_null() || last.is_number()) return last;
  return std::nullopt;
}

Decimal clamp(const policy::Score& score, Decimal value) {
  if (score.floor && value < *score.floor) value = *score.floor;
  if (score.cap && value > *score.cap) value = *score.cap;
  return value;
}

std::string inputs_text(const policy::SchemeStep& step, std::span<const feel::Value> slots) {
  std::string out;
  for (size_t i = 0; i < slots.size(); ++i) out += (i ? ", " : "") + step.inputs[i].name + " = " + slots[i].show();
  return out;
}

std::string why_null(const policy::SchemeStep& step, const Evaluation& e, size_t holder) {
  if (!step.null_reason().empty()) return step.null_reason();
  std::string out;
  for (const auto& input : step.inputs)
    if (input.kind == InputKind::step && !e.steps[input.step].values[holder])
      out += (out.empty() ? "" : "; ") + input.name + ": " + e.steps[input.step].reasons[holder];
  return out.empty() ? "公式没有结果" : out;
}

std::vector<feel::Value> fill_slots(const policy::SchemeStep& step, const Evaluation& e, size_t holder) {
  std::vector<feel::Value> slots;
  for (const auto& input : step.inputs) {
    if (input.kind != InputKind::step) {
      slots.emplace_back(input.value);
    } else if (const auto& value = e.steps[input.step].values[holder]) {
      slots.emplace_back(*value);
    } else if (e.scheme.steps[input.step].recorded) {
      slots.push_back(e.steps[input.step].raw[holder]);
    } else {
      slots.emplace_back();
    }
  }
  return slots;
}

// A recorded fact that the formula needs and nobody recorded: "系统操作水平: 没有登记".
std::string unrecorded(const policy::SchemeStep& step, const Evaluation& e, size_t person) {
  for (const auto& input : step.inputs)
    if (input.kind == InputKind::step && e.scheme.steps[input.step].recorded &&
        !e.steps[input.step].reasons[person].empty())
      return input.name + ": " + e.steps[input.step].reasons[person];
  return {};
}

}  // namespace

// Feed names of staff.csv's columns.
feel::Value staff_column(const people::Staff& p, const std::string& name, const Surroundings& around) {
  if (name == "days_held") return {around.days_held(p.id)};
  if (name == "grade") return text_or_null(around.grade(p.id));
  if (name == "period_first") return feel::Value::date(around.period.first().days());
  if (name == "period_last") return feel::Value::date(around.period.last().days());
  if (name == "period_days") return {around.period.days()};
  if (name == "org_kind") {
    const people::Org* org = around.directory.org(p.org);
    return org ? text_or_null(org->kind) : feel::Value();
  }
  if (name == "staff_id") return text_or_null(p.id);
  if (name == "name") return text_or_null(p.name);
  if (name == "org_id") return text_or_null(p.org);
  if (name == "position") return text_or_null(p.position);
  if (name == "education") return text_or_null(p.education);
  if (name == "title") return text_or_null(p.title);
  if (name == "credit_exam") return text_or_null(p.credit_exam);
  if (name == "credit_since") return date_or_null(p.credit_since);
  if (name == "hired_on") return date_or_null(p.hired);
  if (name == "left_on") return date_or_null(p.left);
  if (name == "born_on") return date_or_null(p.born);
  throw base::Broken("a holder filter reads the unknown column " + name);
}

base::Result<bool> takes_holder(const policy::CompiledScheme& scheme, const people::Staff& person,
                                const Surroundings& around) {
  if (!scheme.holder_filter) return person.position == "manager";
  std::vector<feel::Value> slots;
  for (const auto& column : scheme.holder_columns) slots.push_back(staff_column(person, column, around));
  auto value = scheme.holder_filter->evaluate(slots, {.strict = true});
  if (!value)
    return Error{"scheme.formula", "考核对象条件算不出: " + value.error().message, person.id, value.error().hint};
  return value->is_true();
}

namespace {

constexpr size_t kTwoThreads = 2'000;  // rows from which a second thread pays

// The columns of the formula's slots: values of steps, and what is the same for all.
std::vector<std::vector<feel::Value>> columns_of(const policy::SchemeStep& step, const Evaluation& e) {
  std::vector<std::vector<feel::Value>> out;
  for (const auto& input : step.inputs) {
    auto& column = out.emplace_back();
    if (input.kind != InputKind::step) {
      column.assign(e.persons(), feel::Value(input.value));
      continue;
    }
    column.reserve(e.persons());
    for (const auto& value : e.steps[input.step].values)
      column.push_back(value ? feel::Value(*value) : feel::Value());
  }
  return out;
}

// All rows at once. Nothing: some row fails, and is looked for one by one, or a fact that people record is read.
std::optional<std::vector<feel::Value>> all_rows(const policy::SchemeStep& step, const Evaluation& e) {
  for (const auto& input : step.inputs)
    if (input.kind == InputKind::step && e.scheme.steps[input.step].recorded) return std::nullopt;
  const auto columns = columns_of(step, e);
  std::vector<feel::Value> out(e.persons());
  auto rows = [&](size_t from, size_t to) {
    std::vector<feel::Column> part;
    for (const auto& column : columns) part.push_back({std::span(column).subspan(from, to - from), {}, 0});
    return step.program->evaluate_columns(part, std::span(out).subspan(from, to - from), {.strict = true}).ok();
  };
  const size_t half = out.size() < kTwoThreads ? out.size() : out.size() / 2;
  std::future<bool> second;
  if (half < out.size()) second = std::async(std::launch::async, rows, half, out.size());
  bool whole = rows(0, half);
  if (second.valid()) whole = second.get() && whole;
  if (!whole) return std::nullopt;
  return out;
}

void add_figure(const policy::SchemeStep& step, const Evaluation& e, size_t h, feel::Value raw,
                const feel::Value& figure, StepValues& out) {
  if (figure.is_null()) {
    out.values.push_back(std::nullopt);
    out.reasons.push_back(why_null(step, e, h));
  } else {
    out.values.push_back(step.score ? clamp(*step.score, figure.number()) : figure.number());
    out.reasons.emplace_back();
  }
  out.raw.push_back(std::move(raw));
}

std::optional<StepValues> by_columns(const policy::SchemeStep& step, const Evaluation& e) {
  auto rows = all_rows(step, e);
  if (!rows) return std::nullopt;
  StepValues out;
  for (size_t h = 0; h < rows->size(); ++h) {
    auto figure = figure_in((*rows)[h]);
    if (!figure) return std::nullopt;
    add_figure(step, e, h, std::move((*rows)[h]), *figure, out);
  }
  return out;
}

}  // namespace

base::Result<StepValues> take_formula(const policy::SchemeStep& step, const Evaluation& e) {
  if (auto all = by_columns(step, e)) return std::move(*all);
  StepValues out;
  for (size_t h = 0; h < e.persons(); ++h) {
    if (std::string missing = unrecorded(step, e, h); !missing.empty()) {
      out.raw.emplace_back();
      out.values.push_back(std::nullopt);
      out.reasons.push_back(std::move(missing));
      continue;
    }
    auto slots = fill_slots(step, e, h);
    auto raw = step.program->evaluate(slots, {.strict = true});
    std::optional<feel::Value> figure = raw ? figure_in(*raw) : std::nullopt;
    if (!figure) {
      std::string what = raw ? "结果不是数: " + raw->show() : raw.error().text();
      return Error{"scheme.formula", step.name + " 算不出 (" + e.person(h).id + "): " + what,
                   step.origin().document + ":" + std::to_string(step.origin().line),
                   "输入: " + inputs_text(step, slots)};
    }
    add_figure(step, e, h, std::move(*raw), *figure, out);
  }
  return out;
}

}  // namespace guanhu::appraisal::detail
