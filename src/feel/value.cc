#include "feel/value.h"

#include "feel/format.h"

namespace guanhu::feel {

std::string_view kind_name(Kind kind) {
  switch (kind) {
    case Kind::null: return "null";
    case Kind::boolean: return "boolean";
    case Kind::number: return "number";
    case Kind::date: return "date";
    case Kind::days_duration: return "days and time duration";
    case Kind::months_duration: return "years and months duration";
    case Kind::string: return "string";
    case Kind::time: return "time";
    case Kind::date_time: return "date and time";
    case Kind::list: return "list";
    case Kind::context: return "context";
    case Kind::range: return "range";
    case Kind::function: return "function";
  }
  return "value";
}

Value Value::string(std::string text) { return adopt(Kind::string, new String(std::move(text))); }
Value Value::time(int64_t nanos, Zone zone) { return adopt(Kind::time, new TimeOfDay(nanos, std::move(zone))); }
Value Value::date_time(int64_t days, int64_t nanos, Zone zone) {
  return adopt(Kind::date_time, new DateTime(days, nanos, std::move(zone)));
}
Value Value::list(std::vector<Value> items) { return adopt(Kind::list, new List(std::move(items))); }

Value Value::context(std::vector<std::pair<std::string, Value>> entries) {
  std::vector<std::string> names;
  std::vector<Value> values;
  names.reserve(entries.size());
  values.reserve(entries.size());
  for (auto& [name, value] : entries) {
    names.push_back(std::move(name));
    values.push_back(std::move(value));
  }
  return adopt(Kind::context, new Context(std::make_shared<Shape>(std::move(names)), std::move(values)));
}

std::string Value::show(size_t limit) const {
  std::string out;
  write_literal(*this, out, limit);
  return out;
}

namespace {
constexpr size_t kLongShape = 8;
}

Shape::Shape(std::vector<std::string> names) : names_(std::move(names)) {
  if (names_.size() <= kLongShape) return;
  index_.reserve(names_.size());
  for (size_t i = 0; i < names_.size(); ++i) index_.emplace(names_[i], static_cast<int>(i));
}

int Shape::find(std::string_view name) const {
  if (names_.size() > kLongShape) {
    auto at = index_.find(name);
    return at == index_.end() ? -1 : at->second;
  }
  for (size_t i = 0; i < names_.size(); ++i)
    if (names_[i] == name) return static_cast<int>(i);
  return -1;
}

}  // namespace guanhu::feel
