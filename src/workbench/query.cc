// Specs as they are sent and kept, and what is wrong with them.
#include "workbench/query.h"

#include <algorithm>
#include <set>

#include "base/decimal.h"
#include "base/json_member.h"
#include "base/length.h"
#include "base/money.h"
#include "base/period.h"

namespace guanhu::workbench {

using base::Date;
using base::Decimal;
using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

constexpr size_t kAny = kQueryValues;

bool number_like(QueryType type) {
  return type == QueryType::money || type == QueryType::rate || type == QueryType::number ||
         type == QueryType::decimal;
}

// What is no text keeps its place as "", so that a refusal names the place that the writer sees.
std::vector<std::string> texts_of(const Json& of, const char* name) {
  std::vector<std::string> out;
  for (const Json& one : list_in(of, name)) out.push_back(one.as_string() ? *one.as_string() : "");
  return out;
}

JsonArray array_of(const std::vector<std::string>& texts) { return JsonArray(texts.begin(), texts.end()); }

Error wrong(const char* code, std::string message, std::string where, std::string hint = "") {
  return {code, std::move(message), std::move(where), std::move(hint)};
}

struct Part {
  std::string column, what;  // "due_on", "month"
};
Part part_of(const std::string& name) {
  const size_t colon = name.find(':');
  return colon == name.npos ? Part{name, ""} : Part{name.substr(0, colon), name.substr(colon + 1)};
}

class Reader {
 public:
  Reader(const Json& json, const QuerySource& source) : json_(json), source_(source) {}

  base::Result<QuerySpec> read() {
    out_.source = source_.name;
    out_.scheme = text_in(json_, "scheme"), out_.period = text_in(json_, "period");
    read_day();
    read_columns();
    read_filters();
    read_group();
    read_sums();
    read_sort();
    if (error_) return *error_;
    return std::move(out_);
  }

 private:
  void fail(Error error) {
    if (!error_) error_ = std::move(error);
  }
  const QueryColumn* column(const std::string& name, const std::string& where) {
    const QueryColumn* found = source_.column(name);
    if (!found) fail(wrong("query.column", "“" + source_.title + "”里没有列 " + name, where, "从列表里选"));
    return found;
  }
  bool open(const QueryColumn& of, const std::string& where, const char* what) {
    if (!of.personal) return true;
    fail(wrong("query.personal", "“" + of.title + "”是个人信息，不能" + what, where, "按客户号或客户名称查"));
    return false;
  }

  void read_day() {
    const std::string day = text_in(json_, "day");
    if (day.empty()) return;
    out_.day = Date::parse(day);
    if (!out_.day) fail(wrong("query.day", day + " 不是日期", "day", "写成 2025-12-31"));
  }

  void read_columns() {
    out_.columns = texts_of(json_, "columns");
    if (out_.columns.empty()) out_.columns = source_.shown;
    if (out_.columns.size() > kQueryColumns) fail(wrong("query.limit", "最多选 40 列", "columns"));
    std::set<std::string> seen;
    for (size_t i = 0; i < out_.columns.size(); ++i) {
      const std::string where = "columns/" + std::to_string(i);
      column(out_.columns[i], where);
      if (!seen.insert(out_.columns[i]).second) fail(wrong("query.column", "同一列选了两次", where));
    }
  }

  void read_filters() {
    const Json* list = json_.find("filters");
    if (!list || !list->as_array()) return;
    if (list->as_array()->size() > kQueryFilters) return fail(wrong("query.limit", "最多 20 个条件", "filters"));
    for (size_t i = 0; i < list->as_array()->size(); ++i) {
      const Json& one = (*list->as_array())[i];
      const std::string where = "filters/" + std::to_string(i);
      QueryFilter filter{text_in(one, "column"), text_in(one, "op"), texts_of(one, "values")};
      const QueryColumn* of = column(filter.column, where);
      if (!of) return;
      if (of->personal && !of->sealed) open(*of, where, "作条件");
      check(*of, filter, where);
      out_.filters.push_back(std::move(filter));
    }
  }

  void check(const QueryColumn& of, const QueryFilter& filter, const std::string& where) {
    const auto ops = ops_of(of);
    auto op = std::find_if(ops.begin(), ops.end(), [&](const QueryOp& o) { return o.name == filter.op; });
    if (op == ops.end() && of.personal) return (void)open(of, where, "这样作条件，只能填完整号码");
    if (op == ops.end())
      return fail(wrong("query.op", "“" + of.title + "”不能用条件 " + filter.op, where, "从列表里选"));
    const size_t n = filter.values.size();
    if (n > kAny || (op->values == kAny ? n == 0 : n != op->values))
      return fail(
          wrong("query.value", "条件“" + of.title + " " + op->title + "”的值的个数不对", where,
                op->values == kAny ? "至少选一个，最多 200 个" : "要 " + std::to_string(op->values) + " 个"));
    for (const std::string& value : filter.values)
      if (!fits(of, filter.op, value))
        return fail(
            wrong("query.value", "“" + of.title + "”的条件里，“" + value + "”不能用", where, expected(of)));
  }

  static bool whole(const std::string& value, int64_t most) {
    auto number = Decimal::parse(value);
    auto n = number ? number->to_int64() : std::nullopt;
    return n && *n >= 0 && *n <= most;
  }
  static bool fits(const QueryColumn& of, const std::string& op, const std::string& value) {
    if (base::characters(value) > 200 || value.find('\0') != value.npos) return false;
    if (op == "next_days" || op == "last_days" || op == "older_days") return whole(value, 36'600);
    if (op == "period") return base::Period::parse(value).has_value();
    if (of.type == QueryType::date) return Date::parse(value).has_value();
    if (of.type == QueryType::money) return base::parse_fen(value).has_value();
    if (number_like(of.type)) {
      auto number = Decimal::parse(value);
      // The statement binds millionths: what is larger cannot be meant.
      return number && *number <= Decimal(1'000'000'000'000) && *number >= Decimal(-1'000'000'000'000);
    }
    if (of.type == QueryType::yes_no) return value == "true" || value == "false";
    if (of.type == QueryType::choice)
      return std::any_of(of.words.begin(), of.words.end(), [&](const QueryWord& w) { return w.code == value; });
    return !value.empty();
  }
  static std::string expected(const QueryColumn& of) {
    switch (of.type) {
      case QueryType::date: return "日期写成 2025-12-31，天数写整数，期间写成 2025、2025Q4、2025-12";
      case QueryType::money: return "金额最多两位小数，不加逗号";
      case QueryType::choice: return "从列表里选";
      case QueryType::yes_no: return "选是或否";
      case QueryType::rate:
      case QueryType::number:
      case QueryType::decimal: return "写数字";
      default: return "写文字，最多 200 个字";
    }
  }

  void read_group() {
    out_.group = texts_of(json_, "group");
    if (out_.group.size() > 6) fail(wrong("query.limit", "最多按 6 列分组", "group"));
    std::set<std::string> seen;
    for (size_t i = 0; i < out_.group.size(); ++i) {
      const std::string where = "group/" + std::to_string(i);
      const Part part = part_of(out_.group[i]);
      const QueryColumn* of = column(part.column, where);
      if (!of || !open(*of, where, "分组")) return;
      const bool by_day = part.what == "month" || part.what == "quarter" || part.what == "year";
      const bool right = part.what.empty() || (by_day && of->type == QueryType::date) ||
                         (part.what == "bands" && !of->bands.empty());
      if (!right) fail(wrong("query.group", "“" + of->title + "”不能这样分组", where));
      if (!seen.insert(out_.group[i]).second) fail(wrong("query.column", "同一列分组两次", where));
    }
  }

  void read_sums() {
    const Json* list = json_.find("sums");
    if (!list || !list->as_array()) return;
    if (list->as_array()->size() > kQueryColumns) return fail(wrong("query.limit", "最多 40 个合计", "sums"));
    std::set<std::string> seen;
    for (size_t i = 0; i < list->as_array()->size(); ++i) {
      const std::string where = "sums/" + std::to_string(i);
      QuerySum sum{text_in((*list->as_array())[i], "column"), text_in((*list->as_array())[i], "what")};
      const QueryColumn* of = column(sum.column, where);
      if (!of || !open(*of, where, "合计")) return;
      const bool ends = sum.what == "least" || sum.what == "most";
      const bool right = ends                ? number_like(of->type) || of->type == QueryType::date
                         : sum.what == "sum" ? number_like(of->type) && of->adds
                                             : sum.what == "average" && number_like(of->type);
      if (!right)
        fail(wrong("query.sum", "“" + of->title + "”不能这样合计", where, "金额、户数可以合计，比率只能求平均"));
      if (!seen.insert(sum.what + ":" + sum.column).second)
        fail(wrong("query.column", "同一个合计写了两次", where));
      out_.sums.push_back(std::move(sum));
    }
  }

  void read_sort() {
    const Json* list = json_.find("sort");
    if (!list || !list->as_array()) return;
    if (list->as_array()->size() > 6) return fail(wrong("query.limit", "最多按 6 列排序", "sort"));
    for (size_t i = 0; i < list->as_array()->size(); ++i) {
      const Json& one = (*list->as_array())[i];
      const std::string where = "sort/" + std::to_string(i);
      const Json* down = one.find("down");
      QuerySort sort{text_in(one, "column"), down && down->as_bool() && *down->as_bool()};
      if (!out_.grouped()) {
        const QueryColumn* of = column(sort.column, where);
        if (!of || !open(*of, where, "排序")) return;
      } else {
        const bool there = sort.column == "count" ||
                           std::find(out_.group.begin(), out_.group.end(), sort.column) != out_.group.end() ||
                           std::any_of(out_.sums.begin(), out_.sums.end(),
                                       [&](const QuerySum& s) { return s.what + ":" + s.column == sort.column; });
        if (!there) return fail(wrong("query.column", "结果里没有列 " + sort.column, where));
      }
      out_.sort.push_back(std::move(sort));
    }
  }

  const Json& json_;
  const QuerySource& source_;
  QuerySpec out_;
  std::optional<Error> error_;
};

}  // namespace

std::string_view query_type_name(QueryType type) {
  constexpr std::string_view kNames[] = {"text", "choice", "money", "rate",  "number",  "decimal",
                                         "date", "yes_no", "org",   "staff", "customer"};
  return kNames[static_cast<size_t>(type)];
}

const QueryColumn* QuerySource::column(const std::string& wanted) const {
  for (const auto& one : columns)
    if (one.name == wanted) return &one;
  return nullptr;
}

std::string source_of(const Json& spec) { return text_in(spec, "source"); }

base::Result<QuerySpec> read_query(const Json& spec, const QuerySource& source) {
  if (source_of(spec) != source.name)
    return wrong("query.source", "没有数据来源 " + source_of(spec), "source", "从列表里选");
  return Reader(spec, source).read();
}

Json to_json(const QuerySpec& spec) {
  JsonArray filters, sums, sort;
  for (const auto& one : spec.filters)
    filters.push_back(JsonObject{{"column", one.column}, {"op", one.op}, {"values", array_of(one.values)}});
  for (const auto& one : spec.sums) sums.push_back(JsonObject{{"column", one.column}, {"what", one.what}});
  for (const auto& one : spec.sort) sort.push_back(JsonObject{{"column", one.column}, {"down", one.down}});
  return JsonObject{{"source", spec.source},
                    {"columns", array_of(spec.columns)},
                    {"filters", std::move(filters)},
                    {"group", array_of(spec.group)},
                    {"sums", std::move(sums)},
                    {"sort", std::move(sort)},
                    {"day", spec.day ? Json(spec.day->str()) : Json()},
                    {"scheme", spec.scheme},
                    {"period", spec.period}};
}

std::vector<QueryOp> ops_of(const QueryColumn& column) {
  const QueryOp none{"none", "没有", 0}, some{"some", "有", 0};
  if (column.personal) {
    if (!column.sealed) return {};
    return {{"is", "完整号码是", 1}};
  }
  switch (column.type) {
    case QueryType::text:
      return {{"contains", "含", 1},
              {"is", "是", 1},
              {"begins", "开头是", 1},
              {"not", "不含", 1},
              {"in", "是其中之一", kAny},
              none,
              some};
    case QueryType::choice: return {{"in", "是", kAny}, {"not_in", "不是", kAny}, none, some};
    case QueryType::org:
      return {{"below", "属于(含下级)", kAny}, {"in", "是", kAny}, {"not_in", "不是", kAny}, none, some};
    case QueryType::staff: return {{"me", "是我", 0}, {"in", "是", kAny}, {"not_in", "不是", kAny}, none, some};
    case QueryType::customer: return {{"in", "是", kAny}, {"begins", "开头是", 1}, none, some};
    case QueryType::yes_no: return {{"is", "是", 1}};
    case QueryType::date:
      return {{"next_days", "今后几天内", 1},
              {"last_days", "最近几天内", 1},
              {"older_days", "早于几天前或没有", 1},
              {"on", "在", 1},
              {"from", "从", 1},
              {"to", "到", 1},
              {"between", "之间", 2},
              {"period", "在期间", 1},
              {"this_month", "本月", 0},
              {"this_quarter", "本季", 0},
              {"this_year", "本年", 0},
              none,
              some};
    default:
      return {{"from", "不小于", 1},
              {"to", "不大于", 1},
              {"above", "大于", 1},
              {"below", "小于", 1},
              {"between", "之间", 2},
              {"is", "等于", 1},
              none,
              some};
  }
}

std::string said(const QuerySource& source, const QuerySpec& spec, const QueryContext& context) {
  std::string out;
  for (const auto& filter : spec.filters) {
    const QueryColumn* of = source.column(filter.column);
    if (!of) continue;
    std::string title = filter.op;
    for (const auto& op : ops_of(*of))
      if (op.name == filter.op) title = op.title;
    out += (out.empty() ? "" : "；") + of->title + " " + title;
    for (size_t i = 0; i < filter.values.size(); ++i) {
      std::string value = of->personal ? std::string("•••") : filter.values[i];
      for (const auto& word : of->words)
        if (word.code == value) value = word.text;
      if (of->type == QueryType::yes_no) value = value == "true" ? "是" : "否";
      if (context.name_of && !of->personal) value = context.name_of(of->type, value);
      out += (i == 0 ? " " : "、") + value;
    }
  }
  return out;
}

}  // namespace guanhu::workbench
