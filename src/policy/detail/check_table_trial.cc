#include "policy/detail/check_table_trial.h"

#include <algorithm>

#include "feel/temporal.h"
#include "policy/detail/check_tree.h"
#include "policy/detail/compiled.h"
#include "policy/detail/text.h"

namespace guanhu::policy::detail {

using base::Decimal;

namespace {

feel::EvalOptions strict() {
  feel::EvalOptions out;
  out.strict = true;
  out.max_steps = 20000;
  return out;
}

std::string shown(const feel::Value& value) {
  switch (value.kind()) {
    case feel::Kind::null: return "null";
    case feel::Kind::string: return value.text();
    case feel::Kind::date: return feel::date_text(value.days());
    default: return value.show();
  }
}

}  // namespace

Trial::Trial(const Study& study, size_t step, const Constants& constants, const std::optional<base::Date>& day)
    : study_(study), table_(study.steps[step].table), step_(step) {
  auto add = [&](const Parsed& parsed) {
    if (parsed.tree) ready_ = declare_all(*parsed.tree, constants) && ready_;
  };
  for (const Parsed& refusal : study.refusals) add(refusal);
  for (const Parsed& input : table_.inputs) add(input);
  for (const auto& row : table_.tests)
    for (const Parsed& cell : row) add(cell);
  for (Derived& one : derived_) {
    if (!ready_) break;
    auto compiled = feel::compile(one.formula->source(), scope_);
    if (compiled.ok()) one.program.emplace(std::move(compiled.value()));
    ready_ = compiled.ok();
  }
  for (size_t row = 0; ready_ && row < table_.tests.size(); ++row)
    for (size_t i = 0; i < table_.tests[row].size(); ++i) {
      const Parsed& cell = table_.tests[row][i];
      bool condition = table_.table->inputs[i].condition;
      if (cell.tree)
        ready_ = ready_ && program(cell, condition ? feel::Form::expression : feel::Form::unary_tests);
    }
  for (const Parsed& input : table_.inputs)
    if (ready_ && input.tree) ready_ = program(input, feel::Form::expression) != nullptr;
  for (const Free& one : free_) ready_ = ready_ && one.input;
  slots_.resize(scope_.size());
  if (!ready_) run_whole(day);
}

void Trial::run_whole(const std::optional<base::Date>& day) {
  if (!study_.decision || !study_.pack().compiled) return;
  const auto& all = study_.pack().compiled->decisions;
  auto found = all.find(study_.decision->id);
  if (found == all.end()) return;
  // Parameters need a day; any day of the stretch does.
  std::optional<base::Date> on = day;
  if (!on && study_.pack().from) on = study_.pack().from;
  if (!on) return;
  day_ = *on;
  decision_ = found->second;
  free_.clear();
  for (const Field& field : *study_.inputs)
    free_.push_back({field.name, field.type ? Info::of_field(field) : Info(), true, free_.size()});
}

bool Trial::run(const std::vector<feel::Value>& values) {
  static const feel::EvalOptions options = strict();
  outcome_.clear();
  Asking asking{day_, &options};
  try {
    run_decision(*decision_, values, asking);
  } catch (const feel::Eval::Stop& stop) {
    const Text& at = table_.table->at;
    std::string place = study_.origin->document + ":" + std::to_string(at.line) + ":" + std::to_string(at.column);
    if (stop.error.where == place) outcome_ = stop.error.code;
  } catch (const feel::NestingLimit&) {
    return false;
  }
  return true;
}

bool Trial::declare_all(const feel::Node& node, const Constants& constants) {
  for (const std::string& name : names_in(node))
    if (!declare(name, constants)) return false;
  return true;
}

bool Trial::declare(const std::string& name, const Constants& constants) {
  if (scope_.find(name) >= 0) return true;
  for (size_t i = 0; i < step_; ++i) {
    const ParsedStep& step = study_.steps[i];
    if (step.step->name != name) continue;
    if (step.formula.tree && declare_all(*step.formula.tree, constants)) {
      size_t slot = static_cast<size_t>(scope_.declare(name));
      derived_.push_back({name, &step.formula, slot, std::nullopt});
      return true;
    }
    if (!step.step->type) return false;
    free_.push_back({name, Info::of_type(*step.step->type), false, static_cast<size_t>(scope_.declare(name))});
    return true;
  }
  for (const Field& field : *study_.inputs)
    if (field.name == name && field.type) {
      free_.push_back({name, Info::of_field(field), true, static_cast<size_t>(scope_.declare(name))});
      return true;
    }
  if (auto constant = constants.find(name); constant != constants.end()) {
    scope_.declare(name, nullptr, constant->second);
    return true;
  }
  auto symbol = study_.symbols.find(name);  // a requirement
  if (symbol == study_.symbols.end() || !symbol->second.info.known()) return false;
  free_.push_back({name, symbol->second.info, false, static_cast<size_t>(scope_.declare(name))});
  return true;
}

std::set<std::string> Trial::roots(const feel::Node& node) const {
  std::set<std::string> out;
  roots(node, out, 0);
  return out;
}

void Trial::roots(const feel::Node& node, std::set<std::string>& out, int depth) const {
  if (depth > 20) return;
  auto all = [&](const std::vector<Parsed>& row) {
    for (const Parsed& one : row)
      if (one.tree) roots(*one.tree, out, depth + 1);
  };
  for (const std::string& name : names_in(node)) {
    for (const Free& one : free_)
      if (one.name == name) out.insert(name);
    for (const ParsedStep& step : study_.steps) {
      if (step.step->name != name) continue;
      if (step.formula.tree) roots(*step.formula.tree, out, depth + 1);
      all(step.table.inputs);
      for (const auto& row : step.table.tests) all(row);
    }
    for (size_t i = 0; i < study_.arguments.size(); ++i) {
      if (study_.decision->requirements[i].name != name) continue;
      all(study_.arguments[i]);
      if (const Decision* other = required_decision(study_.pack(), study_.decision->requirements[i].decision))
        for (const Field& field : other->inputs)
          if (study_.decision->input(field.name)) out.insert(field.name);
    }
  }
}

const feel::Program* Trial::program(const Parsed& parsed, feel::Form form) {
  auto [at, fresh] = programs_.try_emplace(&parsed);
  if (fresh) {
    feel::CompileOptions options;
    options.form = form;
    auto compiled = feel::compile(parsed.source(), scope_, options);
    if (compiled.ok()) at->second.emplace(std::move(compiled.value()));
  }
  return at->second ? &*at->second : nullptr;
}

std::optional<feel::Value> Trial::value(const Parsed& parsed) {
  const feel::Program* compiled = program(parsed, feel::Form::expression);
  if (!compiled) return std::nullopt;
  auto out = compiled->evaluate(slots_, strict());
  return out.ok() ? std::optional(std::move(out.value())) : std::nullopt;
}

bool Trial::set(const std::vector<feel::Value>& values) {
  if (!ready_) return run(values);
  for (size_t i = 0; i < values.size(); ++i) slots_[free_[i].slot] = values[i];
  for (const Derived& one : derived_) {
    auto out = one.program->evaluate(slots_, strict());
    if (!out.ok()) return false;
    slots_[one.slot] = std::move(out.value());
  }
  for (const Parsed& refusal : study_.refusals) {
    if (!refusal.tree) continue;
    auto refused = value(refusal);
    if (!refused || refused->is_true()) return false;
  }
  return true;
}

std::optional<bool> Trial::matches(size_t row) {
  for (size_t i = 0; i < table_.tests[row].size(); ++i) {
    if (table_.table->rows[row].tests[i].any()) continue;
    const Parsed& cell = table_.tests[row][i];
    std::optional<feel::Value> passes;
    if (table_.table->inputs[i].condition) {
      passes = value(cell);
    } else {
      const feel::Program* tests = program(cell, feel::Form::unary_tests);
      auto input = value(table_.inputs[i]);
      if (!tests || !input) return std::nullopt;
      auto out = tests->test(*input, slots_, strict());
      if (out.ok()) passes = std::move(out.value());
      else if (input->is_null()) return false;  // as decisions are run
    }
    if (!passes) return std::nullopt;
    if (!passes->is_true()) return false;
  }
  return true;
}

std::optional<std::vector<feel::Value>> Trial::results(size_t row) {
  std::vector<feel::Value> out;
  for (const Parsed& cell : table_.results[row]) {
    auto one = value(cell);
    if (!one) return std::nullopt;
    out.push_back(std::move(*one));
  }
  return out;
}

bool Search::allowed(const Trial::Free& free, const feel::Value& value) const {
  if (!value.is_number()) return true;
  const Info& info = free.info;
  const Decimal number = value.number();
  if (info.low && (number < info.low->value || (number == info.low->value && !info.low->included))) return false;
  if (info.high && (number > info.high->value || (number == info.high->value && !info.high->included)))
    return false;
  return !info.integer || number.is_integer();
}

// Values of a name that no cell asks about by itself: ordinary ones, and those near what others are
// compared with.
std::vector<feel::Value> Search::defaults(const Trial::Free& free) const {
  std::vector<feel::Value> out;
  bool date = free.info.kind == TypeKind::date;
  switch (free.info.kind) {
    case TypeKind::boolean: out = {feel::Value(false), feel::Value(true)}; break;
    case TypeKind::string:
      if (free.info.words)
        for (const std::string& word : *free.info.words) out.push_back(feel::Value::string(word));
      else out = {feel::Value::string("甲"), feel::Value::string("乙")};
      break;
    case TypeKind::number: out = {feel::Value(1), feel::Value(0), feel::Value(2), feel::Value(100)}; break;
    case TypeKind::date: out = {feel::Value::date(20089)}; break;
    case TypeKind::list: out = {feel::Value::list({})}; break;
    default: break;
  }
  for (const Axis& axis : axes_) {
    bool same = axis.kind == Axis::Kind::ordered && axis.is_date() == date;
    if (!same || (free.info.kind != TypeKind::number && !date)) continue;
    for (const Decimal& mark : axis.marks)
      for (int by : {0, 1, -1}) {
        auto near = Decimal::add(mark, by);
        auto days = near->to_int64();
        if (!date) out.push_back(feel::Value(*near));
        else if (days) out.push_back(feel::Value::date(*days));
      }
  }
  if (free.info.null) out.push_back(feel::Value());
  return out;
}

std::vector<feel::Value> Search::options(const Trial::Free& free, const Box& box) const {
  std::vector<feel::Value> out;
  bool derived = false;
  for (size_t i = 0; i < axes_.size(); ++i) {
    derived = derived || axes_[i].name.empty();
    if (axes_[i].name != free.name || axes_[i].kind == Axis::Kind::relation) continue;
    for (size_t p = 0; p < axes_[i].pieces.size(); ++p)
      if (box[i][p])
        if (auto value = axes_[i].value_in(axes_[i].pieces[p])) out.push_back(std::move(*value));
  }
  if (out.empty() || derived)
    for (feel::Value& value : defaults(free)) out.push_back(std::move(value));
  std::erase_if(out, [&](const feel::Value& value) { return !allowed(free, value); });
  return out;
}

// The names the box says something about.
std::set<std::string> Search::relevant(const Box& box) const {
  std::set<std::string> out;
  for (size_t i = 0; i < axes_.size(); ++i) {
    if (box[i] == axes_[i].full) continue;
    out.merge(trial_.roots(*axes_[i].expression));
    if (axes_[i].other) out.merge(trial_.roots(*axes_[i].other));
  }
  return out;
}

std::optional<std::string> Search::find(const Box& box, const std::function<bool()>& shows) {
  const std::set<std::string> names = relevant(box);
  std::vector<std::vector<feel::Value>> choices;
  size_t all = 1;
  for (const Trial::Free& free : trial_.free()) {
    // How values that are worked out elsewhere go together is not known.
    if (!free.input && names.contains(free.name) && names.size() > 1) return std::nullopt;
    choices.push_back(options(free, box));
    if (choices.back().empty()) return std::nullopt;
    all = std::min<size_t>(all * choices.back().size(), 100000);
  }
  uint64_t random = 1;
  for (size_t round = 0; round < std::min<size_t>(all, 600) && left_ > 0; ++round, --left_) {
    std::vector<feel::Value> values;
    size_t rest = round;
    for (const auto& choice : choices) {
      random = random * 6364136223846793005u + 1442695040888963407u;
      size_t at = all <= 600 ? rest % choice.size() : round == 0 ? 0 : (random >> 33) % choice.size();
      rest /= choice.size();
      values.push_back(choice[at]);
    }
    if (!trial_.set(values) || !shows()) continue;
    std::string out;
    for (size_t i = 0; i < values.size(); ++i)
      if (names.contains(trial_.free()[i].name))
        out += (out.empty() ? "" : "、") + trial_.free()[i].name + " = " + shown(values[i]);
    return out;
  }
  return std::nullopt;
}

}  // namespace guanhu::policy::detail
