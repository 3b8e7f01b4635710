#include "appraisal/tree.h"

#include <algorithm>
#include <set>

#include "appraisal/text_table.h"

namespace guanhu::appraisal {

using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

Json article_json(const Node& node) {
  const policy::Origin& o = *node.origin;
  JsonArray rules;
  for (const auto& r : o.rules) rules.push_back(r);
  return JsonObject{{"pack", node.pack},        {"document", o.document}, {"line", o.line},
                    {"article", o.article},     {"locator", o.locator},   {"text", o.text},
                    {"rules", std::move(rules)}};
}

std::string plain(const Json& value) {
  if (value.is_null()) return "—";
  if (auto s = value.as_string()) return *s;
  if (auto d = value.as_number()) {
    int places = 0;
    while (places < 10 && d->round(places, base::Rounding::half_up) != *d) ++places;
    return grouped(d->round(places, base::Rounding::half_up), places);
  }
  return value.dump();
}

void indent_lines(const std::string& text, const std::string& indent, std::string& out) {
  for (size_t at = 0; at < text.size();) {
    size_t end = std::min(text.find('\n', at), text.size());
    out += indent + text.substr(at, end - at) + "\n";
    at = end + 1;
  }
}

// Chinese for the field names of the JSON form; what is not listed is shown as it is.
std::string field_word(const std::string& name) {
  static const std::pair<std::string_view, std::string_view> words[] = {{"weight", "权重"},
                                                                        {"full_mark", "满分"},
                                                                        {"parts", "其中"},
                                                                        {"sum_check", "合计核对"},
                                                                        {"exact", "未舍入"},
                                                                        {"contributions", "明细数"},
                                                                        {"counted", "计入"},
                                                                        {"to_confirm", "待本行确认"},
                                                                        {"note", "说明"},
                                                                        {"share", "份额"},
                                                                        {"role", "角色"},
                                                                        {"via", "归属层级"},
                                                                        {"customer_id", "客户"},
                                                                        {"customer_name", "户名"},
                                                                        {"balance_days", "积数"},
                                                                        {"holder", "考核对象"},
                                                                        {"then", "影响"},
                                                                        {"holder_name", "姓名"},
                                                                        {"holders", "考核对象合计"},
                                                                        {"others", "其他人员"},
                                                                        {"nobody", "无人管户"},
                                                                        {"bank", "全行"},
                                                                        {"rest", "未列出"},
                                                                        {"cites", "所依据的规则"},
                                                                        {"fact_id", "登记号"},
                                                                        {"subject_kind", "对象种类"},
                                                                        {"subject_id", "对象"},
                                                                        {"document", "凭据"},
                                                                        {"recorded_by", "登记人"},
                                                                        {"recorded_at", "登记时间"},
                                                                        {"valid_from", "生效日"},
                                                                        {"value", "合计"}};
  for (const auto& [key, word] : words)
    if (key == name) return std::string(word);
  return name;
}

// What a line says already: the row's address stands in its name.
bool in_the_name(const Node& node, const std::string& field) {
  if (node.kind == "row") return field == "file" || field == "business_date" || field == "line";
  if (node.kind == "share") return field == "from" || field == "to";
  return node.kind == "contribution" && (field == "subject_kind" || field == "subject_id" || field == "holder");
}

// Each with its article and, where a table decided, the table and its row.
std::string cites_text(const base::JsonArray& cites) {
  std::string out;
  for (const Json& one : cites) {
    std::string words;
    for (const char* name : {"rule_id", "article", "table", "row"}) {
      const Json* part = one.find(name);
      if (!part || part->is_null()) continue;
      std::string text = plain(*part);
      if (std::string_view(name) == "table") text = "表 " + text;
      if (std::string_view(name) == "row") text = "第 " + text + " 行";
      words += (words.empty() ? "" : " ") + text;
    }
    out += (out.empty() ? "" : "；") + words;
  }
  return out;
}

std::string field_text(const Json& value) {
  if (auto flag = value.as_bool()) return *flag ? "是" : "否";
  const base::JsonArray* list = value.as_array();
  if (list && !list->empty() && list->front().find("rule_id")) return cites_text(*list);
  const JsonObject* parts = value.as_object();
  if (!parts) return plain(value);
  std::string out;
  for (const auto& [name, part] : *parts) out += (out.empty() ? "" : ", ") + field_word(name) + " " + plain(part);
  return out;
}

std::string headline(const Node& node) {
  std::string line = node.name;
  if (node.kind == "subject") return line + " 影响 " + plain(node.value) + " 个指标";
  if (node.kind == "decision" && node.value.is_null()) return line;  // told for its article
  if (node.kind != "share" && node.kind != "row") line += " = " + plain(node.value);
  if (!node.unit.empty() && !node.value.is_null() && node.unit != "比率") line += " " + node.unit;
  if (!node.reason.empty()) line += "  [" + node.reason + "]";
  return line;
}

// Writes a tree for the terminal. An article's words are printed where they first occur.
class Writer {
 public:
  std::string out;

  void write(const Node& node, const std::string& first, const std::string& rest) {
    const bool one_line =
        node.kind == "row" || node.kind == "share" || node.kind == "contribution" || node.kind == "peer_value";
    out += first + headline(node);
    if (one_line)
      for (const auto& [name, value] : node.fields)
        if (!in_the_name(node, name))  // a row's columns keep the names they have in the file
          out += "  " + (node.kind == "row" ? name : field_word(name)) + " " + field_text(value);
    out += "\n";
    if (!one_line) body(node, rest + (node.children.empty() ? "  " : "│ "));
    for (size_t i = 0; i < node.children.size(); ++i) {
      bool last = i + 1 == node.children.size();
      write(node.children[i], rest + (last ? "└ " : "├ "), rest + (last ? "  " : "│ "));
    }
    size_t left_out = hidden(node);
    if (left_out) out += rest + "  … 另有 " + std::to_string(left_out) + " 项未列出 (--limit 0 全部列出)\n";
  }

 private:
  void body(const Node& node, const std::string& below) {
    if (!node.formula.empty()) {
      out += below + "公式:\n";
      indent_lines(node.formula, below + "    ", out);
    }
    if (node.origin) article(node, below);
    for (const auto& [name, value] : node.fields)
      out += below + field_word(name) + ": " + field_text(value) + "\n";
  }

  void article(const Node& node, const std::string& below) {
    std::string rules;
    for (const auto& r : node.origin->rules) rules += " " + r;
    out += below + "依据: " + node.origin->article + rules + "  (" + node.origin->document + ":" +
           std::to_string(node.origin->line) + ")\n";
    if (!told_.insert(node.origin->text).second) return;
    indent_lines(node.origin->text, below + "    ", out);
    if (!node.origin->locator.empty()) out += below + "    原文: " + node.origin->locator + "\n";
  }

  static size_t hidden(const Node& node) {
    for (const auto& [name, value] : node.fields)
      if (name == "contributions" && value.as_number()) {
        int64_t all = value.as_number()->to_int64().value_or(0),
                shown = static_cast<int64_t>(node.children.size());
        return all > shown ? static_cast<size_t>(all - shown) : 0;
      }
    return 0;
  }

  std::set<std::string> told_;
};

}  // namespace

Json to_json(const Node& node) {
  JsonObject out = {{"kind", node.kind}, {"name", node.name}};
  if (node.kind != "share" && node.kind != "row") out.emplace_back("value", node.value);
  if (!node.unit.empty()) out.emplace_back("unit", node.unit);
  if (!node.reason.empty()) out.emplace_back("reason", node.reason);
  if (!node.formula.empty()) out.emplace_back("formula", node.formula);
  if (node.origin) out.emplace_back("article", article_json(node));
  for (const auto& [name, value] : node.fields) {
    // A row of the feed may have columns called kind or name, like the node itself: no member stands twice.
    bool taken =
        std::any_of(out.begin(), out.end(), [&n = name](const auto& member) { return member.first == n; });
    out.emplace_back(taken ? "row_" + name : name, value);
  }
  if (!node.children.empty()) {
    JsonArray children;
    for (const auto& c : node.children) children.push_back(to_json(c));
    out.emplace_back("inputs", std::move(children));
  }
  return out;
}

std::string to_text(const Node& node) {
  Writer writer;
  writer.write(node, "", "");
  return std::move(writer.out);
}

}  // namespace guanhu::appraisal
