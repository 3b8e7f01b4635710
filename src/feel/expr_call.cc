// Calls and functions written in FEEL.
#include "feel/expr.h"
#include "feel/temporal.h"

namespace guanhu::feel {
namespace {

// Arguments on the stack while they are few.
class Arguments {
 public:
  Arguments(const Exprs& exprs, Frame& f) : count_(exprs.size()) {
    if (count_ > kFew) many_.resize(count_);
    Value* out = count_ > kFew ? many_.data() : few_;
    for (size_t i = 0; i < count_; ++i) out[i] = exprs[i]->eval(f);
  }
  std::span<const Value> values() const { return {count_ > kFew ? many_.data() : few_, count_}; }

 private:
  static constexpr size_t kFew = 4;
  size_t count_;
  Value few_[kFew];
  std::vector<Value> many_;
};

struct BuiltinCall : Expr {
  BuiltinCall(SourceRange r, const BuiltinFunction& fn, Exprs a, std::vector<std::string> n)
      : Expr(r), function(fn), arguments(std::move(a)), names(std::move(n)) {}
  Value eval(Frame& f) const override {
    Arguments values(arguments, f);
    f.eval.place = range;
    return function.call_placed(names, values.values(), f.eval);
  }
  const BuiltinFunction& function;
  Exprs arguments;
  std::vector<std::string> names;
};

struct Call : Expr {
  Call(SourceRange r, ExprPtr c, Exprs a, std::vector<std::string> n)
      : Expr(r), callee(std::move(c)), arguments(std::move(a)), names(std::move(n)) {}
  Value eval(Frame& f) const override {
    Value function = callee->eval(f);
    if (!function.is(Kind::function))
      return f.eval.fail(range, function.is_null() ? "feel.null" : "feel.type",
                         [&] { return function.show() + " is called but is no function"; });
    Arguments values(arguments, f);
    f.eval.place = range;
    const Function& fn = function.function();
    if (!names.empty()) return fn.call_named(names, values.values(), f.eval);
    if (!fn.takes(arguments.size()))
      return f.eval.fail(range, "feel.arity", [&] {
        return "the function takes " + std::to_string(fn.parameters().size()) + " arguments, not " +
               std::to_string(arguments.size());
      });
    return fn.call(values.values(), f.eval);
  }
  ExprPtr callee;
  Exprs arguments;
  std::vector<std::string> names;
};

// A list of one where a single value is asked for, and the other way round; a date where a moment is
// (spec 10.3.2.9.4).
bool coerce(Value& value, const Type& type) {
  if (value.is_null() || is_instance(value, type)) return true;
  if (value.is(Kind::list) && value.items().size() == 1 && is_instance(value.items()[0], type)) {
    value = Value(value.items()[0]);
    return true;
  }
  if (value.is(Kind::date) && type.name == Type::Name::date_time) return value = *as_date_time(value), true;
  if (type.name == Type::Name::list) {
    Value wrapped = Value::list({value});
    if (is_instance(wrapped, type)) return value = wrapped, true;
  }
  return false;
}

class UserFunction : public Function {
 public:
  UserFunction(std::shared_ptr<const FunctionCode> code, std::vector<Value> captured)
      : code_(std::move(code)), captured_(std::move(captured)) {
    contain(captured_);
  }
  const std::vector<Parameter>& parameters() const override { return code_->parameters; }
  TypeRef result_type() const override { return code_->result; }
  Value call(std::span<const Value> arguments, Eval& eval) const override {
    eval.step();
    if (!code_->body) return eval.fail([] { return std::string("external functions are not supported"); });
    Locals room(code_->locals);
    Value* locals = room.data();
    for (size_t i = 0; i < arguments.size(); ++i) {
      Value& value = locals[i];
      value = arguments[i];
      auto& parameter = code_->parameters[i];
      if (parameter.type && !coerce(value, *parameter.type))
        return eval.fail([&] {
          return "the argument '" + parameter.name + "' must be " + parameter.type->str() + ", not " +
                 value.show();
        });
    }
    if (code_->self >= 0) {
      retain();
      locals[code_->self] = Value::adopt(Kind::function, this);
    }
    SourceRange place = eval.place;
    Eval::Call guard(eval, *code_->source);
    Trace* trace = eval.traced_source == code_->source.get() ? eval.trace : nullptr;
    Frame frame{nullptr, captured_.data(), locals, eval, trace};
    Value result = code_->body->eval(frame);
    eval.place = place;
    return result;
  }

 private:
  std::shared_ptr<const FunctionCode> code_;
  std::vector<Value> captured_;
};

struct FunctionExpr : Expr {
  FunctionExpr(SourceRange r, std::shared_ptr<const FunctionCode> c, Exprs e)
      : Expr(r), code(std::move(c)), captures(std::move(e)) {}
  Value eval(Frame& f) const override {
    std::vector<Value> captured;
    captured.reserve(captures.size());
    for (auto& e : captures) captured.push_back(e->eval(f));
    return Value::adopt(Kind::function, new UserFunction(code, std::move(captured)));
  }
  std::shared_ptr<const FunctionCode> code;
  Exprs captures;
};
}  // namespace

ExprPtr make_builtin_call(SourceRange range, const BuiltinFunction& function, Exprs arguments,
                          std::vector<std::string> names) {
  return std::make_unique<BuiltinCall>(range, function, std::move(arguments), std::move(names));
}
ExprPtr make_call(SourceRange range, ExprPtr callee, Exprs arguments, std::vector<std::string> names) {
  return std::make_unique<Call>(range, std::move(callee), std::move(arguments), std::move(names));
}
ExprPtr make_function(SourceRange range, std::shared_ptr<const FunctionCode> code, Exprs captures) {
  return std::make_unique<FunctionExpr>(range, std::move(code), std::move(captures));
}

}  // namespace guanhu::feel
