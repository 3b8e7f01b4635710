#include "policy/detail/check_info.h"

#include <algorithm>

namespace guanhu::policy::detail {

using base::Decimal;

namespace {

TypeKind kind_of(feel::Kind kind) {
  switch (kind) {
    case feel::Kind::boolean: return TypeKind::boolean;
    case feel::Kind::number: return TypeKind::number;
    case feel::Kind::string: return TypeKind::string;
    case feel::Kind::date: return TypeKind::date;
    case feel::Kind::time: return TypeKind::time;
    case feel::Kind::date_time: return TypeKind::date_time;
    case feel::Kind::days_duration: return TypeKind::days_duration;
    case feel::Kind::months_duration: return TypeKind::months_duration;
    case feel::Kind::list: return TypeKind::list;
    case feel::Kind::context: return TypeKind::context;
    default: return TypeKind::any;
  }
}

// Which of the two bounds lies further out (`up`: above).
std::optional<Bound> outer(const std::optional<Bound>& a, const std::optional<Bound>& b, bool up) {
  if (!a || !b) return std::nullopt;
  if (a->value == b->value) return Bound{a->value, a->included || b->included};
  return (a->value < b->value) == up ? b : a;
}
std::optional<Bound> inner(const std::optional<Bound>& a, const std::optional<Bound>& b, bool up) {
  if (!a) return b;
  if (!b) return a;
  if (a->value == b->value) return Bound{a->value, a->included && b->included};
  return (a->value < b->value) == up ? b : a;
}

std::optional<Bound> flipped(const std::optional<Bound>& bound) {
  if (!bound) return bound;
  return Bound{bound->value.negated(), bound->included};
}

std::optional<Bound> added(const std::optional<Bound>& a, const std::optional<Bound>& b) {
  if (!a || !b) return std::nullopt;
  auto value = Decimal::add(a->value, b->value);
  if (!value) return std::nullopt;
  return Bound{*value, a->included && b->included};
}

bool at_least_zero(const Info& info) { return info.low && !info.low->value.is_negative(); }
bool above_zero(const Info& info) {
  return at_least_zero(info) && (info.nonzero || !info.low->included || !info.low->value.is_zero());
}

Info number_of(const Info& a, const Info& b) {
  Info out = Info::of_kind(TypeKind::number);
  out.soft = a.soft || b.soft;
  out.maybe = a.maybe && b.maybe;
  out.sure = true;  // what has no result is an error, not null
  return out;
}

}  // namespace

const Info* Info::member(std::string_view name) const {
  for (const auto& [own, info] : members)
    if (own == name) return info.get();
  return nullptr;
}

bool Info::may_be_zero() const {
  if (kind != TypeKind::number || nonzero || !value) return false;
  if (low && (low->value > Decimal(0) || (low->value.is_zero() && !low->included))) return false;
  if (high && (high->value < Decimal(0) || (high->value.is_zero() && !high->included))) return false;
  return maybe || (low && high && low->value == high->value);
}

bool Info::surely_zero() const {
  return kind == TypeKind::number && low && high && low->value.is_zero() && high->value.is_zero();
}

Info Info::of_kind(TypeKind kind) {
  Info out;
  out.kind = kind;
  return out;
}

Info Info::nothing() {
  Info out;
  out.null = out.sure = true;
  out.value = false;
  return out;
}

Info Info::of_type(const ValueType& type) {
  Info out = of_kind(type.kind);
  out.null = type.nullable;
  out.maybe = out.sure = true;
  out.unit = Unit::parse(type.unit);
  out.low = type.low;
  out.high = type.high;
  out.integer = type.integer;
  if (type.kind == TypeKind::string && !type.words.empty()) out.words = type.words;
  if (type.element) out.element = std::make_shared<const Info>(of_type(*type.element));
  for (const Field& field : type.members)
    out.members.emplace_back(field.name, std::make_shared<const Info>(of_field(field)));
  out.closed = !type.members.empty();
  return out;
}

Info Info::of_field(const Field& field) {
  Info out = of_type(*field.type);
  if (field.optional) out.null = !field.otherwise || field.otherwise->is_null();
  return out;
}

Info Info::of_value(const feel::Value& value) {
  if (value.is_null()) return nothing();
  Info out = of_kind(kind_of(value.kind()));
  out.sure = true;
  if (value.is_number()) {
    out.low = out.high = Bound{value.number(), true};
    out.integer = value.number().is_integer();
    out.maybe = true;
  }
  if (value.is(feel::Kind::string)) out.words = std::vector<std::string>{value.text()};
  if (value.is(feel::Kind::boolean)) out.boolean = value.boolean();
  if (value.is(feel::Kind::list)) {
    out.filled = !value.items().empty();
    std::optional<Info> element;
    for (const feel::Value& item : value.items())
      element = element ? either(*element, of_value(item)) : of_value(item);
    if (element) out.element = std::make_shared<const Info>(*element);
  }
  return out;
}

Info Info::of_parameter(const Parameter& parameter) {
  std::optional<Info> out;
  bool zero = false;
  for (const DatedValue& dated : parameter.values) {
    Info one = of_value(dated.constant);
    // Older readers keep the number alone.
    if (dated.constant.is_null()) one = of_value(feel::Value(dated.value));
    zero = zero || one.surely_zero();
    out = out ? either(*out, one) : one;
  }
  if (!out) return {};
  out->unit = Unit::parse(parameter.unit);
  out->soft = true;
  out->nonzero = !zero;
  out->words.reset();  // a bank may choose another word
  out->boolean.reset();
  return *out;
}

Info Info::either(const Info& a, const Info& b) {
  if (a.only_null() || b.only_null()) {
    Info out = a.only_null() ? b : a;
    out.null = true;
    return out;
  }
  Info out;
  out.null = a.null || b.null;
  if (a.kind != b.kind) return out;
  out.kind = a.kind;
  out.soft = a.soft || b.soft;
  out.maybe = a.may_be_zero() || b.may_be_zero() || (a.maybe && b.maybe);
  out.sure = a.sure && b.sure;
  if (a.unit == b.unit) out.unit = a.unit;
  else if (!a.unit.known() && a.low && a.high && a.low->value == a.high->value) out.unit = b.unit;  // a literal
  else if (!b.unit.known() && b.low && b.high && b.low->value == b.high->value) out.unit = a.unit;
  out.low = outer(a.low, b.low, false);
  out.high = outer(a.high, b.high, true);
  out.integer = a.integer && b.integer;
  out.nonzero = !a.may_be_zero() && !b.may_be_zero() && a.maybe && b.maybe;
  if (a.words && b.words) {
    out.words = a.words;
    for (const std::string& word : *b.words)
      if (std::find(out.words->begin(), out.words->end(), word) == out.words->end()) out.words->push_back(word);
  }
  if (a.boolean == b.boolean) out.boolean = a.boolean;
  if (a.element && b.element) out.element = std::make_shared<const Info>(either(*a.element, *b.element));
  else if (a.element && a.kind == TypeKind::list && !b.filled && !b.element) out.element = a.element;
  else if (b.element && b.kind == TypeKind::list && !a.filled && !a.element) out.element = b.element;
  out.filled = a.filled && b.filled;
  for (const auto& [name, info] : a.members)
    if (const Info* other = b.member(name))
      out.members.emplace_back(name, std::make_shared<const Info>(either(*info, *other)));
  out.closed =
      a.closed && b.closed && out.members.size() == a.members.size() && out.members.size() == b.members.size();
  return out;
}

std::string_view chinese(TypeKind kind) {
  switch (kind) {
    case TypeKind::boolean: return "是或否";
    case TypeKind::number: return "数字";
    case TypeKind::string: return "文字";
    case TypeKind::date: return "日期";
    case TypeKind::time: return "时间";
    case TypeKind::date_time: return "日期时间";
    case TypeKind::days_duration: return "天数时长";
    case TypeKind::months_duration: return "年月时长";
    case TypeKind::list: return "列表";
    case TypeKind::context: return "一组值";
    case TypeKind::any: break;
  }
  return "任意值";
}

bool disjoint(const Info& a, const Info& b) {
  return a.words && b.words && std::none_of(a.words->begin(), a.words->end(), [&](const std::string& word) {
           return std::find(b.words->begin(), b.words->end(), word) != b.words->end();
         });
}

int less(const Info& a, const Info& b, bool or_equal) {
  if (a.high && b.low) {
    bool both = a.high->included && b.low->included;
    if (a.high->value < b.low->value || (a.high->value == b.low->value && (or_equal || !both))) return 1;
  }
  if (a.low && b.high) {
    bool both = a.low->included && b.high->included;
    if (a.low->value > b.high->value || (a.low->value == b.high->value && (!or_equal || !both))) return 0;
  }
  return -1;
}

Info sum_of(const Info& a, const Info& b) {
  Info out = number_of(a, b);
  out.low = added(a.low, b.low);
  out.high = added(a.high, b.high);
  out.integer = a.integer && b.integer;
  out.nonzero = (at_least_zero(a) && above_zero(b)) || (above_zero(a) && at_least_zero(b));
  return out;
}

Info difference(const Info& a, const Info& b) { return sum_of(a, negated(b)); }

Info negated(const Info& a) {
  Info out = a;
  out.low = flipped(a.high);
  out.high = flipped(a.low);
  return out;
}

Info product_of(const Info& a, const Info& b) {
  Info out = number_of(a, b);
  out.maybe = a.may_be_zero() || b.may_be_zero();
  if (at_least_zero(a) && at_least_zero(b)) {
    out.low = Bound{Decimal(0), true};
    if (auto low = Decimal::multiply(a.low->value, b.low->value))
      out.low = Bound{*low, a.low->included && b.low->included};
    if (out.low->value.is_zero()) out.low->included = !(above_zero(a) && above_zero(b));
    if (a.high && b.high)
      if (auto high = Decimal::multiply(a.high->value, b.high->value))
        out.high = Bound{*high, (a.high->included && b.high->included) || high->is_zero()};
  }
  out.integer = a.integer && b.integer;
  out.nonzero = !a.may_be_zero() && a.maybe && !b.may_be_zero() && b.maybe;
  return out;
}

Info quotient(const Info& a, const Info& b) {
  Info out = number_of(a, b);
  out.maybe = a.maybe;
  if (at_least_zero(a) && at_least_zero(b)) out.low = Bound{Decimal(0), !above_zero(a)};
  out.nonzero = !a.may_be_zero() && a.maybe;
  return out;
}

Info extreme_of(const Info& a, const Info& b, bool greatest) {
  Info out = Info::either(a, b);
  out.low = greatest ? inner(a.low, b.low, true) : outer(a.low, b.low, false);
  out.high = greatest ? outer(a.high, b.high, true) : inner(a.high, b.high, false);
  return out;
}

}  // namespace guanhu::policy::detail
