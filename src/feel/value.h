// A value of FEEL: 32 bytes, cheap to copy, immutable once made.
//
// Numbers, booleans, dates and durations stand in the value itself; strings, times, lists, contexts,
// ranges and functions are shared and counted (copies may be used in several threads at once).
// null is a value like the others; where it was born of an error, the evaluation's diagnostics say
// which (eval.h).
#pragma once
#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/decimal.h"

namespace guanhu::feel {

using base::Decimal;

enum class Kind : uint8_t {
  null,
  boolean,
  number,
  date,
  days_duration,
  months_duration,  // in the value itself
  string,
  time,
  date_time,
  list,
  context,
  range,
  function  // shared
};
// The name FEEL gives to the kind: "number", "date and time", "days and time duration", ...
std::string_view kind_name(Kind kind);

class Value;

// The base of everything shared: counts its owners.
class Shared {
 public:
  Shared() = default;
  Shared(const Shared&) = delete;
  Shared& operator=(const Shared&) = delete;
  virtual ~Shared() = default;
  // Lists within lists within ...: bounded, so that nothing that walks a value (or frees it) runs out
  // of stack. Throws NestingLimit beyond.
  static constexpr int kDeepest = 1000;
  int nesting() const { return nesting_; }
  bool only_owner() const { return owners_.load(std::memory_order_acquire) == 1; }
  void retain() const { owners_.fetch_add(1, std::memory_order_relaxed); }
  void release() const {
    if (owners_.fetch_sub(1, std::memory_order_acq_rel) == 1) delete this;
  }

 protected:
  void contains(const Value& part);  // sets the nesting
  void contain(const std::vector<Value>& parts);

 private:
  mutable std::atomic<uint32_t> owners_{1};
  uint16_t nesting_ = 0;
};

struct NestingLimit {};

// Nanoseconds; durations of any calendar span fit.
using Nanos = __int128;
constexpr int64_t kNanosPerSecond = 1'000'000'000;
constexpr int64_t kNanosPerDay = 86'400 * kNanosPerSecond;

struct Zone {
  enum Kind : uint8_t { local, offset, named };
  Kind kind = local;
  int32_t seconds = 0;  // east of UTC; of an offset zone
  std::string name;     // "Europe/Paris"; of a named zone
  friend bool operator==(const Zone&, const Zone&) = default;
};

struct TimeOfDay : Shared {
  TimeOfDay(int64_t n, Zone z) : nanos(n), zone(std::move(z)) {}
  int64_t nanos;  // since midnight, below a day
  Zone zone;
};

struct DateTime : Shared {
  DateTime(int64_t d, int64_t n, Zone z) : days(d), nanos(n), zone(std::move(z)) {}
  int64_t days;   // since 1970-01-01, wall clock of its zone
  int64_t nanos;  // since midnight
  Zone zone;
};

struct String;
struct List;
struct Context;
struct Range;
class Function;

class Value {
 public:
  Value() noexcept : wide_(0), kind_(Kind::null) {}
  Value(std::nullptr_t) noexcept : Value() {}  // NOLINT
  explicit Value(bool b) noexcept : wide_(b), kind_(Kind::boolean) {}
  Value(const Decimal& d) noexcept  // NOLINT
      : wide_(d.coefficient()), exponent_(d.exponent()), kind_(Kind::number) {}
  Value(int i) noexcept : wide_(i), kind_(Kind::number) {}      // NOLINT
  Value(int64_t i) noexcept : wide_(i), kind_(Kind::number) {}  // NOLINT
  static Value of(const std::optional<bool>& b) { return b ? Value(*b) : Value(); }
  static Value string(std::string text);
  static Value date(int64_t days) { return Value(Kind::date, days); }
  static Value time(int64_t nanos, Zone zone);
  static Value date_time(int64_t days, int64_t nanos, Zone zone);
  static Value days_duration(Nanos nanos) { return Value(Kind::days_duration, nanos); }
  static Value months_duration(int64_t months) { return Value(Kind::months_duration, months); }
  static Value list(std::vector<Value> items);
  static Value context(std::vector<std::pair<std::string, Value>> entries);
  // Takes over one ownership.
  static Value adopt(Kind kind, const Shared* shared) { return Value(kind, shared); }

  Value(const Value& o) noexcept : wide_(o.wide_), exponent_(o.exponent_), kind_(o.kind_) {
    if (is_shared()) shared()->retain();
  }
  Value(Value&& o) noexcept : wide_(o.wide_), exponent_(o.exponent_), kind_(o.kind_) { o.kind_ = Kind::null; }
  Value& operator=(const Value& o) noexcept {
    Value copy(o);
    swap(copy);
    return *this;
  }
  Value& operator=(Value&& o) noexcept {
    swap(o);
    return *this;
  }
  ~Value() {
    if (is_shared()) shared()->release();
  }
  void swap(Value& o) noexcept {
    std::swap(wide_, o.wide_);
    std::swap(exponent_, o.exponent_);
    std::swap(kind_, o.kind_);
  }

  Kind kind() const { return kind_; }
  bool is(Kind k) const { return kind_ == k; }
  bool is_null() const { return kind_ == Kind::null; }
  int nesting() const { return is_shared() ? shared()->nesting() : 0; }
  bool is_number() const { return kind_ == Kind::number; }
  bool is_true() const { return kind_ == Kind::boolean && wide_ != 0; }
  bool is_false() const { return kind_ == Kind::boolean && wide_ == 0; }

  // Each asks for the kind it names; kind() must have been looked at.
  bool boolean() const { return wide_ != 0; }
  Decimal number() const { return Decimal::raw(wide_, exponent_); }
  int64_t days() const { return static_cast<int64_t>(wide_); }
  Nanos nanos() const { return wide_; }
  int64_t months() const { return static_cast<int64_t>(wide_); }
  const std::string& text() const;
  const TimeOfDay& time() const { return *static_cast<const TimeOfDay*>(shared()); }
  const DateTime& date_time() const { return *static_cast<const DateTime*>(shared()); }
  const std::vector<Value>& items() const;
  const Context& context() const;
  const Range& range() const;
  const Function& function() const;
  const Shared* shared() const { return reinterpret_cast<const Shared*>(static_cast<uintptr_t>(wide_)); }

  // The literal a person would write: "abc" in quotes, dates as @"2025-01-01"; long values are cut
  // with "…" after about `limit` bytes. For messages and traces.
  std::string show(size_t limit = 80) const;

 private:
  bool is_shared() const { return kind_ >= Kind::string; }
  Value(Kind kind, __int128 wide) noexcept : wide_(wide), kind_(kind) {}
  Value(Kind kind, const Shared* shared) noexcept
      : wide_(static_cast<__int128>(reinterpret_cast<uintptr_t>(shared))), kind_(kind) {}

  __int128 wide_;
  int32_t exponent_ = 0;
  Kind kind_;
};
static_assert(sizeof(Value) == 32);

struct String : Shared {
  explicit String(std::string t) : text(std::move(t)) {}
  std::string text;  // UTF-8
};

struct List : Shared {
  explicit List(std::vector<Value> v) : items(std::move(v)) { contain(items); }
  void push(Value item) {  // only while it has one owner
    contains(item);
    items.push_back(std::move(item));
  }
  std::vector<Value> items;
};

// The names of a context's entries, in order, shared by all contexts made by the same literal.
class Shape {
 public:
  explicit Shape(std::vector<std::string> names);
  const std::vector<std::string>& names() const { return names_; }
  // The entry's index or -1. Of equal names the first counts (makers see to it that there are none).
  int find(std::string_view name) const;

 private:
  std::vector<std::string> names_;
  std::unordered_map<std::string_view, int> index_;  // only of long ones
};

struct Context : Shared {
  Context(std::shared_ptr<const Shape> s, std::vector<Value> v) : shape(std::move(s)), values(std::move(v)) {
    contain(values);
  }
  const Value* find(std::string_view name) const {
    int at = shape->find(name);
    return at < 0 ? nullptr : &values[static_cast<size_t>(at)];
  }
  size_t size() const { return values.size(); }
  std::shared_ptr<const Shape> shape;
  std::vector<Value> values;
};

// [low..high], (low..high), and the one-sided (< 5): the missing end is open.
struct Range : Shared {
  enum class Test : uint8_t { interval, less, less_equal, greater, greater_equal, equal, not_equal };
  Test test = Test::interval;  // how it was written; `equal` and `not_equal` keep their value in low
  bool has_low = true, has_high = true;
  bool low_included = false, high_included = false;
  Value low, high;
};

inline void Shared::contains(const Value& part) {
  int deeper = part.nesting() + 1;
  if (deeper > nesting_) nesting_ = static_cast<uint16_t>(deeper);
  if (deeper > kDeepest) throw NestingLimit();
}
inline void Shared::contain(const std::vector<Value>& parts) {
  for (auto& part : parts) contains(part);
}

inline const std::string& Value::text() const { return static_cast<const String*>(shared())->text; }
inline const std::vector<Value>& Value::items() const { return static_cast<const List*>(shared())->items; }
inline const Context& Value::context() const { return *static_cast<const Context*>(shared()); }
inline const Range& Value::range() const { return *static_cast<const Range*>(shared()); }

}  // namespace guanhu::feel
