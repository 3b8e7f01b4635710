#include "dmn/tck_values.h"

#include "feel/compare.h"
#include "feel/temporal.h"

namespace guanhu::dmn {
namespace {
using feel::Kind;
using feel::Value;

constexpr std::string_view kInstance = "http://www.w3.org/2001/XMLSchema-instance";

// An attribute of XML Schema's instance namespace, whatever its prefix.
std::string instance_attribute(Element element, std::string_view name) {
  for (auto attribute : element.attributes()) {
    std::string_view full = attribute.name();
    size_t colon = full.find(':');
    if (colon == std::string_view::npos || full.substr(colon + 1) != name) continue;
    if (namespace_of(element, full.substr(0, colon)) == kInstance || full.substr(0, colon) == "xsi")
      return attribute.value();
  }
  return "";
}

bool is_nil(Element element) {
  std::string nil = instance_attribute(element, "nil");
  return nil == "true" || nil == "1";
}

Value scalar(Element element) {
  if (is_nil(element)) return {};
  std::string text = text_of(element), type = instance_attribute(element, "type");
  if (size_t colon = type.find(':'); colon != std::string::npos) type = type.substr(colon + 1);
  if (type.empty() || type == "string") return Value::string(std::move(text));
  text = trimmed(text);
  if (type == "boolean") return Value(text == "true" || text == "1");
  std::optional<Value> value;
  if (type == "date") value = feel::parse_date(text);
  else if (type == "time") value = feel::parse_time(text);
  else if (type == "dateTime") value = feel::parse_date_time(text);
  else if (type == "duration" || type == "dayTimeDuration" || type == "yearMonthDuration")
    value = feel::parse_duration(text);
  else if (auto number = base::Decimal::parse(text)) value = Value(*number);
  return value ? *value : Value::string(std::move(text));
}

bool close(const base::Decimal& a, const base::Decimal& b) {
  static const base::Decimal kTolerance = *base::Decimal::parse("0.00000001");
  if (a == b) return true;
  auto difference = base::Decimal::subtract(a, b);
  if (!difference) return false;
  if (*difference < base::Decimal(0)) difference = difference->negated();
  return *difference <= kTolerance;
}
}  // namespace

Value read_value(Element element) {
  if (is_nil(element)) return {};
  std::vector<std::pair<std::string, Value>> entries;
  for (Element part : children(element)) {
    std::string_view name = local_name(part);
    if (name == "value") return scalar(part);
    if (name == "list") {
      if (is_nil(part)) return {};
      std::vector<Value> items;
      for (Element item : children(part, "item")) items.push_back(read_value(item));
      return Value::list(std::move(items));
    }
    if (name == "component") entries.emplace_back(attribute(part, "name"), read_value(part));
  }
  return entries.empty() ? Value() : Value::context(std::move(entries));
}

bool same_value(const Value& expected, const Value& got) {
  if (expected.is_number() && got.is_number()) return close(expected.number(), got.number());
  if (expected.kind() != got.kind()) return false;
  if (expected.is(Kind::list)) {
    auto &a = expected.items(), &b = got.items();
    if (a.size() != b.size()) return false;
    for (size_t i = 0; i < a.size(); ++i)
      if (!same_value(a[i], b[i])) return false;
    return true;
  }
  if (expected.is(Kind::context)) {
    const feel::Context &a = expected.context(), &b = got.context();
    if (a.size() != b.size()) return false;
    for (size_t i = 0; i < a.size(); ++i) {
      const Value* other = b.find(a.shape->names()[i]);
      if (!other || !same_value(a.values[i], *other)) return false;
    }
    return true;
  }
  return feel::equal(expected, got) == true;
}

}  // namespace guanhu::dmn
