// Spreadsheets of a decision: the template, rows asked, answers beside them.
#include <algorithm>
#include <set>

#include "api/policy_json.h"
#include "api/policy_trial.h"
#include "feel/json.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using policy::TypeKind;

namespace {

// What a sheet of answers adds to the inputs: left out when it is sent back.
constexpr const char *kResult = "结果", *kRules = "依据", *kError = "错误", *kOn = "参数日期";

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (size_t at = text.find(from); at != text.npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

Json number_of(const std::string& text) {
  if (auto value = base::Decimal::parse(replaced(replaced(text, ",", ""), "，", ""))) return Json(*value);
  return Json(text);
}

Json truth_of(const std::string& text) {
  for (const char* yes : {"是", "TRUE", "true", "1", "对", "真"})
    if (text == yes) return true;
  for (const char* no : {"否", "FALSE", "false", "0", "不是", "假"})
    if (text == no) return false;
  return text;
}

// "2024/3/1", "2024.3.1", "2024年3月1日": as people write days.
Json day_of(const std::string& text) {
  std::string plain = replaced(replaced(replaced(text, "年", "-"), "月", "-"), "日", "");
  for (char& c : plain) c = c == '/' || c == '.' ? '-' : c;
  std::vector<std::string> parts(1);
  for (char c : plain)
    if (c == '-') parts.emplace_back();
    else parts.back() += c;
  if (parts.size() != 3) return text;
  for (size_t i : {1u, 2u})
    if (parts[i].size() == 1) parts[i] = "0" + parts[i];
  auto day = base::Date::parse(parts[0] + "-" + parts[1] + "-" + parts[2]);
  return day ? Json(day->str()) : Json(text);
}

Json list_of_cell(const std::string& text, const policy::ValueType& type) {
  static const policy::ValueType kAny;
  std::string inner = text;
  if (inner.starts_with("[") && inner.ends_with("]")) inner = inner.substr(1, inner.size() - 2);
  for (const char* sign : {"、", "，", "；", "\n", ","}) inner = replaced(inner, sign, ";");
  JsonArray out;
  for (size_t at = 0; at < inner.size();) {
    size_t end = std::min(inner.find(';', at), inner.size());
    std::string one = inner.substr(at, end - at);
    one.erase(0, std::min(one.find_first_not_of(' '), one.size()));
    one.erase(one.find_last_not_of(' ') + 1);
    if (!one.empty()) out.push_back(value_of_cell(one, type.element ? *type.element : kAny));
    at = end + 1;
  }
  return out;
}

std::vector<std::string> results_of(const policy::Decision& decision) {
  std::vector<std::string> out;
  if (decision.output && decision.output->kind == TypeKind::context)
    for (const auto& part : decision.output->members) out.push_back(part.name);
  if (out.empty()) out.push_back(kResult);
  return out;
}

// Which column is which input; a header nobody knows is refused by name.
struct Columns {
  std::vector<const policy::Field*> fields;  // null: not an input
  std::optional<size_t> on;
};

base::Result<Columns> columns_of(const std::vector<std::string>& head, const policy::Decision& decision) {
  std::set<std::string> known = {kRules, kError, kResult, "说明", "序号"}, seen;
  for (const auto& name : results_of(decision)) known.insert(name);
  Columns out;
  for (size_t i = 0; i < head.size(); ++i) {
    std::string name = head[i].ends_with("*") ? head[i].substr(0, head[i].size() - 1) : head[i];
    const policy::Field* field = decision.input(name);
    // An input and a part of the result may have one name: the first column is the input.
    if (field && !seen.insert(name).second) field = nullptr;
    if (name == kOn && !field) out.on = i;
    else if (!field && !name.empty() && !known.count(name))
      return base::Error{"sheet.column", "没有“" + name + "”这个输入", name, "表头用模板里的名称"};
    out.fields.push_back(field);
  }
  for (const auto& field : decision.inputs)
    if (!field.optional && !seen.count(field.name))
      return base::Error{"sheet.column", "表头缺少“" + field.name + "”", field.name, "表头用模板里的名称"};
  return out;
}

TriedRow try_row(const policy::Pack& pack, const policy::Decision& decision, const Grid::Row& row,
                 const Columns& columns, base::Date on) {
  TriedRow out;
  out.row = row.number;
  JsonObject input;
  for (size_t i = 0; i < row.cells.size() && i < columns.fields.size(); ++i) {
    const std::string& text = row.cells[i];
    if (text.empty() || text == "-") continue;
    if (columns.fields[i])
      input.emplace_back(columns.fields[i]->name, value_of_cell(text, *columns.fields[i]->type));
    if (columns.on == i) {
      const Json day = day_of(text);
      if (auto parsed = base::Date::parse(*day.as_string())) on = *parsed;
      else out.error = base::Error{"decide.input.date", "“" + text + "”不是日期", kOn, ""};
    }
  }
  out.input = std::move(input);
  if (out.error) return out;
  auto answer = policy::decide(pack, decision.id, out.input, on);
  if (!answer.ok()) {
    out.error = answer.error();
    return out;
  }
  out.result = feel::to_json(answer->result);
  for (const auto& cite : answer->cites)
    if (std::find(out.rules.begin(), out.rules.end(), cite.rule_id) == out.rules.end())
      out.rules.push_back(cite.rule_id);
  return out;
}

std::string joined(const std::vector<std::string>& texts, const char* between) {
  std::string out;
  for (const auto& text : texts) out += (out.empty() ? "" : between) + text;
  return out;
}

// A list of words reads better without quotes and brackets.
Json cell_of(const Json& value) {
  const JsonArray* list = value.as_array();
  if (!list) return value;
  std::vector<std::string> texts;
  for (const Json& one : *list) {
    if (one.as_object() || one.as_array()) return Json(value.dump());
    texts.push_back(one.as_string() ? *one.as_string() : one.dump());
  }
  return joined(texts, "；");
}

std::vector<std::string> choices_of(const policy::ValueType& type) {
  if (type.kind == TypeKind::boolean) return {"是", "否"};
  return type.kind == TypeKind::string ? type.words : std::vector<std::string>{};
}

SheetColumn input_column(const policy::Field& field) {
  std::string note = field.type->str();
  if (!field.hint.empty()) note += "\n" + field.hint;
  note += field.optional ? "\n可以不填" : "\n必填";
  int width = std::clamp(static_cast<int>(field.name.size() * 2 / 3) + 4, 12, 40);
  return {field.name, note, choices_of(*field.type), width, false};
}

}  // namespace

Json value_of_cell(const std::string& text, const policy::ValueType& type) {
  switch (type.kind) {
    case TypeKind::number: return number_of(text);
    case TypeKind::boolean: return truth_of(text);
    case TypeKind::date: return day_of(text);
    case TypeKind::list:
    case TypeKind::context: {
      auto json = Json::parse(text);
      if (json.ok() && (json->as_array() || json->as_object())) return std::move(*json);
      return type.kind == TypeKind::list ? list_of_cell(text, type) : Json(text);
    }
    case TypeKind::any: return base::Decimal::parse(text) ? number_of(text) : Json(text);
    default: return text;
  }
}

base::Result<TriedSheet> try_sheet(const policy::Pack& pack, const policy::Decision& decision,
                                   const std::string& bytes, base::Date on) {
  auto grid = read_grid(bytes);
  if (!grid) return grid.error();
  if (grid->rows.size() < 2)
    return base::Error{"sheet.empty", grid->rows.empty() ? "表格是空的" : "表头下面没有数据", "", "每行填一笔"};
  auto columns = columns_of(grid->rows.front().cells, decision);
  if (!columns) return columns.error();
  TriedSheet out;
  out.format = grid->format;
  for (const auto* field : columns->fields)
    if (field) out.columns.push_back(field->name);
  if (columns->on) out.columns.push_back(kOn);
  out.results = results_of(decision);
  for (size_t i = 1; i < grid->rows.size(); ++i) {
    out.rows.push_back(try_row(pack, decision, grid->rows[i], *columns, on));
    if (out.rows.back().error) ++out.refused;
  }
  return out;
}

std::string answers_workbook(const policy::Decision& decision, const TriedSheet& tried) {
  WrittenSheet sheet{.name = "试算结果"};
  for (const auto& name : tried.columns) {
    const policy::Field* field = decision.input(name);
    sheet.columns.push_back(field ? input_column(*field) : SheetColumn{.title = name});
  }
  for (const auto& name : tried.results) sheet.columns.push_back({name, "", {}, 18, true});
  sheet.columns.push_back({kRules, "", {}, 24, true});
  sheet.columns.push_back({kError, "", {}, 40, true});
  for (const TriedRow& row : tried.rows) {
    std::vector<Json> cells;
    for (const auto& name : tried.columns) {
      const Json* value = row.input.find(name);
      cells.push_back(value ? cell_of(*value) : Json());
    }
    for (const auto& name : tried.results) {
      const Json* part = row.result && row.result->as_object() ? row.result->find(name) : nullptr;
      bool whole = row.result && tried.results.size() == 1 && !row.result->as_object();
      cells.push_back(part ? cell_of(*part) : whole ? cell_of(*row.result) : Json());
    }
    cells.push_back(joined(row.rules, "；"));
    cells.push_back(
        row.error ? Json((row.error->where.empty() ? "" : row.error->where + "：") + row.error->message) : Json());
    sheet.rows.push_back(std::move(cells));
  }
  return write_workbook({sheet});
}

std::string template_workbook(const policy::Pack& pack, const policy::Decision& decision) {
  WrittenSheet sheet{.name = "试算"}, words{.name = "说明"};
  words.columns = {{"名称", "", {}, 24, false},
                   {"类型", "", {}, 40, false},
                   {"必填", "", {}, 8, false},
                   {"不填时", "", {}, 16, false},
                   {"说明", "", {}, 60, false}};
  for (const auto& field : decision.inputs) {
    sheet.columns.push_back(input_column(field));
    words.rows.push_back({field.name, field.type->str(), field.optional ? "" : "是",
                          field.otherwise ? cell_of(feel::to_json(*field.otherwise)) : Json(), field.hint});
  }
  words.rows.push_back({});
  words.rows.push_back({decision.title, pack.title + " " + pack.version});
  words.rows.push_back({"填法", "每行一笔；日期写 2024-03-01；几个值之间用分号隔开；可以另加一列“参数日期”"});
  return write_workbook({sheet, words});
}

}  // namespace guanhu::api
