#include "feel/compare.h"

#include <algorithm>

#include "feel/eval.h"
#include "feel/temporal.h"

namespace guanhu::feel {
namespace {
template <class T>
int sign(const T& a, const T& b) {
  return a < b ? -1 : b < a ? 1 : 0;
}

// Values may share their parts: a small one can be a tree without end to whoever walks it.
std::optional<bool> equal_lists(const std::vector<Value>& a, const std::vector<Value>& b) {
  if (a.size() != b.size()) return false;
  Eval::spend(a.size());
  for (size_t i = 0; i < a.size(); ++i)
    if (equal(a[i], b[i]) != true) return false;
  return true;
}

std::optional<bool> equal_contexts(const Context& a, const Context& b) {
  if (a.size() != b.size()) return false;
  Eval::spend(a.size());
  for (size_t i = 0; i < a.size(); ++i) {
    const Value* other = b.find(a.shape->names()[i]);
    if (!other || equal(a.values[i], *other) != true) return false;
  }
  return true;
}

std::optional<bool> equal_ranges(const Range& a, const Range& b) {
  bool a_open = a.has_low != a.has_high, b_open = b.has_low != b.has_high;
  if (a_open != b_open || ((a.test != b.test) && (a.test >= Range::Test::equal || b.test >= Range::Test::equal)))
    return false;
  if (a.has_low != b.has_low || a.has_high != b.has_high) return false;
  if (a.has_low && (a.low_included != b.low_included || equal(a.low, b.low) != true)) return false;
  if (a.has_high && (a.high_included != b.high_included || equal(a.high, b.high) != true)) return false;
  return true;
}

// Equality and order look at whole seconds: the value of a time in the standard (10.3.2.3.4) counts
// seconds.
Nanos seconds(Nanos nanos) {
  Nanos whole = nanos / kNanosPerSecond;
  return nanos % kNanosPerSecond < 0 ? whole - 1 : whole;
}

// A moment with a zone and one without are on different lines of time.
bool same_line(const Zone& a, const Zone& b) { return has_zone(a) == has_zone(b); }
}  // namespace

std::optional<bool> equal(const Value& a, const Value& b) {
  if (a.is_null() || b.is_null()) return a.is_null() && b.is_null();
  if (a.kind() != b.kind()) return std::nullopt;
  switch (a.kind()) {
    case Kind::boolean: return a.boolean() == b.boolean();
    case Kind::number: return a.number() == b.number();
    case Kind::date: return a.days() == b.days();
    case Kind::days_duration: return a.nanos() == b.nanos();
    case Kind::months_duration: return a.months() == b.months();
    case Kind::string: Eval::spend_text(std::min(a.text().size(), b.text().size())); return a.text() == b.text();
    case Kind::time:
      return same_line(a.time().zone, b.time().zone) && seconds(instant(a.time())) == seconds(instant(b.time()));
    case Kind::date_time:
      return same_line(a.date_time().zone, b.date_time().zone) &&
             seconds(instant(a.date_time())) == seconds(instant(b.date_time()));
    case Kind::list: return equal_lists(a.items(), b.items());
    case Kind::context: return equal_contexts(a.context(), b.context());
    case Kind::range: return equal_ranges(a.range(), b.range());
    case Kind::function: return a.shared() == b.shared();
    case Kind::null: break;
  }
  return std::nullopt;
}

std::optional<int> order(const Value& a, const Value& b) {
  if (a.kind() != b.kind()) {
    bool date_like = (a.is(Kind::date) || a.is(Kind::date_time)) && (b.is(Kind::date) || b.is(Kind::date_time));
    if (!date_like) return std::nullopt;
    return sign(instant(as_date_time(a)->date_time()), instant(as_date_time(b)->date_time()));
  }
  switch (a.kind()) {
    case Kind::number: return sign(a.number(), b.number());
    case Kind::date: return sign(a.days(), b.days());
    case Kind::days_duration: return sign(a.nanos(), b.nanos());
    case Kind::months_duration: return sign(a.months(), b.months());
    case Kind::string:  // UTF-8 sorts as code points do
      Eval::spend_text(std::min(a.text().size(), b.text().size()));
      return sign(a.text(), b.text());
    case Kind::time:
      if (!same_line(a.time().zone, b.time().zone)) return std::nullopt;
      return sign(seconds(instant(a.time())), seconds(instant(b.time())));
    case Kind::date_time:
      if (!same_line(a.date_time().zone, b.date_time().zone)) return std::nullopt;
      return sign(seconds(instant(a.date_time())), seconds(instant(b.date_time())));
    default: return std::nullopt;
  }
}

std::optional<bool> compare(Op op, const Value& a, const Value& b) {
  if (op == Op::equal) return equal(a, b);
  if (op == Op::not_equal) {
    auto same = equal(a, b);
    if (!same) return std::nullopt;
    return !*same;
  }
  auto o = order(a, b);
  if (!o) return std::nullopt;
  switch (op) {
    case Op::less: return *o < 0;
    case Op::less_equal: return *o <= 0;
    case Op::greater: return *o > 0;
    default: return *o >= 0;
  }
}

std::optional<bool> contains(const Range& range, const Value& value) {
  if (range.test == Range::Test::not_equal) return compare(Op::not_equal, value, range.low);
  if (range.test == Range::Test::equal) return compare(Op::equal, value, range.low);
  std::optional<bool> low = true, high = true;
  if (range.has_low) low = compare(range.low_included ? Op::greater_equal : Op::greater, value, range.low);
  if (low == false) return false;
  if (range.has_high) high = compare(range.high_included ? Op::less_equal : Op::less, value, range.high);
  if (high == false) return false;
  if (!low || !high) return std::nullopt;
  return true;
}

std::optional<bool> matches_test(const Value& value, const Value& test) {
  if (test.is(Kind::range) && !value.is(Kind::range)) return contains(test.range(), value);
  if (test.is(Kind::list)) {
    if (value.is(Kind::list) && equal(value, test) == true) return true;
    Eval::spend(test.items().size());
    for (auto& item : test.items()) {
      if (item.is(Kind::range) && !value.is(Kind::range)) {
        if (contains(item.range(), value) == true) return true;
      } else if (equal(value, item) == true) {
        return true;
      }
    }
    return false;
  }
  return equal(value, test);
}

bool identical(const Value& a, const Value& b) {
  if (a.kind() != b.kind() || equal(a, b) != true) return false;
  if (a.is(Kind::time)) return a.time().zone == b.time().zone;
  if (a.is(Kind::date_time)) return a.date_time().zone == b.date_time().zone;
  return true;
}

}  // namespace guanhu::feel
