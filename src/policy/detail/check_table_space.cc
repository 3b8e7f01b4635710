#include "policy/detail/check_table_space.h"

#include <algorithm>

#include "base/date.h"

namespace guanhu::policy::detail {

using base::Decimal;
using feel::Op;
using Kind = Piece::Kind;

namespace {

constexpr size_t kBoxesOfRow = 200;

Piece piece(Kind kind) {
  Piece out;
  out.kind = kind;
  return out;
}

Decimal down_to(const Decimal& value, const Decimal& step) {
  return *Decimal::multiply(Decimal::divide(value, step)->round(0, base::Rounding::floor), step);
}

bool below(const Info& info, const Decimal& value) {
  return info.low && (value < info.low->value || (value == info.low->value && !info.low->included));
}
bool above(const Info& info, const Decimal& value) {
  return info.high && (value > info.high->value || (value == info.high->value && !info.high->included));
}

}  // namespace

void Axis::cut() {
  pieces.clear();
  full.reset();
  if (kind == Kind::relation) {
    for (Piece::Kind one : {Piece::Kind::less, Piece::Kind::equal, Piece::Kind::greater})
      pieces.push_back(piece(one));
  } else if (kind == Kind::boolean) {
    for (bool truth : {false, true}) {
      pieces.push_back(piece(Piece::Kind::boolean));
      pieces.back().truth = truth;
    }
  } else if (kind == Kind::words) {
    for (const std::string& word : words) {
      pieces.push_back(piece(Piece::Kind::word));
      pieces.back().word = word;
    }
    if (!info.words) pieces.push_back(piece(Piece::Kind::other));
  } else {
    std::sort(marks.begin(), marks.end());
    marks.erase(std::unique(marks.begin(), marks.end()), marks.end());
    std::optional<Decimal> last;
    for (size_t i = 0; i <= marks.size(); ++i) {
      Piece stretch = piece(Piece::Kind::between);
      stretch.low = last;
      if (i < marks.size()) stretch.high = marks[i];
      pieces.push_back(stretch);
      if (i == marks.size()) break;
      Piece point = piece(Piece::Kind::point);
      point.low = point.high = last = marks[i];
      pieces.push_back(point);
    }
  }
  if (info.null) pieces.push_back(piece(Piece::Kind::null));
  if (!info.known() || !info.sure) pieces.push_back(piece(Piece::Kind::unknown));
  if (!fits()) return;
  for (size_t i = 0; i < pieces.size(); ++i)
    full[i] = pieces[i].kind == Piece::Kind::unknown || kind == Kind::relation || value_in(pieces[i]).has_value();
}

// Of a stretch: the value next to its lower end, as a person would name it.
std::optional<feel::Value> Axis::value_in(const Piece& piece) const {
  switch (piece.kind) {
    case Piece::Kind::null: return feel::Value();
    case Piece::Kind::word: return feel::Value::string(piece.word);
    case Piece::Kind::other: return feel::Value::string("其他");
    case Piece::Kind::boolean: return feel::Value(piece.truth);
    case Piece::Kind::point:
    case Piece::Kind::between: break;
    default: return std::nullopt;
  }
  std::optional<Decimal> low = piece.low, high = piece.high, value;
  if (piece.kind == Piece::Kind::point) {
    value = low;
    if (step && down_to(*value, *step) != *value) return std::nullopt;
  } else {
    bool low_included = false, high_included = false;
    if (info.low && (!low || info.low->value > *low)) low = info.low->value, low_included = info.low->included;
    if (info.high && (!high || info.high->value < *high))
      high = info.high->value, high_included = info.high->included;
    if (low && high && (*low > *high || (*low == *high && !(low_included && high_included)))) return std::nullopt;
    Decimal by = step ? *step : Decimal::make(1, std::min(0, low ? low->reduced().exponent() : 0));
    if (low && low_included && (!step || down_to(*low, *step) == *low)) value = low;
    else if (low) value = Decimal::add(step ? down_to(*low, by) : *low, by);
    else if (high && high_included && (!step || down_to(*high, *step) == *high)) value = high;
    else if (high) value = Decimal::subtract(*high, by);
    else value = Decimal(is_date() ? 20089 : 0);  // 2025-01-01
    if (!low && high && step) value = down_to(*value, by);
    bool inside = !high || *value < *high || (*value == *high && high_included);
    if (!inside && step) return std::nullopt;
    if (!inside) value = Decimal::divide(*Decimal::add(*low, *high), 2);
  }
  if (!value || below(info, *value) || above(info, *value)) return std::nullopt;
  if (!is_date()) return feel::Value(*value);
  auto days = value->to_int64();
  return days ? std::optional(feel::Value::date(*days)) : std::nullopt;
}

void subtract(const Box& from, const Box& what, std::vector<Box>& out) {
  for (size_t i = 0; i < from.size(); ++i)
    if ((from[i] & what[i]).none()) {
      out.push_back(from);
      return;
    }
  Box rest = from;
  for (size_t i = 0; i < from.size(); ++i) {
    Pieces outside = rest[i] & ~what[i];
    if (outside.none()) continue;
    Box part = rest;
    part[i] = outside;
    out.push_back(std::move(part));
    rest[i] &= what[i];
  }
}

std::optional<std::vector<Box>> subtract(std::vector<Box> from, const std::vector<Box>& what, size_t limit) {
  for (const Box& one : what) {
    std::vector<Box> left;
    left.reserve(from.size());
    for (const Box& box : from) {
      subtract(box, one, left);
      if (left.size() > limit) return std::nullopt;
    }
    from = std::move(left);
    if (from.empty()) break;
  }
  return from;
}

std::optional<Box> common(const Box& a, const Box& b) {
  Box out = a;
  for (size_t i = 0; i < out.size(); ++i)
    if ((out[i] &= b[i]).none()) return std::nullopt;
  return out;
}

Test Test::both(Test a, Test b) {
  if (a.kind == Kind::never || b.kind == Kind::always) return a;
  if (b.kind == Kind::never || a.kind == Kind::always) return b;
  Test out = of(Kind::all);
  out.parts = {std::move(a), std::move(b)};
  return out;
}

Test Test::one_of(std::vector<Test> parts) {
  if (parts.size() == 1) return std::move(parts.front());
  Test out = of(Kind::any);
  out.parts = std::move(parts);
  return out;
}

Test Test::inverse() const {
  Test out = *this;
  switch (kind) {
    case Kind::always: out.kind = Kind::never; break;
    case Kind::never: out.kind = Kind::always; break;
    case Kind::all: out.kind = Kind::any; break;
    case Kind::any: out.kind = Kind::all; break;
    case Kind::atom: out.negated = !negated; break;
    case Kind::unknown: break;
  }
  for (Test& part : out.parts) part = part.inverse();
  return out;
}

namespace {

// -1 below, 0 at, 1 above the mark.
int side(const Piece& piece, const Decimal& mark) {
  if (piece.kind == Kind::point) return *piece.low < mark ? -1 : *piece.low == mark ? 0 : 1;
  return piece.high && *piece.high <= mark ? -1 : 1;
}

std::optional<bool> by_order(Op op, int order) {
  switch (op) {
    case Op::equal: return order == 0;
    case Op::not_equal: return order != 0;
    case Op::less: return order < 0;
    case Op::less_equal: return order <= 0;
    case Op::greater: return order > 0;
    case Op::greater_equal: return order >= 0;
    default: return std::nullopt;
  }
}

// What the atom gives in the piece; nothing: null, which no row takes for true.
std::optional<bool> holds(const Test& test, const Axis& axis, const Piece& piece) {
  bool equality = test.op == Op::equal || test.op == Op::not_equal;
  bool same = test.op == Op::equal;
  switch (piece.kind) {
    case Kind::less: return by_order(test.op, -1);
    case Kind::equal: return by_order(test.op, 0);
    case Kind::greater: return by_order(test.op, 1);
    case Kind::null:
      if (axis.kind == Axis::Kind::relation || !equality) return std::nullopt;
      return test.value.is_null() == same;
    default: break;
  }
  if (test.value.is_null()) return equality ? std::optional(!same) : std::nullopt;
  if (piece.kind == Kind::boolean) return (piece.truth == test.value.is_true()) == same;
  if (piece.kind == Kind::word) return (piece.word == test.value.text()) == same;
  if (piece.kind == Kind::other) return !same;
  Decimal mark = test.value.is(feel::Kind::date) ? Decimal(test.value.days()) : test.value.number();
  return by_order(test.op, side(piece, mark));
}

Pieces pieces_of(const Test& test, const Axis& axis, bool may) {
  Pieces out;
  for (size_t i = 0; i < axis.pieces.size(); ++i) {
    if (!axis.full[i]) continue;
    if (axis.pieces[i].kind == Kind::unknown) {
      out[i] = may;
      continue;
    }
    auto answer = holds(test, axis, axis.pieces[i]);
    out[i] = answer && *answer != test.negated;
  }
  return out;
}

Box everything(const std::vector<Axis>& axes) {
  Box out;
  for (const Axis& axis : axes) out.push_back(axis.full);
  return out;
}

}  // namespace

std::optional<std::vector<Box>> boxes_of(const Test& test, const std::vector<Axis>& axes, bool may) {
  std::vector<Box> out;
  switch (test.kind) {
    case Test::Kind::always: out.push_back(everything(axes)); return out;
    case Test::Kind::never: return out;
    case Test::Kind::unknown:
      if (may) out.push_back(everything(axes));
      return out;
    case Test::Kind::atom: {
      Box box = everything(axes);
      box[test.axis] = pieces_of(test, axes[test.axis], may);
      if (box[test.axis].any()) out.push_back(std::move(box));
      return out;
    }
    case Test::Kind::any:
      for (const Test& part : test.parts) {
        auto more = boxes_of(part, axes, may);
        if (!more || out.size() + more->size() > kBoxesOfRow) return std::nullopt;
        out.insert(out.end(), more->begin(), more->end());
      }
      return out;
    case Test::Kind::all: break;
  }
  out.push_back(everything(axes));
  for (const Test& part : test.parts) {
    auto more = boxes_of(part, axes, may);
    if (!more) return std::nullopt;
    std::vector<Box> both;
    for (const Box& a : out)
      for (const Box& b : *more)
        if (auto box = common(a, b)) both.push_back(std::move(*box));
    if (both.size() > kBoxesOfRow) return std::nullopt;
    out = std::move(both);
  }
  return out;
}

}  // namespace guanhu::policy::detail
