#include "feel/program.h"

#include <mutex>

#include "feel/compiler.h"

namespace guanhu::feel {

struct Program::Data {
  std::shared_ptr<const std::string> source;
  NodePtr tree;
  ExprPtr code;
  int locals = 0;
  std::vector<int> used;
  bool lenient = false, of_item = false;
  // The same program with every part reporting its value, compiled when a trace is first asked for.
  mutable std::once_flag traced_once;
  mutable ExprPtr traced;
  mutable int traced_locals = 0;
};

base::Result<Program> compile(std::string_view text, const Scope& scope, const CompileOptions& options) {
  auto data = std::make_shared<Program::Data>();
  data->source = std::make_shared<const std::string>(text);
  Scope with_item;
  if (options.of_item) {
    with_item = scope;
    with_item.declare("item", options.item_type);
    if (options.item_type)
      for (auto& [name, type] : options.item_type->members) with_item.declare(name, type);
  }
  auto tree = parse(*data->source, options.of_item ? with_item : scope, options.form);
  if (!tree.ok()) return tree.error();
  data->tree = std::move(tree).value();
  data->lenient = options.lenient;
  data->of_item = options.of_item;
  Compiler compiler(data->source, &scope, options.lenient, false);
  try {
    if (options.of_item) compiler.begin_with_item(options.item_type);
    data->code = compiler.run(*data->tree);
  } catch (Compiler::Fail& fail) {
    return std::move(fail.error);
  }
  data->locals = compiler.locals();
  data->used.assign(compiler.used().begin(), compiler.used().end());
  return Program(std::move(data));
}

namespace {
base::Error too_deep(const std::string& source) {
  return {"feel.limit", "lists or contexts are nested deeper than 1000 levels", position(source, 0), ""};
}

// The value of a column in a row, written over what the slot held.
void read(const Column& column, size_t row, Value& slot) {
  if (!column.values.empty()) slot = column.values[row];
  else slot = Value(Decimal::raw(column.integers[row], column.exponent));
}
}  // namespace

base::Result<Value> Program::run(const Value* input, std::span<const Value> slots, const EvalOptions& options,
                                 std::vector<Diagnostic>* diagnostics, Trace* trace) const {
  const Data& data = *data_;
  const Expr* code = data.code.get();
  int local_count = data.locals;
  if (trace) {
    std::call_once(data.traced_once, [&] {
      Compiler compiler(data.source, nullptr, true, true);
      data.traced = compiler.run(*data.tree);
      data.traced_locals = compiler.locals();
    });
    code = data.traced.get();
    local_count = data.traced_locals;
    trace->depth = -1;
  }
  if (!data.used.empty() && static_cast<size_t>(data.used.back()) >= slots.size())
    throw base::Broken("feel: a program was given fewer values than its scope has names");
  Eval eval(options, diagnostics);
  eval.source = *data.source;
  eval.readings = {data.tree.get(), slots};
  eval.trace = trace;
  eval.traced_source = data.source.get();
  try {
    Locals room(local_count);
    if (input) room.data()[0] = *input;
    Frame frame{slots.data(), nullptr, room.data(), eval, trace};
    return code->eval(frame);
  } catch (Eval::Stop& stop) {
    return std::move(stop.error);
  } catch (const NestingLimit&) {
    return too_deep(*data.source);
  }
}

base::Result<Value> Program::evaluate(std::span<const Value> slots, const EvalOptions& options,
                                      std::vector<Diagnostic>* diagnostics, Trace* trace) const {
  return run(nullptr, slots, options, diagnostics, trace);
}

base::Result<Value> Program::test(const Value& input, std::span<const Value> slots, const EvalOptions& options,
                                  std::vector<Diagnostic>* diagnostics, Trace* trace) const {
  if (data_->tree->kind != NodeKind::tests) throw base::Broken("feel: test() needs unary tests");
  return run(&input, slots, options, diagnostics, trace);
}

base::Status Program::evaluate_columns(std::span<const Column> columns, std::span<Value> out,
                                       const EvalOptions& options) const {
  const Data& data = *data_;
  for (int slot : data.used) {
    auto at = static_cast<size_t>(slot);
    bool missing = at >= columns.size();
    size_t rows = missing ? 0 : std::max(columns[at].values.size(), columns[at].integers.size());
    if (missing || rows < out.size()) throw base::Broken("feel: a column has fewer rows than are asked for");
  }
  std::vector<Value> slots(columns.size());
  Locals room(data.locals);
  size_t row = 0;
  auto stopped = [&](base::Error error) {
    error.where = "row " + std::to_string(row + 1) + ", " + error.where;
    return error;
  };
  try {
    for (; row < out.size(); ++row) {
      for (int slot : data.used) read(columns[static_cast<size_t>(slot)], row, slots[static_cast<size_t>(slot)]);
      Eval eval(options);
      eval.source = *data.source;
      eval.readings = {data.tree.get(), slots};
      Frame frame{slots.data(), nullptr, room.data(), eval, nullptr};
      out[row] = data.code->eval(frame);
    }
  } catch (Eval::Stop& stop) {
    return stopped(std::move(stop.error));
  } catch (const NestingLimit&) {
    return stopped(too_deep(*data.source));
  }
  return {};
}

Value Program::run_in(Eval& eval, const Value* input, std::span<const Value> slots) const {
  const Data& data = *data_;
  if (const Value* constant = data.code->constant()) return *constant;
  if (!data.used.empty() && static_cast<size_t>(data.used.back()) >= slots.size())
    throw base::Broken("feel: a program was given fewer values than its scope has names");
  SourceRange place = eval.place;
  Value result;
  {
    Eval::Call guard(eval, *data.source);
    eval.readings = {data.tree.get(), slots};
    Locals room(data.locals);
    if (input) room.data()[0] = *input;
    Frame frame{slots.data(), nullptr, room.data(), eval, nullptr};
    result = data.code->eval(frame);
  }
  eval.place = place;
  return result;
}

Value Program::evaluate_in(Eval& eval, std::span<const Value> slots) const { return run_in(eval, nullptr, slots); }

Value Program::test_in(Eval& eval, const Value& input, std::span<const Value> slots) const {
  if (data_->tree->kind != NodeKind::tests && !data_->of_item)
    throw base::Broken("feel: test_in() needs unary tests");
  return run_in(eval, &input, slots);
}

std::optional<Program::Compared> Program::compared_with() const {
  auto* tests = data_->code->tests();
  if (!tests) return std::nullopt;
  Compared out;
  for (auto& test : *tests) {
    const Value* constant = test.operand->constant();
    if (!constant || test.condition) return std::nullopt;
    if (test.op != Op::none && constant->is_null()) return std::nullopt;  // it is null for every input
    out.ordered = out.ordered || test.op >= Op::less;
    out.constants.push_back(*constant);
  }
  return out;
}

const std::string& Program::source() const { return *data_->source; }
const Node& Program::tree() const { return *data_->tree; }
const std::vector<int>& Program::used() const { return data_->used; }
const Value* Program::constant() const { return data_->code->constant(); }

}  // namespace guanhu::feel
