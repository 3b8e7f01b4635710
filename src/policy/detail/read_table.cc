#include "policy/detail/read_table.h"

#include <algorithm>
#include <regex>

#include "policy/detail/text.h"
#include "policy/detail/texts.h"
#include "policy/detail/words.h"

namespace guanhu::policy::detail {

namespace {

struct PolicyWord {
  std::string_view word, chinese, letter;
  HitPolicy policy;
  Aggregation aggregation = Aggregation::none;
};
constexpr PolicyWord kPolicies[] = {
    {"unique", "唯一", "U", HitPolicy::unique},
    {"any", "任一", "A", HitPolicy::any},
    {"priority", "优先", "P", HitPolicy::priority},
    {"first", "首行", "F", HitPolicy::first},
    {"rule order", "行序", "R", HitPolicy::rule_order},
    {"output order", "值序", "O", HitPolicy::output_order},
    {"collect", "汇集", "C", HitPolicy::collect},
    {"collect sum", "合计", "C+", HitPolicy::collect, Aggregation::sum},
    {"collect min", "最小", "C<", HitPolicy::collect, Aggregation::min},
    {"collect max", "最大", "C>", HitPolicy::collect, Aggregation::max},
    {"collect count", "计数", "C#", HitPolicy::collect, Aggregation::count},
};
constexpr std::string_view kCondition = "条件";
constexpr std::string_view kNotes[] = {"规则", "条款", "说明"};

bool lists(const Table& table) {
  return table.aggregation == Aggregation::none &&
         (table.policy == HitPolicy::collect || table.policy == HitPolicy::rule_order ||
          table.policy == HitPolicy::output_order);
}

bool has_word(const ValueTypePtr& type, std::string_view text) {
  return type && std::find(type->words.begin(), type->words.end(), text) != type->words.end();
}

// "2024-01-31" outside of quotes would be a subtraction: it becomes @"2024-01-31".
std::string with_dates(const std::string& text) {
  static const std::regex kDate("(^|[^0-9\"@-])([0-9]{4}-[0-9]{2}-[0-9]{2})(?![0-9\"-])");
  return std::regex_replace(text, kDate, "$1@\"$2\"");
}

bool is_date(const ValueTypePtr& type) { return type && type->kind == TypeKind::date; }

// The parts of a unary test whose texts are allowed words get quotes: "甲, 乙" and "not(甲)".
std::string with_quotes(const Text& text, const ValueTypePtr& type) {
  if (!type || type->words.empty()) return text.text;
  std::string_view inner = text.text;
  bool negated = inner.starts_with("not(") && inner.ends_with(")");
  Text parts = negated ? part_of(text, 4, text.text.size() - 1) : text;
  std::string out;
  for (const Text& part : split(parts, ',')) {
    bool word = has_word(type, part.text);
    out += (out.empty() ? "" : ", ") + (word ? feel_text(part.text) : part.text);
  }
  return negated ? "not(" + out + ")" : out;
}

Cell test_of(const Text& text, const TableInput& input) {
  Cell out{text, text.text};
  if (text.empty() || text.text == "-") out.feel.clear();
  else if (is_date(input.type)) out.feel = with_dates(text.text);
  else if (!input.condition) out.feel = with_quotes(text, input.type);
  return out;
}

}  // namespace

std::string feel_text(std::string_view text) {
  std::string out = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

std::vector<std::string> rule_ids(const Text& cell) {
  std::vector<std::string> out;
  std::string word;
  for (char c : cell.text + " ") {
    if (c != ' ' && c != ',') word += c;
    else if (!word.empty()) out.push_back(std::exchange(word, ""));
  }
  return out;
}

bool TableReader::refuse(const Text& at, std::string message, std::string hint) {
  report_.add(source_, place_of(at), "policy.table", std::move(message), std::move(hint));
  return false;
}

bool TableReader::policy(const Text& cell, Table& table) {
  table.at = cell;
  for (const PolicyWord& word : kPolicies)
    if (cell.text == word.word || cell.text == word.chinese || cell.text == word.letter) {
      table.policy = word.policy;
      table.aggregation = word.aggregation;
      return true;
    }
  std::string all;
  for (const PolicyWord& word : kPolicies)
    all += (all.empty() ? "" : "、") + std::string(word.word) + " " + std::string(word.chinese);
  return refuse(cell, cell.empty() ? "表头第一格没有写命中方式" : "没有“" + cell.text + "”这种命中方式",
                "表头第一格写：" + all);
}

bool TableReader::header(const Text& line, Table& table) {
  auto sections = cells_of(line);
  if (sections.size() < 2 || sections.size() > 3)
    return refuse(trimmed(line), "表头里要有 || 隔开条件列和结果列", "写成 first | 列名 | 列名 || 结果名");
  for (size_t i = 0; i < sections.size(); ++i) widths_[i] = sections[i].size();
  if (!policy(sections[0][0], table)) return false;
  for (size_t i = 1; i < sections[0].size(); ++i) {
    const Text& cell = sections[0][i];
    if (cell.empty()) return refuse(cell, "这一列没有列名", "写输入的名称或算式；整句条件的列名写“条件”");
    TableInput input{cell, cell.text == kCondition, type_of_(cell.text)};
    table.inputs.push_back(std::move(input));
  }
  for (const Text& cell : sections[1]) {
    if (!valid_local_name(cell.text) && cell.text != "result")
      return refuse(cell, "“" + cell.text + "”不能作结果的名称", "由汉字、字母、数字和下划线组成");
    table.outputs.push_back({cell.text, cell, nullptr});
  }
  notes_.clear();
  if (sections.size() == 3)
    for (const Text& cell : sections[2]) {
      if (std::find(std::begin(kNotes), std::end(kNotes), cell.text) == std::end(kNotes))
        return refuse(cell, "第二个 || 后面没有“" + cell.text + "”这一列", "可以写：规则、条款、说明");
      notes_.push_back(cell.text);
    }
  return true;
}

void TableReader::output_types(Table& table, const ValueTypePtr& result) {
  ValueTypePtr type = result && lists(table) ? result->element : result;
  if (!type) return;
  for (TableOutput& output : table.outputs) {
    if (table.outputs.size() == 1) output.type = type;
    else if (const Field* member = type->member(output.name)) output.type = member->type;
    else if (type->kind == TypeKind::context)
      refuse(output.at, "结果里没有“" + output.name + "”这一项", "结果的类型是 " + type->str());
  }
}

Cell TableReader::test(const Text& text, const TableInput& input) { return test_of(text, input); }

std::shared_ptr<const Table> with_column_types(const Table& table, const TableReader::TypeOf& type_of) {
  std::shared_ptr<Table> out;
  for (size_t i = 0; i < table.inputs.size(); ++i) {
    if (table.inputs[i].type || table.inputs[i].condition) continue;
    ValueTypePtr type = type_of(table.inputs[i].expression.text);
    if (!type) continue;
    if (!out) out = std::make_shared<Table>(table);
    out->inputs[i].type = std::move(type);
    for (TableRow& row : out->rows)
      if (i < row.tests.size()) row.tests[i] = test_of(row.tests[i].text, out->inputs[i]);
  }
  return out;
}

Cell TableReader::result(const Text& text, const TableOutput& output) {
  Cell out{text, text.text};
  if (has_word(output.type, text.text)) out.feel = feel_text(text.text);
  else if (is_date(output.type)) out.feel = with_dates(text.text);
  return out;
}

bool TableReader::annotate(const std::vector<Text>& cells, TableRow& row) {
  for (size_t i = 0; i < cells.size() && i < notes_.size(); ++i) {
    if (notes_[i] == "规则") row.rules = rule_ids(cells[i]);
    else if (notes_[i] == "条款") row.article = cells[i].text;
    else row.note = cells[i].text;
  }
  return true;
}

bool TableReader::row(const Text& line, Table& table) {
  auto sections = cells_of(line);
  Text whole = trimmed(line);
  size_t wanted = notes_.empty() ? 2 : 3;
  if (sections.size() != wanted && !(sections.size() == 2 && wanted == 3))
    return refuse(whole, "这一行没有照表头用 || 分开", "条件格写完以后写 ||，再写结果");
  constexpr std::string_view kSections[] = {"条件", "结果", "说明"};
  for (size_t i = 0; i < sections.size(); ++i) {
    if (sections[i].size() == widths_[i]) continue;
    size_t here = sections[i].size() - (i == 0 ? 1 : 0), there = widths_[i] - (i == 0 ? 1 : 0);
    return refuse(whole,
                  "这一行的" + std::string(kSections[i]) + "有 " + std::to_string(here) + " 格，表头有 " +
                      std::to_string(there) + " 格",
                  "每一行的格数和表头一样；不限的条件写 -");
  }
  if (!sections[0][0].empty()) return refuse(sections[0][0], "命中方式只写在表头里", "这一格空着");
  TableRow out;
  out.line = whole.line;
  for (size_t i = 0; i < table.inputs.size(); ++i) {
    if (sections[0][i + 1].empty()) return refuse(whole, "条件格空着", "不限的条件写 -");
    out.tests.push_back(test(sections[0][i + 1], table.inputs[i]));
  }
  for (size_t i = 0; i < table.outputs.size(); ++i) {
    if (sections[1][i].empty()) return refuse(whole, "结果格空着", "写上结果；没有值写 null");
    out.results.push_back(result(sections[1][i], table.outputs[i]));
  }
  if (sections.size() == 3) annotate(sections[2], out);
  table.rows.push_back(std::move(out));
  return true;
}

std::shared_ptr<const Table> TableReader::table(const Text& text, const ValueTypePtr& result) {
  auto out = std::make_shared<Table>();
  std::vector<Text> lines = lines_of(text);
  if (lines.empty() || !header(lines[0], *out)) {
    if (lines.empty()) refuse(text, "表是空的", "第一行写表头：first | 列名 || 结果名");
    return nullptr;
  }
  output_types(*out, result);
  bool sound = true;
  for (size_t i = 1; i < lines.size(); ++i) sound = row(lines[i], *out) && sound;
  if (lines.size() == 1) sound = refuse(lines[0], "表里没有一行", "表头下面逐行写条件和结果");
  return sound ? out : nullptr;
}

std::shared_ptr<const Table> TableReader::gate(const Text& text) {
  auto out = std::make_shared<Table>();
  out->policy = HitPolicy::collect;
  out->at = part_of(text, 0, 0);
  out->inputs.push_back({part_of(text, 0, 0), true, nullptr});
  out->outputs.push_back({"原因", part_of(text, 0, 0), type_of_("")});
  bool sound = true;
  notes_ = {"规则", "说明"};
  for (const Text& line : lines_of(text)) {
    auto sections = cells_of(line);
    std::vector<Text>& cells = sections[0];
    if (sections.size() != 1 || cells.size() < 2 || cells.size() > 4 || cells[0].empty() || cells[1].empty()) {
      sound = refuse(trimmed(line), "这一行要写“原因 | 条件”",
                     "写成 未与原件核对 | not(已与原件核对)；后面还可以写 | 规则 | 说明");
      continue;
    }
    TableRow row;
    row.line = line.line;
    row.tests.push_back({cells[1], cells[1].text});
    std::string_view reason = cells[0].text;
    if (reason.size() >= 2 && reason.front() == '"' && reason.back() == '"')
      reason = reason.substr(1, reason.size() - 2);
    row.results.push_back({cells[0], feel_text(reason)});
    annotate({cells.begin() + 2, cells.end()}, row);
    out->rows.push_back(std::move(row));
  }
  if (out->rows.empty() && sound) sound = refuse(text, "一条原因也没有", "逐行写 原因 | 条件");
  return sound ? out : nullptr;
}

std::vector<Refusal> TableReader::refusals(const Text& text) {
  std::vector<Refusal> out;
  for (const Text& line : lines_of(text)) {
    auto sections = cells_of(line);
    const std::vector<Text>& cells = sections[0];
    if (sections.size() != 1 || cells.size() < 2 || cells.size() > 3 || cells[0].empty() || cells[1].empty()) {
      refuse(trimmed(line), "这一行要写“说明 | 条件”",
             "写成 合格户数多于总户数 | 合格户数 > 总户数；后面还可以写 | 输入的名称");
      continue;
    }
    out.push_back({cells[0].text, cells[1], cells.size() == 3 ? cells[2].text : ""});
  }
  return out;
}

}  // namespace guanhu::policy::detail
