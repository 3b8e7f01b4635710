// Lists, contexts, ranges, and what is taken out of them.
#include "feel/compare.h"
#include "feel/expr.h"
#include "feel/temporal.h"

namespace guanhu::feel {
namespace {

struct ListExpr : Expr {
  ListExpr(SourceRange r, Exprs e) : Expr(r), items(std::move(e)) {}
  Value eval(Frame& f) const override {
    f.eval.step(items.size());
    std::vector<Value> out;
    out.reserve(items.size());
    for (auto& item : items) out.push_back(item->eval(f));
    return Value::list(std::move(out));
  }
  Exprs items;
};

struct ContextExpr : Expr {
  ContextExpr(SourceRange r, std::vector<std::string> names, Exprs v, std::vector<int> l)
      : Expr(r), shape(std::make_shared<Shape>(std::move(names))), values(std::move(v)), locals(std::move(l)) {}
  Value eval(Frame& f) const override {
    f.eval.step(values.size());
    std::vector<Value> out;
    out.reserve(values.size());
    for (size_t i = 0; i < values.size(); ++i) {
      out.push_back(values[i]->eval(f));
      if (locals[i] >= 0) f.locals[locals[i]] = out.back();
    }
    return Value::adopt(Kind::context, new Context(shape, std::move(out)));
  }
  std::shared_ptr<const Shape> shape;
  Exprs values;
  std::vector<int> locals;  // where later entries find this one; -1: none asks
};

struct RangeExpr : Expr {
  RangeExpr(SourceRange r, ExprPtr l, ExprPtr h, bool li, bool hi)
      : Expr(r), low(std::move(l)), high(std::move(h)), low_included(li), high_included(hi) {}
  Value eval(Frame& f) const override {
    Value from = low->eval(f), to = high->eval(f);
    if (!from.is_null() && !to.is_null()) {
      auto o = from.kind() == to.kind() ? order(from, to) : std::nullopt;
      if (!o || *o > 0)
        return f.eval.fail(range, "feel.type",
                           [&] { return "no range goes from " + from.show() + " to " + to.show(); });
    }
    auto* out = new Range;
    Value value = Value::adopt(Kind::range, out);
    out->low_included = low_included && !from.is_null();
    out->high_included = high_included && !to.is_null();
    out->low = std::move(from);
    out->high = std::move(to);
    return value;
  }
  ExprPtr low, high;
  bool low_included, high_included;
};

struct OneSided : Expr {
  OneSided(SourceRange r, Op o, ExprPtr e) : Expr(r), op(o), operand(std::move(e)) {}
  Value eval(Frame& f) const override {
    Value end = operand->eval(f);
    if (end.is_null())
      return f.eval.fail(range, "feel.null", [] { return std::string("the end of the range is null"); });
    auto* out = new Range;
    Value value = Value::adopt(Kind::range, out);
    using Test = Range::Test;
    bool below = op == Op::less || op == Op::less_equal, above = op == Op::greater || op == Op::greater_equal;
    out->test = op == Op::less         ? Test::less
                : op == Op::less_equal ? Test::less_equal
                : op == Op::greater    ? Test::greater
                : above                ? Test::greater_equal
                : op == Op::equal      ? Test::equal
                                       : Test::not_equal;
    out->has_low = !below;
    out->has_high = !above;
    out->low_included = op == Op::greater_equal || op == Op::equal;
    out->high_included = op == Op::less_equal || op == Op::equal;
    if (out->has_high) out->high = end;
    if (out->has_low) out->low = end;
    return value;
  }
  Op op;
  ExprPtr operand;
};

std::optional<Value> range_property(const Range& r, std::string_view name) {
  if (name == "start") return r.has_low ? r.low : Value();
  if (name == "end") return r.has_high ? r.high : Value();
  if (name == "start included") return Value(r.low_included);
  if (name == "end included") return Value(r.high_included);
  return std::nullopt;
}

struct Path : Expr {
  Path(SourceRange r, ExprPtr o, std::string n) : Expr(r), object(std::move(o)), name(std::move(n)) {}
  Value eval(Frame& f) const override {
    Value room;
    const Value& from = object->ref(f, room);
    if (from.is(Kind::context)) [[likely]]
      if (const Value* entry = from.context().find(name)) return *entry;
    return other(f, from);
  }
  Value other(Frame& f, const Value& from) const {
    if (from.is(Kind::list)) {
      f.eval.step(from.items().size());
      std::vector<Value> out;
      out.reserve(from.items().size());
      for (auto& item : from.items()) {
        const Value* entry = item.is(Kind::context) ? item.context().find(name) : nullptr;
        out.push_back(entry ? *entry : other(f, item));
      }
      return Value::list(std::move(out));
    }
    auto property = from.is(Kind::range) ? range_property(from.range(), name) : temporal_property(from, name);
    if (property) return *property;
    return f.eval.fail(range, from.is_null() ? "feel.null" : "feel.path", [&] {
      return from.is_null() ? "'." + name + "' of null" : "there is no '" + name + "' in " + from.show();
    });
  }
  ExprPtr object;
  std::string name;
};

struct Filter : Expr {
  Filter(SourceRange r, ExprPtr l, ExprPtr b, int i, FilterBy k)
      : Expr(r), list(std::move(l)), by(std::move(b)), item(i), kind(k) {}

  Value eval(Frame& f) const override {
    Value from = list->eval(f);
    // A single value is a list of one; null is the empty list.
    if (!from.is(Kind::list)) from = from.is_null() ? Value::list({}) : Value::list({std::move(from)});
    auto& items = from.items();
    if (kind == FilterBy::index) return pick(f, items, by->eval(f));
    std::vector<Value> out;
    f.eval.step(items.size());
    for (size_t i = 0; i < items.size(); ++i) {
      f.locals[item] = items[i];
      Value room;
      const Value& passes = by->ref(f, room);
      if (i == 0 && kind == FilterBy::either && passes.is_number()) return pick(f, items, passes);
      if (passes.is_true()) out.push_back(items[i]);
      else if (!passes.is(Kind::boolean) && !passes.is_null())
        f.eval.fail(by->range, "feel.type",
                    [&] { return "the filter gives " + passes.show() + ", not a boolean"; });
    }
    f.locals[item] = Value();
    return Value::list(std::move(out));
  }

  Value pick(Frame& f, const std::vector<Value>& items, const Value& position) const {
    if (!position.is_number())
      return f.eval.fail(range, "feel.type", [&] { return "the index is " + position.show() + ", not a number"; });
    auto n = position.number().to_int64();
    auto count = static_cast<int64_t>(items.size());
    if (n && *n > 0 && *n <= count) return items[static_cast<size_t>(*n - 1)];
    if (n && *n < 0 && *n >= -count) return items[static_cast<size_t>(count + *n)];
    return f.eval.fail(range, "feel.index", [&] {
      return "the index " + position.show() + " is outside a list of " + std::to_string(count) + " items";
    });
  }

  ExprPtr list, by;
  int item;
  FilterBy kind;
};
}  // namespace

ExprPtr make_list(SourceRange range, Exprs items) { return std::make_unique<ListExpr>(range, std::move(items)); }
ExprPtr make_context(SourceRange range, std::vector<std::string> names, Exprs values, std::vector<int> locals) {
  return std::make_unique<ContextExpr>(range, std::move(names), std::move(values), std::move(locals));
}
ExprPtr make_range(SourceRange range, ExprPtr low, ExprPtr high, bool low_included, bool high_included) {
  return std::make_unique<RangeExpr>(range, std::move(low), std::move(high), low_included, high_included);
}
ExprPtr make_one_sided(SourceRange range, Op op, ExprPtr operand) {
  return std::make_unique<OneSided>(range, op, std::move(operand));
}
ExprPtr make_path(SourceRange range, ExprPtr object, std::string name) {
  return std::make_unique<Path>(range, std::move(object), std::move(name));
}
ExprPtr make_filter(SourceRange range, ExprPtr list, ExprPtr by, int item, FilterBy kind) {
  return std::make_unique<Filter>(range, std::move(list), std::move(by), item, kind);
}

}  // namespace guanhu::feel
