// Values, operators, conditions.
#include "feel/arithmetic.h"
#include "feel/compare.h"
#include "feel/expr.h"

namespace guanhu::feel {
namespace {

struct Constant : Expr {
  Constant(SourceRange r, Value v) : Expr(r), value(std::move(v)) {}
  Value eval(Frame&) const override { return value; }
  const Value& ref(Frame&, Value&) const override { return value; }
  const Value* constant() const override { return &value; }
  Value value;
};

struct Slot : Expr {
  Slot(SourceRange r, int s) : Expr(r), slot(s) {}
  Value eval(Frame& f) const override { return f.slots[slot]; }
  const Value& ref(Frame& f, Value&) const override { return f.slots[slot]; }
  int slot;
};

struct Local : Expr {
  Local(SourceRange r, int l) : Expr(r), local(l) {}
  Value eval(Frame& f) const override { return f.locals[local]; }
  const Value& ref(Frame& f, Value&) const override { return f.locals[local]; }
  int local;
};

struct Captured : Expr {
  Captured(SourceRange r, int i) : Expr(r), index(i) {}
  Value eval(Frame& f) const override { return f.captured[index]; }
  const Value& ref(Frame& f, Value&) const override { return f.captured[index]; }
  int index;
};

struct Failure : Expr {
  Failure(SourceRange r, const char* c, std::string m) : Expr(r), code(c), message(std::move(m)) {}
  Value eval(Frame& f) const override {
    return f.eval.fail(range, code, [&] { return message; });
  }
  const char* code;
  std::string message;
};

struct Dynamic : Expr {
  Dynamic(SourceRange r, int i, std::string n, ExprPtr o)
      : Expr(r), item(i), name(std::move(n)), outside(std::move(o)) {}
  Value eval(Frame& f) const override {
    const Value& value = f.locals[item];
    if (value.is(Kind::context))
      if (const Value* entry = value.context().find(name)) return *entry;
    if (outside) return outside->eval(f);
    return f.eval.fail(range, "feel.name",
                       [&] { return "'" + name + "' is neither known nor an entry of " + value.show(); });
  }
  int item;
  std::string name;
  ExprPtr outside;
};

struct Negate : Expr {
  Negate(SourceRange r, ExprPtr o) : Expr(r), operand(std::move(o)) {}
  Value eval(Frame& f) const override {
    Value room;
    const Value& v = operand->ref(f, room);
    if (v.is_number()) [[likely]]
      return Value(v.number().negated());
    if (auto n = negate(v)) return *n;
    return f.eval.fail(range, v.is_null() ? "feel.null" : "feel.type",
                       [&] { return "'-' does not take " + v.show(); });
  }
  ExprPtr operand;
};

struct Pair : Expr {
  Pair(SourceRange r, ExprPtr a, ExprPtr b) : Expr(r), left(std::move(a)), right(std::move(b)) {}
  ExprPtr left, right;
};

template <Op op>
struct Arithmetic : Pair {
  using Pair::Pair;
  Value eval(Frame& f) const override {
    Value room_a, room_b;
    const Value& a = left->ref(f, room_a);
    const Value& b = right->ref(f, room_b);
    if (a.is_number() && b.is_number()) [[likely]] {
      if constexpr (op == Op::power) f.eval.step(b.number().is_integer() ? 4 : 50);
      std::optional<Decimal> n = op == Op::add        ? Decimal::add(a.number(), b.number())
                                 : op == Op::subtract ? Decimal::subtract(a.number(), b.number())
                                 : op == Op::multiply ? Decimal::multiply(a.number(), b.number())
                                 : op == Op::divide   ? Decimal::divide(a.number(), b.number())
                                                      : Decimal::power(a.number(), b.number());
      if (n) [[likely]]
        return Value(*n);
    } else if (auto v = calculate(op, a, b)) {
      if (v->is(Kind::string)) f.eval.check_text(v->text().size());
      return *v;
    }
    const char* code = a.is_null() || b.is_null() ? "feel.null" : "feel.arithmetic";
    return f.eval.fail(range, code, [&] { return why_not(op, a, b); });
  }
};

Value incomparable(Frame& f, SourceRange range, std::string_view op, const Value& a, const Value& b) {
  return f.eval.fail(range, a.is_null() || b.is_null() ? "feel.null" : "feel.type", [&] {
    return "cannot compare " + a.show() + " " + std::string(op) + " " + b.show() +
           (a.is_null() || b.is_null()
                ? ""
                : ": " + std::string(kind_name(a.kind())) + " and " + std::string(kind_name(b.kind())));
  });
}

template <Op op>
struct Comparison : Pair {
  using Pair::Pair;
  Value eval(Frame& f) const override {
    Value room_a, room_b;
    const Value& a = left->ref(f, room_a);
    const Value& b = right->ref(f, room_b);
    if (a.is_number() && b.is_number()) [[likely]] {
      auto o = a.number() <=> b.number();
      return Value(op == Op::equal        ? o == 0
                   : op == Op::not_equal  ? o != 0
                   : op == Op::less       ? o < 0
                   : op == Op::less_equal ? o <= 0
                   : op == Op::greater    ? o > 0
                                          : o >= 0);
    }
    auto answer = compare(op, a, b);
    return answer ? Value(*answer) : incomparable(f, range, op_text(op), a, b);
  }
};

// Three-valued and/or: `decides` settles it at once.
template <bool decides>
struct Logic : Pair {
  using Pair::Pair;
  Value eval(Frame& f) const override {
    Value room_a, room_b;
    const Value& a = left->ref(f, room_a);
    if (a.is(Kind::boolean) && a.boolean() == decides) return Value(decides);
    const Value& b = right->ref(f, room_b);
    if (b.is(Kind::boolean) && b.boolean() == decides) return Value(decides);
    if (a.is(Kind::boolean) && b.is(Kind::boolean)) return Value(!decides);
    for (const Value* v : {&a, &b})
      if (!v->is_null() && !v->is(Kind::boolean))
        return f.eval.fail(range, "feel.type", [&] {
          return std::string(decides ? "'or'" : "'and'") + " takes booleans, not " + v->show();
        });
    return {};
  }
};

struct Between : Expr {
  Between(SourceRange r, ExprPtr v, ExprPtr l, ExprPtr h)
      : Expr(r), value(std::move(v)), low(std::move(l)), high(std::move(h)) {}
  Value eval(Frame& f) const override {
    Value room_v, room_l, room_h;
    const Value& v = value->ref(f, room_v);
    const Value& l = low->ref(f, room_l);
    const Value& h = high->ref(f, room_h);
    auto above = compare(Op::greater_equal, v, l), below = compare(Op::less_equal, v, h);
    if (above == false || below == false) return Value(false);
    if (!above) return incomparable(f, range, "between", v, l);
    if (!below) return incomparable(f, range, "between", v, h);
    return Value(true);
  }
  ExprPtr value, low, high;
};

std::optional<bool> run_test(const TestPart& test, const Value& input, const Value& operand) {
  if (test.op != Op::none) return compare(test.op, input, operand);
  if (!test.condition) {
    // A test that is true or false by itself, of an input that is neither, is a condition all the same.
    if (operand.is(Kind::boolean) && !input.is(Kind::boolean) && !input.is_null()) return operand.boolean();
    return matches_test(input, operand);
  }
  if (operand.is(Kind::boolean)) return operand.boolean();
  if (operand.is_null()) return std::nullopt;
  return matches_test(input, operand);
}

// Any test that passes is enough; null when none does and one cannot be decided.
Value run_tests(Frame& f, SourceRange range, const std::vector<TestPart>& tests, const Value& input) {
  bool unknown = false;
  for (auto& test : tests) {
    Value room;
    const Value& operand = test.operand->ref(f, room);
    auto passes = run_test(test, input, operand);
    if (passes == true) return Value(true);
    if (!passes) {
      unknown = true;
      if (!test.condition) incomparable(f, range, test.op == Op::none ? "in" : op_text(test.op), input, operand);
    }
  }
  return unknown ? Value() : Value(false);
}

struct In : Expr {
  In(SourceRange r, ExprPtr v, std::vector<TestPart> t) : Expr(r), value(std::move(v)), tests(std::move(t)) {}
  Value eval(Frame& f) const override {
    Value room;
    return run_tests(f, range, tests, value->ref(f, room));
  }
  ExprPtr value;
  std::vector<TestPart> tests;
};

struct Tests : Expr {
  Tests(SourceRange r, int i, std::vector<TestPart> t, bool n)
      : Expr(r), input(i), parts(std::move(t)), negated(n) {}
  Value eval(Frame& f) const override {
    if (parts.empty()) return Value(true);
    Value answer = run_tests(f, range, parts, f.locals[input]);
    if (!negated || answer.is_null()) return answer;
    return Value(!answer.boolean());
  }
  const std::vector<TestPart>* tests() const override { return &parts; }
  int input;
  std::vector<TestPart> parts;
  bool negated;
};

struct If : Expr {
  If(SourceRange r, ExprPtr c, ExprPtr t, ExprPtr o)
      : Expr(r), condition(std::move(c)), then(std::move(t)), otherwise(std::move(o)) {}
  Value eval(Frame& f) const override {
    Value room;
    const Value& c = condition->ref(f, room);
    if (c.is_true()) return then->eval(f);
    if (!c.is(Kind::boolean) && !c.is_null())
      f.eval.fail(condition->range, "feel.type",
                  [&] { return "the condition of 'if' is " + c.show() + ", not a boolean"; });
    return otherwise->eval(f);
  }
  ExprPtr condition, then, otherwise;
};

struct InstanceOf : Expr {
  InstanceOf(SourceRange r, ExprPtr o, TypeRef t) : Expr(r), operand(std::move(o)), type(std::move(t)) {}
  Value eval(Frame& f) const override {
    Value room;
    return Value(is_instance(operand->ref(f, room), *type));
  }
  ExprPtr operand;
  TypeRef type;
};

struct Traced : Expr {
  Traced(const Node& n, ExprPtr e) : Expr(n.range), node(n), inner(std::move(e)) {}
  Value eval(Frame& f) const override {
    if (!f.trace) return inner->eval(f);
    ++f.trace->depth;
    Value value = inner->eval(f);
    if (f.trace->steps.size() < f.trace->limit) f.trace->steps.push_back({&node, value, f.trace->depth});
    else ++f.trace->left_out;
    --f.trace->depth;
    return value;
  }
  const Node& node;
  ExprPtr inner;
};

template <template <Op> class T>
ExprPtr by_op(SourceRange range, Op op, ExprPtr a, ExprPtr b) {
  switch (op) {
    case Op::equal: return std::make_unique<T<Op::equal>>(range, std::move(a), std::move(b));
    case Op::not_equal: return std::make_unique<T<Op::not_equal>>(range, std::move(a), std::move(b));
    case Op::less: return std::make_unique<T<Op::less>>(range, std::move(a), std::move(b));
    case Op::less_equal: return std::make_unique<T<Op::less_equal>>(range, std::move(a), std::move(b));
    case Op::greater: return std::make_unique<T<Op::greater>>(range, std::move(a), std::move(b));
    default: return std::make_unique<T<Op::greater_equal>>(range, std::move(a), std::move(b));
  }
}
}  // namespace

ExprPtr make_constant(SourceRange range, Value value) {
  return std::make_unique<Constant>(range, std::move(value));
}
ExprPtr make_slot(SourceRange range, int slot) { return std::make_unique<Slot>(range, slot); }
ExprPtr make_local(SourceRange range, int local) { return std::make_unique<Local>(range, local); }
ExprPtr make_captured(SourceRange range, int index) { return std::make_unique<Captured>(range, index); }
ExprPtr make_failure(SourceRange range, const char* code, std::string message) {
  return std::make_unique<Failure>(range, code, std::move(message));
}
ExprPtr make_dynamic(SourceRange range, int item, std::string name, ExprPtr outside) {
  return std::make_unique<Dynamic>(range, item, std::move(name), std::move(outside));
}
ExprPtr make_negate(SourceRange range, ExprPtr operand) {
  return std::make_unique<Negate>(range, std::move(operand));
}

ExprPtr make_binary(SourceRange range, Op op, ExprPtr a, ExprPtr b) {
  switch (op) {
    case Op::or_: return std::make_unique<Logic<true>>(range, std::move(a), std::move(b));
    case Op::and_: return std::make_unique<Logic<false>>(range, std::move(a), std::move(b));
    case Op::add: return std::make_unique<Arithmetic<Op::add>>(range, std::move(a), std::move(b));
    case Op::subtract: return std::make_unique<Arithmetic<Op::subtract>>(range, std::move(a), std::move(b));
    case Op::multiply: return std::make_unique<Arithmetic<Op::multiply>>(range, std::move(a), std::move(b));
    case Op::divide: return std::make_unique<Arithmetic<Op::divide>>(range, std::move(a), std::move(b));
    case Op::power: return std::make_unique<Arithmetic<Op::power>>(range, std::move(a), std::move(b));
    default: return by_op<Comparison>(range, op, std::move(a), std::move(b));
  }
}

ExprPtr make_between(SourceRange range, ExprPtr value, ExprPtr low, ExprPtr high) {
  return std::make_unique<Between>(range, std::move(value), std::move(low), std::move(high));
}
ExprPtr make_in(SourceRange range, ExprPtr value, std::vector<TestPart> tests) {
  return std::make_unique<In>(range, std::move(value), std::move(tests));
}
ExprPtr make_tests(SourceRange range, int input, std::vector<TestPart> tests, bool negated) {
  return std::make_unique<Tests>(range, input, std::move(tests), negated);
}
ExprPtr make_if(SourceRange range, ExprPtr condition, ExprPtr then, ExprPtr otherwise) {
  return std::make_unique<If>(range, std::move(condition), std::move(then), std::move(otherwise));
}
ExprPtr make_instance_of(SourceRange range, ExprPtr operand, TypeRef type) {
  return std::make_unique<InstanceOf>(range, std::move(operand), std::move(type));
}
ExprPtr make_trace(const Node& node, ExprPtr inner) { return std::make_unique<Traced>(node, std::move(inner)); }

}  // namespace guanhu::feel
