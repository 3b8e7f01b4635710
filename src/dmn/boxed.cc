#include "dmn/boxed.h"

#include "feel/temporal.h"

namespace guanhu::dmn {
using feel::Kind;
using feel::Value;

Labels::At::At(feel::Eval& eval, const Place& place) : labels_(of(eval)) {
  if (!labels_) return;
  labels_->settle(labels_->current);
  outer_ = labels_->current;
  labels_->current = &place;
}

Labels::At::~At() {
  if (!labels_) return;
  // A strict evaluation that ends here keeps the innermost place for its Error.
  if (std::uncaught_exceptions() > 0) return;
  labels_->settle(labels_->current);
  labels_->current = outer_;
}

void Labels::settle(const Place* place) {
  for (; labelled_ < diagnostics_.size(); ++labelled_) {
    if (!place) continue;
    std::string& where = diagnostics_[labelled_].error.where;
    where = where.empty() ? *place : *place + ", " + where;
  }
}

void Labels::report(feel::Eval& eval, const Place& place, const char* code, std::string message) {
  constexpr size_t kMost = 100;
  base::Error error{code, std::move(message), place, ""};
  if (eval.options().strict) {
    complete = true;
    throw feel::Eval::Stop{std::move(error)};
  }
  settle(current);
  if (diagnostics_.size() >= kMost) return;
  diagnostics_.push_back({std::move(error), {}});
  labelled_ = diagnostics_.size();
}

Value fail(feel::Eval& eval, const Place& place, const char* code, std::string message) {
  if (Labels* labels = Labels::of(eval)) {
    labels->report(eval, place, code, std::move(message));
    return {};
  }
  return eval.fail({}, code, [&] { return std::move(message); });
}

Value fitted(feel::Eval& eval, const Place& place, const Value& value, const ItemType* type) {
  if (!type) return value;
  std::string why;
  Labels::At at(eval, place);
  auto fits = fit(value, *type, eval, why);
  if (fits) return std::move(*fits);
  return fail(eval, place, "dmn.type", std::move(why));
}

Value Boxed::eval(Frame& frame) const {
  Value value = run(frame);
  return type ? fitted(frame.eval, place, value, type) : value;
}

Value Literal::run(Frame& frame) const {
  if (!program) return {};
  Labels::At at(frame.eval, place);
  return program->evaluate_in(frame.eval, frame.slots);
}

Value Failing::run(Frame& frame) const { return fail(frame.eval, place, code.c_str(), message); }

Value ContextBox::run(Frame& frame) const {
  // Names are bound one after the other and let go in the opposite order.
  std::vector<std::unique_ptr<Bound>> bound;
  std::vector<std::pair<std::string, Value>> made;
  for (auto& entry : entries) {
    Value value = fitted(frame.eval, entry.value->place, entry.value->eval(frame), entry.type);
    if (entry.name.empty()) {
      while (!bound.empty()) bound.pop_back();
      return value;
    }
    bound.push_back(std::make_unique<Bound>(frame, entry.slot, value));
    made.emplace_back(entry.name, std::move(value));
  }
  while (!bound.empty()) bound.pop_back();
  return Value::context(std::move(made));
}

Value ListBox::run(Frame& frame) const {
  std::vector<Value> values;
  values.reserve(items.size());
  for (auto& item : items) values.push_back(item->eval(frame));
  return Value::list(std::move(values));
}

Value RelationBox::run(Frame& frame) const {
  auto shape = std::make_shared<feel::Shape>(columns);
  std::vector<Value> made;
  for (auto& row : rows) {
    std::vector<Value> values;
    for (size_t i = 0; i < row.size(); ++i)
      values.push_back(fitted(frame.eval, row[i]->place, row[i]->eval(frame), types[i]));
    made.push_back(Value::adopt(Kind::context, new feel::Context(shape, std::move(values))));
  }
  return Value::list(std::move(made));
}

Value InvocationBox::run(Frame& frame) const {
  Value function = callee->eval(frame);
  if (!function.is(Kind::function))
    return fail(frame.eval, place, "dmn.call", function.show() + " is invoked but is no function");
  std::vector<Value> values;
  for (auto& argument : arguments) values.push_back(argument ? argument->eval(frame) : Value());
  Labels::At at(frame.eval, place);
  frame.eval.source = {};
  frame.eval.place = {};
  const feel::Function& called = function.function();
  if (!names.empty()) return called.call_named(names, values, frame.eval);
  if (!called.takes(0))
    return fail(frame.eval, place, "dmn.call", "the function needs arguments, the invocation has none");
  return called.call({}, frame.eval);
}

namespace {
class BoxedFunction : public feel::Function {
 public:
  BoxedFunction(std::shared_ptr<FunctionCode> code, std::vector<Value> slots,
                std::shared_ptr<const ModelData> model)
      : code_(std::move(code)), slots_(std::move(slots)), model_(std::move(model)) {
    contain(slots_);
  }
  const std::vector<Parameter>& parameters() const override { return code_->parameters; }
  std::string_view name() const override { return code_->name; }
  feel::TypeRef result_type() const override { return code_->result ? code_->result->feel : nullptr; }
  Value call(std::span<const Value> arguments, feel::Eval& eval) const override {
    retain();
    Value self = Value::adopt(Kind::function, this);
    return call_code(*code_, slots_, arguments, eval, model_, &self);
  }

 private:
  std::shared_ptr<FunctionCode> code_;
  std::vector<Value> slots_;
  std::shared_ptr<const ModelData> model_;
};
}  // namespace

Value FunctionBox::run(Frame& frame) const {
  frame.eval.step(frame.slots.size());
  return Value::adopt(Kind::function, new BoxedFunction(code, frame.slots, frame.model));
}

Value call_code(const FunctionCode& code, std::vector<Value> slots, std::span<const Value> arguments,
                feel::Eval& eval, const std::shared_ptr<const ModelData>& model, const Value* self) {
  eval.step(1 + code.slot_count);
  feel::SourceRange place = eval.place;
  Value result;
  {
    Labels::At at(eval, code.place);
    feel::Eval::Call guard(eval, {});
    slots.resize(std::max(slots.size(), code.slot_count));
    for (size_t i = 0; i < arguments.size(); ++i) {
      Value& slot = slots[static_cast<size_t>(code.slots[i])];
      slot = arguments[i];
      if (!code.types[i]) continue;
      std::string why;
      auto fits = fit(slot, *code.types[i], eval, why);
      // An argument that does not fit: the function is not invoked (spec 10.3.2.9.4).
      if (!fits)
        return fail(eval, code.place, "dmn.argument", "argument '" + code.parameters[i].name + "': " + why);
      slot = std::move(*fits);
    }
    if (self && code.self >= 0) slots[static_cast<size_t>(code.self)] = *self;
    Frame frame{std::move(slots), eval, model};
    if (code.body) result = code.body->eval(frame);
    result = fitted(eval, code.place, result, code.result);
  }
  eval.place = place;
  return result;
}

Value ConditionalBox::run(Frame& frame) const {
  Value answer = condition->eval(frame);
  if (answer.is_true()) return then->eval(frame);
  // Stricter than FEEL's own `if`: what is neither boolean nor null decides nothing.
  if (!answer.is(Kind::boolean) && !answer.is_null())
    return fail(frame.eval, place, "dmn.type", "the condition gives " + answer.show() + ", not a boolean");
  return otherwise->eval(frame);
}

bool domain_of(feel::Eval& eval, const Place& place, const Value& value, std::vector<Value>& out) {
  if (value.is(Kind::list)) {
    out = value.items();
    return true;
  }
  if (value.is_null()) {
    fail(eval, place, "dmn.type", "the list to loop over is null");
    return false;
  }
  if (!value.is(Kind::range)) {
    out = {value};
    return true;
  }
  const feel::Range& range = value.range();
  std::optional<int64_t> low, high;
  bool days = range.low.is(Kind::date) && range.high.is(Kind::date);
  if (range.has_low && range.has_high) {
    if (days) low = range.low.days(), high = range.high.days();
    if (range.low.is_number() && range.high.is_number())
      low = range.low.number().to_int64(), high = range.high.number().to_int64();
  }
  constexpr int64_t kFar = int64_t{1} << 60;
  if (!low || !high || *low < -kFar || *high > kFar) {
    fail(eval, place, "dmn.type", "a loop runs over whole numbers or days, not over " + value.show());
    return false;
  }
  int64_t first = *low + !range.low_included, last = *high - !range.high_included;
  if (last >= first) eval.step(static_cast<uint64_t>(last - first) + 1);
  for (int64_t i = first; i <= last; ++i) out.push_back(days ? Value::date(i) : Value(i));
  return true;
}

Value IteratorBox::run(Frame& frame) const {
  Value list = in->eval(frame);
  std::vector<Value> items, results;
  if (!domain_of(frame.eval, in->place, list, items)) return {};
  bool unknown = false, decided = false;
  for (auto& item : items) {
    frame.eval.step();
    Bound bound(frame, slot, fitted(frame.eval, place, item, item_type));
    if (kind == Kind::for_) {
      if (partial < 0) {
        results.push_back(body->eval(frame));
      } else {
        frame.eval.step(results.size());
        Bound so_far(frame, partial, Value::list(results));
        results.push_back(body->eval(frame));
      }
      continue;
    }
    Value answer = body->eval(frame);
    // Every item is asked: one answer that is no boolean makes the whole null.
    if (!answer.is(feel::Kind::boolean) && !answer.is_null())
      return fail(frame.eval, body->place, "dmn.type", "the condition gives " + answer.show() + ", not a boolean");
    if (answer.is_null()) unknown = true;
    else if (answer.boolean() == (kind == Kind::some)) decided = true;
  }
  if (kind == Kind::for_) return Value::list(std::move(results));
  if (decided) return Value(kind == Kind::some);
  return unknown ? Value() : Value(kind == Kind::every);
}

Value FilterBox::passes(Frame& frame, const Value& item) const {
  if (condition) {
    Labels::At at(frame.eval, place);
    return condition->test_in(frame.eval, item, frame.slots);
  }
  Bound bound(frame, item_slot, item);
  return match->eval(frame);
}

Value FilterBox::run(Frame& frame) const {
  Value list = in->eval(frame);
  std::vector<Value> items, kept;
  if (!domain_of(frame.eval, in->place, list, items)) return {};
  for (auto& item : items) {
    frame.eval.step();
    Value answer = passes(frame, item);
    if (!answer.is(feel::Kind::boolean) && !answer.is_null())
      return fail(frame.eval, place, "dmn.type",
                  "the filter's condition gives " + answer.show() + ", not a boolean");
    if (answer.is_true()) kept.push_back(item);
  }
  return Value::list(std::move(kept));
}

}  // namespace guanhu::dmn
