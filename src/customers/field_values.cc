// Values of own fields: read from what people write, kept to be found.
#include <algorithm>
#include <charconv>

#include "customers/field.h"
#include "customers/intake_text.h"

namespace guanhu::customers {

using base::Error;
using base::Json;
using base::JsonArray;
using store::Value;

namespace {

constexpr size_t kTextLimit = 500;  // characters of one value

Error wrong(const Field& field, std::string message) {
  return {"field.value", field.title + "：" + std::move(message), field.title, ""};
}

base::Result<std::string> read_yes_no(const Field& field, const std::string& text) {
  for (const char* yes : {"yes", "是", "有", "Y", "y", "TRUE", "true", "1", "√"})
    if (text == yes) return std::string("yes");
  for (const char* no : {"no", "否", "无", "N", "n", "FALSE", "false", "0", "×"})
    if (text == no) return std::string("no");
  return wrong(field, "写“是”或“否”");
}

base::Result<std::string> read_one(const Field& field, const std::string& text) {
  if (field.type == "number") {
    auto number = read_number(text);
    if (!number) return wrong(field, "“" + text + "”不是数(整数不超过 12 位、小数不超过 6 位)");
    return number->str();
  }
  if (field.type == "date") {
    auto day = read_day(text);
    if (!day) return wrong(field, "“" + text + "”不是日期，写成 2025-12-31");
    return day->str();
  }
  if (field.type == "yes_no") return read_yes_no(field, text);
  if (field.type == "choice" || field.type == "choices") {
    if (std::find(field.choices.begin(), field.choices.end(), text) != field.choices.end()) return text;
    std::string allowed;
    for (size_t i = 0; i < std::min<size_t>(field.choices.size(), 8); ++i)
      allowed += (i ? "、" : "") + field.choices[i];
    return wrong(field, "没有“" + text + "”这个选项，可选：" + allowed + (field.choices.size() > 8 ? " 等" : ""));
  }
  if (characters_in(text) > kTextLimit) return wrong(field, "超过 " + std::to_string(kTextLimit) + " 个字");
  return text;
}

// What is compared: numbers in millionths, dates in days.
std::optional<int64_t> comparable(const Field& field, const std::string& value) {
  if (field.type == "date") {
    auto day = base::Date::parse(value);
    return day ? std::optional<int64_t>(day->days()) : std::nullopt;
  }
  if (field.type != "number") return std::nullopt;
  auto number = base::Decimal::parse(value);
  if (!number) return std::nullopt;
  auto scaled = base::Decimal::multiply(*number, base::Decimal(int64_t{1'000'000}));
  return scaled ? scaled->to_int64() : std::nullopt;
}

}  // namespace

base::Result<Values> read_value(const Field& field, std::string_view given) {
  Values out;
  std::string text = trimmed(given);
  if (text.empty()) return out;
  for (const auto& part : field.type == "choices" ? parted(text) : std::vector<std::string>{text}) {
    auto one = read_one(field, part);
    if (!one) return one.error();
    if (std::find(out.begin(), out.end(), *one) == out.end()) out.push_back(std::move(*one));
  }
  return out;
}

base::Result<Values> read_json(const Field& field, const Json& json) {
  if (json.is_null()) return Values{};
  if (json.as_string()) return read_value(field, std::string_view(*json.as_string()));
  if (!json.as_array() || field.type != "choices") return wrong(field, "要写成文本");
  Values out;
  for (const Json& one : *json.as_array()) {
    if (!one.as_string()) return wrong(field, "要写成文本");
    auto part = read_one(field, *one.as_string());
    if (!part) return part.error();
    if (std::find(out.begin(), out.end(), *part) == out.end()) out.push_back(std::move(*part));
  }
  return out;
}

Json value_json(const Field& field, const Values& values) {
  if (values.empty()) return {};
  if (field.type != "choices") return Json(values.front());
  JsonArray out;
  for (const auto& value : values) out.push_back(value);
  return out;
}

void put_values(store::Session& session, const std::string& customer,
                const std::vector<std::pair<int64_t, Values>>& values, const std::vector<Field>& known) {
  session.exec("DELETE FROM customer_values WHERE customer = ?", {Value(customer)});
  for (const auto& [id, list] : values) {
    auto field = std::find_if(known.begin(), known.end(), [id = id](const Field& f) { return f.id == id; });
    for (size_t i = 0; i < list.size(); ++i) {
      auto number = field == known.end() ? std::nullopt : comparable(*field, list[i]);
      session.exec("INSERT INTO customer_values (customer, field, place, value, number) VALUES (?, ?, ?, ?, ?)",
                   {Value(customer), Value(id), Value(static_cast<int64_t>(i)), Value(list[i]),
                    number ? Value(*number) : Value()});
    }
  }
}

std::vector<std::pair<std::string, Values>> values_of(store::Session& session, int64_t field,
                                                      std::span<const std::string> customers) {
  std::vector<std::pair<std::string, Values>> out;
  for (const auto& customer : customers) {
    Values values;
    for (const auto& row : session.query("SELECT value FROM customer_values WHERE customer = ? AND field = ? "
                                         "ORDER BY place",
                                         {Value(customer), Value(field)}))
      values.push_back(row.text(0));
    if (!values.empty()) out.emplace_back(customer, std::move(values));
  }
  return out;
}

std::optional<FieldCondition> parse_condition(std::string_view text) {
  FieldCondition out;
  const size_t first = text.find(':');
  if (first == text.npos || first == 0 || first > 15) return std::nullopt;
  auto [end, bad] = std::from_chars(text.data(), text.data() + first, out.field);
  if (bad != std::errc() || end != text.data() + first) return std::nullopt;
  const size_t second = text.find(':', first + 1);
  out.op = std::string(text.substr(first + 1, second == text.npos ? text.npos : second - first - 1));
  if (second != text.npos) out.value = std::string(text.substr(second + 1));
  const bool bare = out.op == "has" || out.op == "none";
  const bool valued = out.op == "is" || out.op == "from" || out.op == "to";
  if (bare != (second == text.npos) || (!bare && !valued)) return std::nullopt;
  return out;
}

base::Result<std::vector<std::string>> customers_with(store::Session& session, const FieldCondition& condition) {
  auto of = field(session, condition.field);
  if (!of) return Error{"field.unknown", "没有这个自定义字段", std::to_string(condition.field), ""};
  std::string sql = "SELECT DISTINCT customer FROM customer_values WHERE field = ?";
  std::vector<Value> values = {Value(condition.field)};
  if (condition.op == "is") {
    sql += of->type == "text" ? " AND value LIKE ?" : " AND value = ?";
    values.emplace_back(of->type == "text" ? "%" + condition.value + "%" : condition.value);
  } else if (condition.op == "from" || condition.op == "to") {
    auto read = read_value(*of, std::string_view(condition.value));
    auto bound = read.ok() && !read->empty() ? comparable(*of, read->front()) : std::nullopt;
    if (!bound) return Error{"field.condition", of->title + "：只有数值和日期能按范围查", condition.value, ""};
    sql += condition.op == "from" ? " AND number >= ?" : " AND number <= ?";
    values.emplace_back(*bound);
  }
  std::vector<std::string> out;
  for (const auto& row : session.query(sql + " ORDER BY customer", std::span<const Value>(values)))
    out.push_back(row.text(0));
  std::sort(out.begin(), out.end());  // by bytes, whatever the database thinks of letters
  return out;
}

}  // namespace guanhu::customers
