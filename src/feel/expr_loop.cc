// for, some, every.
#include "feel/expr.h"
#include "feel/temporal.h"

namespace guanhu::feel {
namespace {

// Gives the values of one domain, one after the other.
class Cursor {
 public:
  // False when the domain is none; the failure is reported then.
  bool open(const Domain& domain, Frame& f) {
    if (!domain.list) return span(domain.from->eval(f), domain.to->eval(f), true, true, domain.from->range, f);
    list_ = domain.list->eval(f);
    if (list_.is(Kind::list)) {
      end_ = static_cast<int64_t>(list_.items().size());
      return true;
    }
    if (list_.is(Kind::range)) {
      Value range = std::move(list_);
      const Range& r = range.range();
      if (r.has_low && r.has_high)
        return span(r.low, r.high, r.low_included, r.high_included, domain.list->range, f);
      f.eval.fail(domain.list->range, "feel.type",
                  [&] { return "the range " + range.show() + " has no end to loop to"; });
      return false;
    }
    if (list_.is_null()) {
      f.eval.fail(domain.list->range, "feel.null", [] { return std::string("the list to loop over is null"); });
      return false;
    }
    list_ = Value::list({std::move(list_)});
    end_ = 1;
    return true;
  }

  bool next(Value& out) {
    if (left_ > 0) {
      --left_;
      out = dates_ ? Value::date(at_) : Value(at_);
      at_ += step_;
      return true;
    }
    if (!list_.is(Kind::list) || at_ >= end_) return false;
    out = list_.items()[static_cast<size_t>(at_++)];
    return true;
  }

 private:
  // Whole numbers or days, upwards or downwards, both ends included.
  bool span(const Value& from, const Value& to, bool with_from, bool with_to, SourceRange place, Frame& f) {
    std::optional<int64_t> a, b;
    if (from.is_number() && to.is_number()) a = from.number().to_int64(), b = to.number().to_int64();
    if (from.is(Kind::date) && to.is(Kind::date)) a = from.days(), b = to.days(), dates_ = true;
    constexpr int64_t kFar = int64_t{1} << 60;
    if (!a || !b || *a > kFar || *a < -kFar || *b > kFar || *b < -kFar) {
      f.eval.fail(place, from.is_null() || to.is_null() ? "feel.null" : "feel.type", [&] {
        return "a loop runs over whole numbers or days, not from " + from.show() + " to " + to.show();
      });
      return false;
    }
    step_ = *a <= *b ? 1 : -1;
    at_ = *a + (with_from ? 0 : step_);
    int64_t last = *b - (with_to ? 0 : step_);
    left_ = (last - at_) * step_ + 1;
    return true;
  }

  Value list_;
  int64_t at_ = 0, end_ = 0, step_ = 1, left_ = 0;
  bool dates_ = false;
};

struct For : Expr {
  For(SourceRange r, std::vector<Domain> d, ExprPtr b, int p)
      : Expr(r), domains(std::move(d)), body(std::move(b)), partial(p) {}

  Value eval(Frame& f) const override {
    if (partial >= 0) f.locals[partial] = Value::list({});
    std::vector<Value> out;
    bool good = loop(f, 0, out);
    for (auto& d : domains) f.locals[d.local] = Value();
    if (partial < 0) return good ? Value::list(std::move(out)) : Value();
    Value collected = std::move(f.locals[partial]);
    f.locals[partial] = Value();
    return good ? collected : Value();
  }

  bool loop(Frame& f, size_t depth, std::vector<Value>& out) const {
    if (depth == domains.size()) {
      f.eval.step();
      Value value = body->eval(f);
      if (partial < 0) out.push_back(std::move(value));
      else extend(f.locals[partial], std::move(value), f);
      return true;
    }
    Cursor cursor;
    if (!cursor.open(domains[depth], f)) return false;
    while (cursor.next(f.locals[domains[depth].local]))
      if (!loop(f, depth + 1, out)) return false;
    return true;
  }

  // The results so far grow in place unless the body has kept them.
  static void extend(Value& results, Value value, Frame& f) {
    if (results.shared()->only_owner()) {
      const_cast<List*>(static_cast<const List*>(results.shared()))->push(std::move(value));
      return;
    }
    f.eval.step(results.items().size());
    std::vector<Value> copy = results.items();
    copy.push_back(std::move(value));
    results = Value::list(std::move(copy));
  }

  std::vector<Domain> domains;
  ExprPtr body;
  int partial;  // -1: the body does not ask for it
};

struct Quantified : Expr {
  Quantified(SourceRange r, bool e, std::vector<Domain> d, ExprPtr c)
      : Expr(r), every(e), domains(std::move(d)), condition(std::move(c)) {}

  Value eval(Frame& f) const override {
    State state;
    if (!loop(f, 0, state)) return {};
    for (auto& d : domains) f.locals[d.local] = Value();
    if (state.decided) return Value(!every);
    return state.unknown ? Value() : Value(every);
  }

  struct State {
    bool decided = false, unknown = false;
  };
  bool loop(Frame& f, size_t depth, State& state) const {
    if (depth == domains.size()) {
      f.eval.step();
      Value room;
      const Value& c = condition->ref(f, room);
      if (c.is(Kind::boolean)) {
        state.decided = c.boolean() != every;
      } else {
        state.unknown = true;
        if (!c.is_null())
          f.eval.fail(condition->range, "feel.type",
                      [&] { return "the condition gives " + c.show() + ", not a boolean"; });
      }
      return true;
    }
    Cursor cursor;
    if (!cursor.open(domains[depth], f)) return false;
    while (!state.decided && cursor.next(f.locals[domains[depth].local]))
      if (!loop(f, depth + 1, state)) return false;
    return true;
  }

  bool every;
  std::vector<Domain> domains;
  ExprPtr condition;
};
}  // namespace

ExprPtr make_for(SourceRange range, std::vector<Domain> domains, ExprPtr body, int partial) {
  return std::make_unique<For>(range, std::move(domains), std::move(body), partial);
}
ExprPtr make_quantified(SourceRange range, bool every, std::vector<Domain> domains, ExprPtr condition) {
  return std::make_unique<Quantified>(range, every, std::move(domains), std::move(condition));
}

}  // namespace guanhu::feel
