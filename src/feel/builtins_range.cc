// Relations of points and ranges (DMN 1.5, table 78) and range().
#include "feel/builtins.h"
#include "feel/compare.h"
#include "feel/parser.h"
#include "feel/program.h"

namespace guanhu::feel {
namespace {
using Arguments = std::span<const Value>;

// One end of a range on the line of values: where it is missing, it lies beyond everything.
struct End {
  const Value* value;  // null: open
  bool included;
};
End low(const Range& r) { return {r.has_low ? &r.low : nullptr, r.low_included}; }
End high(const Range& r) { return {r.has_high ? &r.high : nullptr, r.high_included}; }

struct Incomparable {};

int compare_values(const Value& a, const Value& b) {
  auto o = order(a, b);
  if (!o) throw Incomparable();
  return *o;
}
// Low ends among themselves (an open one is least), high ends (an open one is greatest).
int lows(End a, End b) {
  if (!a.value || !b.value) return (a.value != nullptr) - (b.value != nullptr);
  return compare_values(*a.value, *b.value);
}
int highs(End a, End b) {
  if (!a.value || !b.value) return (b.value != nullptr) - (a.value != nullptr);
  return compare_values(*a.value, *b.value);
}
// A high end against a low end: open ends always reach over each other.
int high_low(End high_end, End low_end) {
  if (!high_end.value || !low_end.value) return 1;
  return compare_values(*high_end.value, *low_end.value);
}

using Ranges = bool (*)(const Range&, const Range&);
using PointRange = bool (*)(const Value&, const Range&);

bool before(const Range& a, const Range& b) {
  int o = high_low(high(a), low(b));
  return o < 0 || (o == 0 && !(a.high_included && b.low_included));
}
bool point_before(const Value& p, const Range& r) {
  if (!r.has_low) return false;
  int o = compare_values(p, r.low);
  return o < 0 || (o == 0 && !r.low_included);
}
bool point_after(const Value& p, const Range& r) {
  if (!r.has_high) return false;
  int o = compare_values(p, r.high);
  return o > 0 || (o == 0 && !r.high_included);
}
bool after(const Range& a, const Range& b) { return before(b, a); }

bool meets(const Range& a, const Range& b) {
  return a.has_high && b.has_low && a.high_included && b.low_included && high_low(high(a), low(b)) == 0;
}
bool met_by(const Range& a, const Range& b) { return meets(b, a); }

bool overlaps(const Range& a, const Range& b) { return !before(a, b) && !before(b, a); }

bool starts_earlier(const Range& a, const Range& b) {
  int o = lows(low(a), low(b));
  return o < 0 || (o == 0 && a.low_included && !b.low_included);
}
bool overlaps_before(const Range& a, const Range& b) {
  int ends = highs(high(a), high(b));
  return starts_earlier(a, b) && !before(a, b) &&
         (ends < 0 || (ends == 0 && (!a.high_included || b.high_included)));
}
bool overlaps_after(const Range& a, const Range& b) { return overlaps_before(b, a); }

bool same_end(End a, End b) { return (!a.value && !b.value) || (a.value && b.value && a.included == b.included); }

bool finishes(const Range& a, const Range& b) {
  int starts = lows(low(a), low(b));
  return highs(high(a), high(b)) == 0 && same_end(high(a), high(b)) &&
         (starts > 0 || (starts == 0 && (!a.low_included || b.low_included)));
}
bool point_finishes(const Value& p, const Range& r) {
  return r.has_high && compare_values(p, r.high) == 0 && r.high_included;
}
bool finished_by(const Range& a, const Range& b) { return finishes(b, a); }

bool includes(const Range& a, const Range& b) {
  int starts = lows(low(a), low(b)), ends = highs(high(a), high(b));
  return (starts < 0 || (starts == 0 && (a.low_included || !b.low_included))) &&
         (ends > 0 || (ends == 0 && (a.high_included || !b.high_included)));
}
bool point_during(const Value& p, const Range& r) { return !point_before(p, r) && !point_after(p, r); }
bool during(const Range& a, const Range& b) { return includes(b, a); }

bool starts(const Range& a, const Range& b) {
  int ends = highs(high(a), high(b));
  return lows(low(a), low(b)) == 0 && same_end(low(a), low(b)) &&
         (ends < 0 || (ends == 0 && (!a.high_included || b.high_included)));
}
bool point_starts(const Value& p, const Range& r) {
  return r.has_low && compare_values(p, r.low) == 0 && r.low_included;
}
bool started_by(const Range& a, const Range& b) { return starts(b, a); }

bool coincides(const Range& a, const Range& b) {
  return lows(low(a), low(b)) == 0 && same_end(low(a), low(b)) && highs(high(a), high(b)) == 0 &&
         same_end(high(a), high(b));
}

template <class Relation>
Value answer(Arguments a, Eval& eval, Relation relation) {
  try {
    return Value(relation());
  } catch (const Incomparable&) {
    return eval.fail([&] { return "cannot compare " + a[0].show() + " with " + a[1].show(); });
  }
}

template <Ranges relation>
Value ranges(Arguments a, Eval& eval) {
  return answer(a, eval, [&] { return relation(a[0].range(), a[1].range()); });
}
template <PointRange relation>
Value point_range(Arguments a, Eval& eval) {
  return answer(a, eval, [&] { return relation(a[0], a[1].range()); });
}
template <PointRange relation>
Value range_point(Arguments a, Eval& eval) {
  return answer(a, eval, [&] { return relation(a[1], a[0].range()); });
}
template <int sign>
Value points(Arguments a, Eval& eval) {
  return answer(a, eval, [&] {
    int o = compare_values(a[0], a[1]);
    return sign < 0 ? o < 0 : sign > 0 ? o > 0 : o == 0;
  });
}

// Only constants may stand at the ends: numbers, strings, @"…", date("…") and the like.
bool is_constant(const Node& node) {
  if (node.kind == NodeKind::literal) return !node.value.is_null();
  if (node.kind == NodeKind::negate) return is_constant(node.child(0));
  if (node.kind != NodeKind::call || node.child(0).kind != NodeKind::name) return false;
  for (std::string_view name : {"date", "time", "date and time", "duration"})
    if (node.child(0).text == name) return node.children.size() == 2 && node.child(1).kind == NodeKind::literal;
  return false;
}

Value range_from(Arguments a, Eval& eval) {
  auto refuse = [&] {
    return eval.fail([&] { return a[0].show() + " is no range of constants, for example \"[1..10)\""; });
  };
  Scope nothing;
  auto tree = parse(a[0].text(), nothing);
  if (!tree.ok()) return refuse();
  const Node& node = **tree;
  if (node.kind != NodeKind::range && node.kind != NodeKind::unary_test) return refuse();
  for (auto& end : node.children)
    if (!is_constant(*end)) return refuse();
  auto program = compile(a[0].text(), nothing);
  if (!program.ok()) return refuse();
  auto value = program->evaluate({});
  return value.ok() && value->is(Kind::range) ? *value : refuse();
}
}  // namespace

const std::vector<Builtin>& range_builtins() {
  using namespace kinds;
  constexpr Kinds point = number | string | date | time | date_time | days | months;
  static const Builtin::Parameter r1{"range1", range}, r2{"range2", range}, r{"range", range}, p{"point", point},
      p1{"point1", point}, p2{"point2", point};
  static const std::vector<Builtin> every = {
      {"before", {p1, p2}, false, points<-1>},
      {"before", {p, r}, false, point_range<point_before>},
      {"before", {r, p}, false, range_point<point_after>},
      {"before", {r1, r2}, false, ranges<before>},
      {"after", {p1, p2}, false, points<1>},
      {"after", {p, r}, false, point_range<point_after>},
      {"after", {r, p}, false, range_point<point_before>},
      {"after", {r1, r2}, false, ranges<after>},
      {"meets", {r1, r2}, false, ranges<meets>},
      {"met by", {r1, r2}, false, ranges<met_by>},
      {"overlaps", {r1, r2}, false, ranges<overlaps>},
      {"overlaps before", {r1, r2}, false, ranges<overlaps_before>},
      {"overlaps after", {r1, r2}, false, ranges<overlaps_after>},
      {"finishes", {p, r}, false, point_range<point_finishes>},
      {"finishes", {r1, r2}, false, ranges<finishes>},
      {"finished by", {r, p}, false, range_point<point_finishes>},
      {"finished by", {r1, r2}, false, ranges<finished_by>},
      {"includes", {r, p}, false, range_point<point_during>},
      {"includes", {r1, r2}, false, ranges<includes>},
      {"during", {p, r}, false, point_range<point_during>},
      {"during", {r1, r2}, false, ranges<during>},
      {"starts", {p, r}, false, point_range<point_starts>},
      {"starts", {r1, r2}, false, ranges<starts>},
      {"started by", {r, p}, false, range_point<point_starts>},
      {"started by", {r1, r2}, false, ranges<started_by>},
      {"coincides", {p1, p2}, false, points<0>},
      {"coincides", {r1, r2}, false, ranges<coincides>},
      {"range", {{"from", string}}, false, range_from},
  };
  return every;
}

}  // namespace guanhu::feel
