#include "appraisal/tree.h"

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
  return JsonObject{{"pack", node.pack},       {"document", o.document}, {"line", o.line},
                    {"article", o.article},    {"locator", o.locator},   {"text", o.text},
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

std::string headline(const Node& node) {
  std::string line = node.name;
  if (node.kind != "share" && node.kind != "row") line += " = " + plain(node.value);
  if (!node.unit.empty() && !node.value.is_null() && node.unit != "比率") line += " " + node.unit;
  if (!node.reason.empty()) line += "  [" + node.reason + "]";
  return line;
}

void write(const Node& node, const std::string& first, const std::string& rest, std::string& out) {
  out += first + headline(node);
  if (node.kind == "row" || node.kind == "share" || node.kind == "contribution")
    for (const auto& [name, value] : node.fields) out += "  " + name + " " + plain(value);
  out += "\n";
  const std::string below = rest + (node.children.empty() ? "  " : "│ ");
  if (!node.formula.empty()) {
    out += below + "公式:\n";
    indent_lines(node.formula, below + "    ", out);
  }
  if (node.origin) {
    std::string rules;
    for (const auto& r : node.origin->rules) rules += " " + r;
    out += below + "依据: " + node.origin->article + rules + "  (" + node.origin->document + ":" +
           std::to_string(node.origin->line) + ")\n";
    indent_lines(node.origin->text, below + "    ", out);
  }
  if (node.kind != "row" && node.kind != "share" && node.kind != "contribution")
    for (const auto& [name, value] : node.fields) out += below + name + ": " + plain(value) + "\n";
  for (size_t i = 0; i < node.children.size(); ++i) {
    bool last = i + 1 == node.children.size();
    write(node.children[i], rest + (last ? "└ " : "├ "), rest + (last ? "  " : "│ "), out);
  }
}

}  // namespace

Json to_json(const Node& node) {
  JsonObject out = {{"kind", node.kind}, {"name", node.name}};
  if (node.kind != "share" && node.kind != "row") out.emplace_back("value", node.value);
  if (!node.unit.empty()) out.emplace_back("unit", node.unit);
  if (!node.reason.empty()) out.emplace_back("reason", node.reason);
  if (!node.formula.empty()) out.emplace_back("formula", node.formula);
  if (node.origin) out.emplace_back("article", article_json(node));
  for (const auto& [name, value] : node.fields) out.emplace_back(name, value);
  if (!node.children.empty()) {
    JsonArray children;
    for (const auto& c : node.children) children.push_back(to_json(c));
    out.emplace_back("inputs", std::move(children));
  }
  return out;
}

std::string to_text(const Node& node) {
  std::string out;
  write(node, "", "", out);
  return out;
}

}  // namespace guanhu::appraisal
