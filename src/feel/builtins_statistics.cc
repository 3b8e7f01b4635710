// Functions that sum up a list (DMN 1.5, table 76): each takes one list or its items as arguments.
#include <algorithm>

#include "feel/builtins.h"
#include "feel/compare.h"

namespace guanhu::feel {
namespace {
using Arguments = std::span<const Value>;

// The items, whether they came as one list or one by one.
Arguments items_of(Arguments a) {
  if (a.size() == 1 && a[0].is(Kind::list)) return a[0].items();
  return a;
}

// All numbers, or a failure that names the item.
bool numbers(Arguments items, const char* function, Eval& eval) {
  eval.step(items.size());
  for (size_t i = 0; i < items.size(); ++i) {
    if (items[i].is_number()) continue;
    eval.fail([&] {
      return std::string(function) + ": item " + std::to_string(i + 1) + " is " + items[i].show() +
             ", not a number";
    });
    return false;
  }
  return true;
}

Value overflow(const char* function, Eval& eval) {
  return eval.fail([&] { return std::string(function) + " has no result within the range of numbers"; });
}

Value count(Arguments a, Eval&) { return Value(static_cast<int64_t>(a[0].items().size())); }

template <bool greatest>
Value extreme(Arguments a, Eval& eval) {
  Arguments items = items_of(a);
  eval.step(items.size());
  if (items.empty()) return {};
  const Value* best = &items[0];
  for (auto& item : items) {
    if (item.is_number() && best->is_number()) [[likely]] {
      if (greatest ? item.number() > best->number() : item.number() < best->number()) best = &item;
      continue;
    }
    auto o = order(item, *best);
    if (!o) {
      return eval.fail([&] {
        return std::string(greatest ? "max" : "min") + " cannot compare " + item.show() + " with " + best->show();
      });
    }
    if (greatest ? *o > 0 : *o < 0) best = &item;
  }
  return *best;
}

std::optional<Decimal> total(Arguments items) {
  std::optional<Decimal> sum = Decimal(0);
  for (auto& item : items) {
    sum = Decimal::add(*sum, item.number());
    if (!sum) break;
  }
  return sum;
}

Value sum(Arguments a, Eval& eval) {
  Arguments items = items_of(a);
  if (!numbers(items, "sum", eval) || items.empty()) return {};
  auto value = total(items);
  return value ? Value(*value) : overflow("sum", eval);
}

Value mean(Arguments a, Eval& eval) {
  Arguments items = items_of(a);
  if (!numbers(items, "mean", eval) || items.empty()) return {};
  auto value = total(items);
  if (value) value = Decimal::divide(*value, Decimal(static_cast<int64_t>(items.size())));
  return value ? Value(*value) : overflow("mean", eval);
}

Value product(Arguments a, Eval& eval) {
  Arguments items = items_of(a);
  if (!numbers(items, "product", eval) || items.empty()) return {};
  std::optional<Decimal> value = Decimal(1);
  for (auto& item : items) {
    value = Decimal::multiply(*value, item.number());
    if (!value) return overflow("product", eval);
  }
  return Value(*value);
}

std::vector<Decimal> sorted(Arguments items) {
  std::vector<Decimal> out;
  out.reserve(items.size());
  for (auto& item : items) out.push_back(item.number());
  std::sort(out.begin(), out.end(), [](const Decimal& x, const Decimal& y) { return x < y; });
  return out;
}

Value median(Arguments a, Eval& eval) {
  Arguments items = items_of(a);
  if (!numbers(items, "median", eval) || items.empty()) return {};
  auto in_order = sorted(items);
  size_t middle = in_order.size() / 2;
  if (in_order.size() % 2 != 0) return Value(in_order[middle]);
  auto value = Decimal::add(in_order[middle - 1], in_order[middle]);
  if (value) value = Decimal::divide(*value, Decimal(2));
  return value ? Value(*value) : overflow("median", eval);
}

// Of a sample: the sum of squares is divided by n - 1.
Value stddev(Arguments a, Eval& eval) {
  Arguments items = items_of(a);
  if (!numbers(items, "stddev", eval)) return {};
  eval.step(4);  // a root of a hundred digits
  if (items.size() < 2) return eval.fail([&] { return std::string("stddev needs at least two numbers"); });
  auto n = static_cast<int64_t>(items.size());
  auto value = total(items);
  if (value) value = Decimal::divide(*value, Decimal(n));
  std::optional<Decimal> squares = Decimal(0);
  for (size_t i = 0; value && squares && i < items.size(); ++i) {
    auto off = Decimal::subtract(items[i].number(), *value);
    auto square = off ? Decimal::multiply(*off, *off) : std::nullopt;
    squares = square ? Decimal::add(*squares, *square) : std::nullopt;
  }
  if (!value || !squares) return overflow("stddev", eval);
  auto variance = Decimal::divide(*squares, Decimal(n - 1));
  auto root = variance ? Decimal::sqrt(*variance) : std::nullopt;
  return root ? Value(*root) : overflow("stddev", eval);
}

Value mode(Arguments a, Eval& eval) {
  Arguments items = items_of(a);
  if (!numbers(items, "mode", eval)) return {};
  auto in_order = sorted(items);
  std::vector<Value> best;
  size_t most = 0;
  for (size_t from = 0; from < in_order.size();) {
    size_t to = from;
    while (to < in_order.size() && in_order[to] == in_order[from]) ++to;
    if (to - from > most) best.clear(), most = to - from;
    if (to - from == most) best.push_back(Value(in_order[from]));
    from = to;
  }
  return Value::list(std::move(best));
}

// Three-valued: `decides` settles it, otherwise anything unknown makes it null.
template <bool decides>
Value combine(Arguments a, Eval& eval) {
  Arguments items = items_of(a);
  eval.step(items.size());
  bool unknown = false;
  for (auto& item : items) {
    if (item.is(Kind::boolean)) {
      if (item.boolean() == decides) return Value(decides);
    } else {
      if (!item.is_null())
        eval.fail([&] { return std::string(decides ? "any" : "all") + ": " + item.show() + " is not a boolean"; });
      unknown = true;
    }
  }
  return unknown ? Value() : Value(!decides);
}
}  // namespace

const std::vector<Builtin>& statistics_builtins() {
  static const Builtin::Parameter list{"list", kinds::list}, items{"c", kinds::all};
  static const std::vector<Builtin> all = {
      {"count", {list}, false, count},
      {"min", {list}, false, extreme<false>},
      {"min", {items}, true, extreme<false>},
      {"max", {list}, false, extreme<true>},
      {"max", {items}, true, extreme<true>},
      {"sum", {list}, false, sum},
      {"sum", {items}, true, sum},
      {"mean", {list}, false, mean},
      {"mean", {items}, true, mean},
      {"product", {list}, false, product},
      {"product", {items}, true, product},
      {"median", {list}, false, median},
      {"median", {items}, true, median},
      {"stddev", {list}, false, stddev},
      {"stddev", {items}, true, stddev},
      {"mode", {list}, false, mode},
      {"mode", {items}, true, mode},
      {"all", {list}, false, combine<false>},
      {"all", {items}, true, combine<false>},
      {"any", {list}, false, combine<true>},
      {"any", {items}, true, combine<true>},
  };
  return all;
}

}  // namespace guanhu::feel
