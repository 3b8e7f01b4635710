// Evaluation of compiled decisions.
#include <algorithm>

#include "feel/compare.h"
#include "feel/json.h"
#include "policy/detail/compiled.h"
#include "policy/detail/trace.h"

namespace guanhu::policy::detail {

namespace {

using feel::Kind;
using feel::Value;

thread_local const Asking* current = nullptr;

[[noreturn]] void stop(const char* code, std::string message, std::string where, std::string hint = "") {
  throw feel::Eval::Stop{{code, std::move(message), std::move(where), std::move(hint)}};
}

std::string place(const CompiledBody& body, const Text& text) {
  return body.document + ":" + std::to_string(text.line) + ":" + std::to_string(text.column);
}

// Evaluates the parts of one body over its slots.
class Run {
 public:
  Run(const CompiledBody& body, const CompiledDecision* decision, std::vector<Value>& slots, const Asking& asking)
      : body_(body), decision_(decision), slots_(slots), asking_(asking), eval_(*asking.options) {}

  void parameters() {
    for (const auto& [slot, parameter] : body_.parameters) {
      const Value* value = parameter->constant_on(asking_.on);
      if (!value)
        stop("decide.parameter", "参数“" + parameter->name + "”在 " + asking_.on.str() + " 没有值",
             parameter->origin.document + ":" + std::to_string(parameter->origin.line),
             "换一个日期，或给参数补上这一段");
      slots_[static_cast<size_t>(slot)] = *value;
    }
  }

  Value value(const feel::Program& program, const Text& text, const std::string& name) {
    try {
      if (!asking_.trace) return program.evaluate_in(eval_, slots_);
      return traced(program, name);
    } catch (feel::Eval::Stop& stopped) {
      placed(stopped, text, name);
      throw;
    } catch (const feel::NestingLimit&) {
      stop("decide.limit", "“" + name + "”套得太深", place(body_, text));
    }
  }

  Value step(const CompiledStep& step) {
    Value out = step.table ? table(*step.table, step.name) : value(*step.program, step.formula, step.name);
    Misfit misfit;
    if (step.type && !check_value(out, *step.type, step.name == "result" ? "" : step.name, misfit))
      stop("decide.result", misfit.message, place(body_, step.table ? step.table->table->at : step.formula),
           "结果不合声明的类型 " + step.type->str() +
               (misfit.code == "null" ? "；可能没有值的，类型后面加问号" : ""));
    return out;
  }

  Value body() {
    for (const CompiledStep& one : body_.steps) slots_[static_cast<size_t>(one.slot)] = step(one);
    if (body_.result) return slots_[static_cast<size_t>(body_.steps[*body_.result].slot)];
    std::vector<Value> parts;
    parts.reserve(body_.parts.size());
    for (int slot : body_.parts) parts.push_back(slots_[static_cast<size_t>(slot)]);
    return Value::adopt(Kind::context, new feel::Context(body_.shape, std::move(parts)));
  }

  feel::Eval& eval() { return eval_; }

 private:
  Value traced(const feel::Program& program, const std::string& name) {
    feel::Trace trace;
    auto out = program.evaluate(slots_, *asking_.options, nullptr, &trace);
    if (!out.ok()) throw feel::Eval::Stop{out.error()};
    asking_.trace->push_back(trace_tree(name, program, trace, out.value()));
    return std::move(out.value());
  }

  // A failure of a formula gets its place in the document and its Chinese.
  void placed(feel::Eval::Stop& stopped, const Text& text, const std::string& name) {
    if (!stopped.error.code.starts_with("feel.")) return;
    stopped.error = in_document(stopped.error, body_.document, text, name);
  }

  bool matches(const CompiledTable& table, const CompiledTable::Row& row, const TableRow& source,
               const std::vector<Value>& values, const std::string& name) {
    for (size_t i = 0; i < row.tests.size(); ++i) {
      if (!row.tests[i]) continue;
      const Text& text = source.tests[i].text;
      if (table.table->inputs[i].condition) {
        Value condition = value(*row.tests[i], text, name);
        if (condition.is_null() || !condition.is(Kind::boolean))
          stop("decide.condition", "条件“" + text.text + "”没有真假", place(body_, text),
               "条件要得出 true 或 false");
        if (!condition.is_true()) return false;
        continue;
      }
      try {
        if (!row.tests[i]->test_in(eval_, values[i], slots_).is_true()) return false;
      } catch (feel::Eval::Stop& stopped) {
        if (!values[i].is_null()) {
          placed(stopped, text, name);
          throw;
        }
        return false;  // a value that is not there is neither below nor above anything
      }
    }
    return true;
  }

  std::vector<Value> input_values(const CompiledTable& table, const std::string& name) {
    std::vector<Value> out;
    for (size_t i = 0; i < table.inputs.size(); ++i) {
      const auto& input = table.inputs[i];
      if (input.slot >= 0) out.push_back(slots_[static_cast<size_t>(input.slot)]);
      else if (input.program) out.push_back(value(*input.program, table.table->inputs[i].expression, name));
      else out.emplace_back();
    }
    return out;
  }

  Value row_value(const CompiledTable& table, size_t row, const std::string& name) {
    std::vector<Value> out;
    for (size_t i = 0; i < table.rows[row].results.size(); ++i)
      out.push_back(value(table.rows[row].results[i], table.table->rows[row].results[i].text, name));
    if (out.size() == 1) return std::move(out[0]);
    return Value::adopt(Kind::context, new feel::Context(table.shape, std::move(out)));
  }

  Value table(const CompiledTable& table, const std::string& name) {
    const Table& source = *table.table;
    std::vector<Value> values = input_values(table, name);
    std::vector<size_t> matched;
    for (size_t i = 0; i < table.rows.size(); ++i) {
      eval_.step();
      if (!matches(table, table.rows[i], source.rows[i], values, name)) continue;
      matched.push_back(i);
      if (source.policy == HitPolicy::first) break;
    }
    if (asking_.trace) trace_rows(name, source, matched);
    return decide(table, source, std::move(matched), name);
  }

  void trace_rows(const std::string& name, const Table& source, const std::vector<size_t>& matched) {
    base::JsonArray rows;
    for (size_t row : matched) rows.push_back(base::JsonObject{{"row", row + 1}, {"line", source.rows[row].line}});
    asking_.trace->push_back(base::JsonObject{{"name", name}, {"table", true}, {"matched", std::move(rows)}});
  }

  void hit(const Table& source, size_t row, const std::string& name) {
    if (asking_.hits && decision_) asking_.hits->push_back({decision_, name, row, &source.rows[row]});
  }

  Value decide(const CompiledTable& table, const Table& source, std::vector<size_t> matched,
               const std::string& name);
  Value several(const CompiledTable& table, const Table& source, const std::vector<size_t>& matched,
                const std::string& name);
  Value summed(const Table& source, const std::vector<Value>& values);
  // Where the first output's value stands among the allowed words.
  static size_t rank(const Table& source, const Value& value);

  const CompiledBody& body_;
  const CompiledDecision* decision_;
  std::vector<Value>& slots_;
  const Asking& asking_;
  feel::Eval eval_;
};

size_t Run::rank(const Table& source, const Value& value) {
  const Value* first = &value;
  if (value.is(Kind::context) && !value.context().values.empty()) first = &value.context().values[0];
  const ValueTypePtr& type = source.outputs[0].type;
  if (!type || !first->is(Kind::string)) return 0;
  return static_cast<size_t>(std::find(type->words.begin(), type->words.end(), first->text()) -
                             type->words.begin());
}

Value Run::summed(const Table& source, const std::vector<Value>& values) {
  if (source.aggregation == Aggregation::count) return Value(static_cast<int64_t>(values.size()));
  if (source.aggregation == Aggregation::sum) {
    base::Decimal total;
    for (const Value& value : values) {
      auto next = value.is_number() ? base::Decimal::add(total, value.number()) : std::nullopt;
      if (!next) stop("decide.table", "表的结果 " + value.show() + " 不能相加", place(body_, source.at));
      total = *next;
    }
    return Value(total);
  }
  if (values.empty()) return {};
  const Value* best = &values[0];
  for (const Value& value : values) {
    auto order = feel::order(value, *best);
    if (!order) stop("decide.table", "表的结果 " + value.show() + " 不能比较大小", place(body_, source.at));
    if (source.aggregation == Aggregation::min ? *order < 0 : *order > 0) best = &value;
  }
  return *best;
}

Value Run::several(const CompiledTable& table, const Table& source, const std::vector<size_t>& matched,
                   const std::string& name) {
  std::vector<Value> values;
  for (size_t row : matched) {
    values.push_back(row_value(table, row, name));
    hit(source, row, name);
  }
  if (source.policy == HitPolicy::output_order)
    std::stable_sort(values.begin(), values.end(),
                     [&](const Value& a, const Value& b) { return rank(source, a) < rank(source, b); });
  if (source.aggregation != Aggregation::none) return summed(source, values);
  return Value::list(std::move(values));
}

Value Run::decide(const CompiledTable& table, const Table& source, std::vector<size_t> matched,
                  const std::string& name) {
  if (source.policy == HitPolicy::collect || source.policy == HitPolicy::rule_order ||
      source.policy == HitPolicy::output_order)
    return several(table, source, matched, name);
  if (matched.empty())
    stop("decide.table.none", "“" + name + "”的表没有一行合这些值", place(body_, source.at), "补上这种情形的一行");
  auto line = [&](size_t i) { return std::to_string(source.rows[matched[i]].line); };
  if (source.policy == HitPolicy::unique && matched.size() > 1)
    stop("decide.table.several", "“" + name + "”的表有几行都合：第 " + line(0) + " 行和第 " + line(1) + " 行",
         place(body_, source.at), "唯一(unique)的表每次只能合一行");
  size_t best = 0;
  Value out = row_value(table, matched[0], name);
  for (size_t i = 1; i < matched.size(); ++i) {
    Value other = row_value(table, matched[i], name);
    if (source.policy == HitPolicy::any && feel::equal(out, other) != true)
      stop("decide.table.several",
           "“" + name + "”的表有几行都合，结果却不同：第 " + line(0) + " 行和第 " + line(i) + " 行",
           place(body_, source.at));
    if (source.policy == HitPolicy::priority && rank(source, other) < rank(source, out))
      out = std::move(other), best = i;
  }
  hit(source, matched[best], name);
  return out;
}

// The inputs of a required decision, checked as if they came from outside.
std::vector<Value> required_inputs(const CompiledRequirement& requirement, std::vector<Value>& slots, Run& run,
                                   const CompiledBody& body) {
  std::vector<Value> out;
  for (size_t i = 0; i < requirement.inputs.size(); ++i) {
    const Field& field = requirement.decision->inputs[i];
    const auto& from = requirement.inputs[i];
    Value value;
    if (from && from->slot >= 0) value = slots[static_cast<size_t>(from->slot)];
    else if (from && from->program) value = run.value(*from->program, from->formula, field.name);
    if (value.is_null() && field.optional) value = field.otherwise.value_or(Value());
    Misfit misfit;
    if (!check_value(value, *field.type, field.name, misfit))
      stop(("decide.input." + misfit.code).c_str(), misfit.message, field.name,
           "决策“" + requirement.decision->id + "”要这个输入");
    out.push_back(std::move(value));
  }
  (void)body;
  return out;
}

}  // namespace

AskingHere::AskingHere(const Asking& asking) : before_(current) { current = &asking; }
AskingHere::~AskingHere() { current = before_; }

Value run_decision(const CompiledDecision& decision, std::vector<Value> inputs, const Asking& asking) {
  AskingHere here(asking);
  if (asking.asked) asking.asked->push_back(&decision);
  std::vector<Value> slots = std::move(inputs);
  slots.resize(decision.body.slots);
  Run run(decision.body, &decision, slots, asking);
  run.parameters();
  for (const CompiledRefusal& refusal : decision.refusals)
    if (run.value(refusal.condition, refusal.formula, refusal.message).is_true())
      stop("decide.refused", refusal.message, refusal.input.empty() ? decision.id : refusal.input);
  for (const CompiledRequirement& one : decision.requirements)
    slots[static_cast<size_t>(one.slot)] =
        run_decision(*one.decision, required_inputs(one, slots, run, decision.body), asking);
  return run.body();
}

PackFunction::PackFunction(std::string name, std::vector<Field> fields, ValueTypePtr output, CompiledBody body)
    : name_(std::move(name)), fields_(std::move(fields)), output_(std::move(output)), body_(std::move(body)) {
  for (const Field& field : fields_) parameters_.push_back({field.name, field.type->feel()});
  result_ = output_->feel();
}

Value PackFunction::call(std::span<const Value> arguments, feel::Eval& eval) const {
  if (!current) return eval.fail([&] { return name_ + " is called outside of a decision"; });
  std::vector<Value> slots(arguments.begin(), arguments.end());
  for (size_t i = 0; i < fields_.size() && i < slots.size(); ++i) {
    Misfit misfit;
    if (slots[i].is_null() && fields_[i].optional) slots[i] = fields_[i].otherwise.value_or(Value());
    if (!check_value(slots[i], *fields_[i].type, fields_[i].name, misfit))
      return eval.fail([&] { return name_ + ": " + misfit.message; });
  }
  slots.resize(body_.slots);
  Asking inner = *current;
  inner.trace = nullptr;
  eval.step();
  Run run(body_, nullptr, slots, inner);
  run.parameters();
  Value out = run.body();
  Misfit misfit;
  if (!check_value(out, *output_, "", misfit)) return eval.fail([&] { return name_ + ": " + misfit.message; });
  return out;
}

}  // namespace guanhu::policy::detail
