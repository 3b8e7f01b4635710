#include "policy/block_edit.h"

#include <algorithm>
#include <map>

#include "policy/detail/block_lines.h"
#include "policy/detail/text.h"
#include "policy/edit.h"
#include "policy/outline.h"

namespace guanhu::policy {

namespace {

using base::Error;
using base::Json;
using detail::BlockLines;
using Lines = std::vector<std::string>;

const std::map<std::string, std::vector<std::string>>& orders() {
  static const std::map<std::string, std::vector<std::string>> kOrders = {
      {"measure",
       {"fact", "filter", "aggregate", "column", "period", "target", "attribution", "cap", "minimum", "unit",
        "null_reason", "article", "rules"}},
      {"indicator", {"unit", "inputs", "formula", "null_reason", "article", "rules"}},
      {"peer", {"of", "how", "unit", "article", "rules"}},
      {"score", {"full", "floor", "cap", "article", "rules", "inputs", "formula", "null_reason"}},
      {"scheme",
       {"title", "article", "rules", "holders", "holder_filter", "periods", "figures", "full_total", "missing",
        "rank", "decision", "items", "grades"}},
      {"target", {"unit", "article", "rules", "values"}},
      {"parameter", {"value", "unit", "from", "to", "to_confirm", "note"}}};
  return kOrders;
}

std::vector<std::string> order_of(const std::string& kind) {
  auto at = orders().find(kind);
  return at == orders().end() ? std::vector<std::string>{} : at->second;
}

bool is_tables(const Json& value) {
  const auto* items = value.as_array();
  return items && !items->empty() &&
         std::all_of(items->begin(), items->end(), [](const Json& one) { return one.as_object(); });
}

bool writable(const Json& value) {
  if (is_tables(value)) {
    for (const Json& one : *value.as_array())
      for (const auto& [key, member] : *one.as_object())
        if (member.is_null() || member.as_object() || member.as_array()) return false;
    return true;
  }
  if (const auto* items = value.as_array())
    return std::all_of(items->begin(), items->end(),
                       [](const Json& one) { return !one.is_null() && !one.as_object() && !one.as_array(); });
  return !value.as_object();
}

Error unwritable(const std::string& key) {
  return {"policy.edit.value", "“" + key + "”不能写成这样的值", key, "写文字、数字、true，或它们的列表"};
}

// Where a list of [[tables]] is meant and none is left, the key names them all the same.
bool holds_tables(const BlockLines& lines, const KeyEdit& edit) {
  return is_tables(edit.value) || lines.has_tables(edit.key);
}

base::Result<Lines> lines_of_block(const std::string& kind, const std::vector<KeyEdit>& keys) {
  BlockLines lines(Lines{}, order_of(kind));
  for (const KeyEdit& one : keys) {
    if (one.value.is_null()) continue;
    if (!writable(one.value)) return unwritable(one.key);
    if (is_tables(one.value)) lines.set_tables(one.key, *one.value.as_array());
    else lines.set(one.key, one.value);
  }
  return lines.lines();
}

struct Split {
  Lines lines;
  std::string end = "\n";
  explicit Split(const std::string& document) {
    if (document.find("\r\n") != document.npos) end = "\r\n";
    for (std::string_view line : detail::split_lines(document)) lines.emplace_back(line);
    while (!lines.empty() && lines.back().empty()) lines.pop_back();
  }
  std::string str() const {
    std::string out;
    for (const auto& line : lines) out += line + end;
    return out;
  }
  void insert(size_t at, const Lines& more) {
    lines.insert(lines.begin() + static_cast<long>(at), more.begin(), more.end());
  }
};

std::optional<OutlineArticle> article_at(const std::string& document, int heading) {
  for (auto& one : outline(document))
    if (one.line == heading) return one;
  return std::nullopt;
}

Error no_heading(int line) {
  return {"policy.edit.block", "第 " + std::to_string(line) + " 行没有标题", "heading", "重新读取文档"};
}

std::optional<OutlineBlock> block_on(const std::string& document, int line, bool inside) {
  for (const auto& article : outline(document))
    for (const auto& block : article.blocks)
      if (block.line == line || (inside && line > block.line && line <= block.end_line)) return block;
  return std::nullopt;
}

Error no_block(int line) {
  return {"policy.edit.block", "第 " + std::to_string(line) + " 行没有块", "line", "重新读取文档"};
}

Lines source_lines(const std::string& source) {
  Lines out;
  for (std::string_view line : detail::split_lines(source)) out.emplace_back(line);
  while (!out.empty() && out.back().empty()) out.pop_back();
  return out;
}

std::string joined_source(const Lines& lines) {
  std::string out;
  for (const auto& line : lines) out += line + "\n";
  return out;
}

// Behind the article's last block, or behind its prose.
size_t place_in(const Split& text, const OutlineArticle& article) {
  if (!article.blocks.empty()) return static_cast<size_t>(article.blocks.back().end_line);
  size_t at = std::min(static_cast<size_t>(std::max(article.end_line, article.line)), text.lines.size());
  while (at > static_cast<size_t>(article.line) && detail::trim(text.lines[at - 1]).empty()) --at;
  return at;
}

}  // namespace

namespace {

Json json_of(const detail::Node& node) {
  switch (node.kind) {
    case detail::NodeKind::string: return std::string(detail::trim(node.text));
    case detail::NodeKind::number: return node.number;
    case detail::NodeKind::boolean: return node.boolean;
    case detail::NodeKind::date: return node.date.str();
    case detail::NodeKind::list: {
      base::JsonArray out;
      for (const auto& item : node.items) out.push_back(json_of(item));
      return out;
    }
    case detail::NodeKind::table: break;
  }
  base::JsonObject out;
  for (const auto& entry : node.entries) out.emplace_back(entry.key, json_of(entry.value));
  return out;
}

}  // namespace

base::Result<Json> block_keys(const std::string& source) {
  const auto text = detail::Source::of("", source);
  detail::Report report;
  auto body = detail::parse_tree(text, source, 1, report);
  if (!body) return Error{"policy.edit.layout", "这一块现在读不出来", "line", "先在文本里改好它"};
  return json_of(*body);
}

base::Result<std::string> with_keys(const std::string& kind, const std::string& source,
                                    const std::vector<KeyEdit>& edits) {
  BlockLines lines(source_lines(source), order_of(kind));
  if (!lines.readable())
    return Error{"policy.edit.layout", "这一块现在读不出来，不能按格填写", "line", "先在文本里改好它"};
  for (const KeyEdit& one : edits) {
    if (!writable(one.value)) return unwritable(one.key);
    static const base::JsonArray kNone;
    if (holds_tables(lines, one)) lines.set_tables(one.key, one.value.as_array() ? *one.value.as_array() : kNone);
    else if (one.value.is_null()) lines.take_out(one.key);
    else lines.set(one.key, one.value);
  }
  return joined_source(lines.lines());
}

base::Result<std::string> with_block_keys(const std::string& document, int line,
                                          const std::vector<KeyEdit>& edits) {
  auto block = block_on(document, line, false);
  if (!block) return no_block(line);
  auto source = with_keys(block->kind, block->source, edits);
  if (!source) return source.error();
  return with_block(document, line, *source);
}

base::Result<std::string> with_new_block(const std::string& document, int heading, const NewBlock& block) {
  auto article = article_at(document, heading);
  if (!article) return no_heading(heading);
  auto body = lines_of_block(block.kind, block.keys);
  if (!body) return body.error();
  Split text(document);
  Lines made{""};
  for (std::string_view line : detail::split_lines(block.text)) made.emplace_back(line);
  while (made.size() > 1 && detail::trim(made.back()).empty()) made.pop_back();
  if (made.size() > 1) made.emplace_back();
  made.push_back("```" + block.kind + (block.name.empty() ? "" : " " + block.name));
  made.insert(made.end(), body->begin(), body->end());
  made.emplace_back("```");
  text.insert(place_in(text, *article), made);
  return text.str();
}

base::Result<std::string> with_new_parameter(const std::string& document, int heading, const std::string& name,
                                             const std::vector<KeyEdit>& keys) {
  auto article = article_at(document, heading);
  if (!article) return no_heading(heading);
  auto body = lines_of_block("parameter", keys);
  if (!body) return body.error();
  Lines made{"[\"" + name + "\"]"};
  made.insert(made.end(), body->begin(), body->end());
  auto block = std::find_if(article->blocks.rbegin(), article->blocks.rend(),
                            [](const OutlineBlock& one) { return one.kind == "parameter" && one.name.empty(); });
  Split text(document);
  if (block != article->blocks.rend()) {
    made.insert(made.begin(), "");
    text.insert(static_cast<size_t>(block->end_line) - 1, made);
  } else {
    made.insert(made.begin(), {"", "```parameter"});
    made.emplace_back("```");
    text.insert(place_in(text, *article), made);
  }
  return text.str();
}

base::Result<std::string> without_block(const std::string& document, int line) {
  auto block = block_on(document, line, false);
  if (!block) return no_block(line);
  Split text(document);
  auto begin = static_cast<size_t>(block->line) - 1, end = static_cast<size_t>(block->end_line);
  if (end < text.lines.size() && text.lines[end].empty()) ++end;
  text.lines.erase(text.lines.begin() + static_cast<long>(begin), text.lines.begin() + static_cast<long>(end));
  while (!text.lines.empty() && text.lines.back().empty()) text.lines.pop_back();
  return text.str();
}

base::Result<std::string> without_parameter(const std::string& document, const Parameter& parameter) {
  auto block = block_on(document, parameter.origin.line, true);
  if (!block || block->kind != "parameter") return no_block(parameter.origin.line);
  BlockLines lines(source_lines(block->source), order_of("parameter"));
  if (!lines.readable() || !lines.remove_tables(parameter.name))
    return Error{"policy.edit.block", "这一块里没有参数“" + parameter.name + "”", "name", "重新读取文档"};
  if (lines.nothing()) return without_block(document, block->line);
  return with_block(document, block->line, joined_source(lines.lines()));
}

base::Result<WithArticle> with_new_article(const std::string& document, const NewArticle& article) {
  static const char* kDigits[] = {"", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
  auto number = [&](size_t n) {
    std::string tens = n >= 20 ? kDigits[n / 10 % 10] : "";
    return n < 10 ? std::string(kDigits[n]) : tens + "十" + kDigits[n % 10];
  };
  const auto all = outline(document);
  size_t next = 1;
  auto taken = [&](size_t n) {
    return std::any_of(all.begin(), all.end(), [&](const auto& one) { return one.article == "附" + number(n); });
  };
  while (next < 99 && taken(next)) ++next;
  Split text(document);
  WithArticle out{"", "附" + number(next), static_cast<int>(text.lines.size()) + 2};
  Lines made{"", "## " + out.article + " " + article.title};
  if (!article.locator.empty()) made.push_back("来源: " + article.locator);
  made.emplace_back();
  for (std::string_view line : detail::split_lines(article.text)) {
    if (line.starts_with("#") || line.starts_with("```") || line.starts_with("~~~"))
      return Error{"policy.edit.value", "条款的话里不能有标题和代码块的记号", "text", "删去行首的 # 和 ```"};
    made.emplace_back(line);
  }
  text.insert(text.lines.size(), made);
  out.document = text.str();
  return out;
}

}  // namespace guanhu::policy
