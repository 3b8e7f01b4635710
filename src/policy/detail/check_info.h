// What is known of a value before anything is evaluated: its type, unit, bounds, whether it may be null.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "policy/decision.h"
#include "policy/detail/check_units.h"
#include "policy/pack.h"

namespace guanhu::policy::detail {

struct Info;
using InfoPtr = std::shared_ptr<const Info>;

// Everything left at its default is unknown, and what is unknown is never found wrong.
struct Info {
  TypeKind kind = TypeKind::any;
  bool null = false;   // may be null
  bool value = true;   // may be something else
  bool sure = false;   // `null` is known, not only never said
  bool soft = false;   // the bounds follow from parameters, which a bank may change
  bool maybe = false;  // a number nobody said anything about may well be 0 (an input, a figure)
  // Numbers.
  Unit unit;
  std::optional<Bound> low, high;
  bool integer = false, nonzero = false;
  // Text and booleans: the only values it may have, if they are known.
  std::optional<std::vector<std::string>> words;
  std::optional<bool> boolean;
  // Lists and contexts.
  InfoPtr element;
  bool filled = false;  // the list is not empty
  std::vector<std::pair<std::string, InfoPtr>> members;
  bool closed = false;  // of a context: it has no other members

  bool known() const { return kind != TypeKind::any; }
  bool only_null() const { return null && !value; }
  const Info* member(std::string_view name) const;
  bool may_be_zero() const;  // a number that is known to be able to be 0
  bool surely_zero() const;

  static Info of_kind(TypeKind kind);
  static Info nothing();  // null
  static Info of_type(const ValueType& type);
  static Info of_field(const Field& field);  // as formulas see it: its default stands in for what is absent
  static Info of_value(const feel::Value& value);
  // Over all stretches of time.
  static Info of_parameter(const Parameter& parameter);
  // One or the other.
  static Info either(const Info& a, const Info& b);
};

// "数字", "文字", "日期", …: for messages.
std::string_view chinese(TypeKind kind);

// Two texts that cannot be the same.
bool disjoint(const Info& a, const Info& b);
// Of two numbers; `less`: whether a < b (1 certainly, 0 certainly not, -1 unknown).
int less(const Info& a, const Info& b, bool or_equal);
Info sum_of(const Info& a, const Info& b);
Info difference(const Info& a, const Info& b);
Info product_of(const Info& a, const Info& b);
Info quotient(const Info& a, const Info& b);
Info negated(const Info& a);
// The smaller (or greater) of the two.
Info extreme_of(const Info& a, const Info& b, bool greatest);

}  // namespace guanhu::policy::detail
