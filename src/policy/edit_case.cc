// A case added to a document.
#include <algorithm>

#include "policy/detail/text.h"
#include "policy/detail/texts.h"
#include "policy/edit.h"
#include "policy/format.h"
#include "policy/outline.h"

namespace guanhu::policy {

namespace {

using base::Json;

constexpr std::string_view kOn = "参数日期", kWhole = "结果", kNote = "说明", kRefused = "拒绝";

// A value as a cell has it: quotes only where the words could be taken for something else.
std::string literal_of(const Json& value) {
  if (value.is_null()) return "null";
  if (const auto* items = value.as_array()) {
    std::string out;
    for (const Json& item : *items) out += (out.empty() ? "" : ", ") + literal_of(item);
    return "[" + out + "]";
  }
  if (const auto* members = value.as_object()) {
    std::string out;
    for (const auto& [name, one] : *members) out += (out.empty() ? "" : ", ") + name + ": " + literal_of(one);
    return "{" + out + "}";
  }
  const std::string* text = value.as_string();
  if (!text) return value.dump();
  bool plain = !text->empty() && text->find_first_of("|;\"[]{},:\\\n\t#") == text->npos &&
               text->find("：") == text->npos && detail::trim(*text) == *text && *text != "-" && *text != "null" &&
               *text != "true" && *text != "false" && !text->starts_with(kRefused) && !base::Decimal::parse(*text);
  return plain ? *text : value.dump();
}

struct Header {
  std::vector<std::string> inputs, outputs;
  bool noted = false;
};

bool has(const std::vector<std::string>& all, std::string_view one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

// The header of a table of cases; nothing where the block is written with `base`.
std::optional<Header> header_of(const OutlineBlock& block) {
  for (std::string_view line : detail::split_lines(block.source)) {
    std::string_view text = detail::trim(line);
    if (text.empty() || text[0] == '#') continue;
    auto sections = detail::cells_of({std::string(text), 1, 1});
    if (sections.size() != 2 || text.find('=') != text.npos) return std::nullopt;
    Header out;
    for (const Text& cell : sections[0]) out.inputs.push_back(cell.text);
    for (const Text& cell : sections[1]) out.outputs.push_back(cell.text);
    if (out.outputs.back() == kNote) out.noted = true, out.outputs.pop_back();
    return out;
  }
  return std::nullopt;
}

// Parts of the result, or the one name it is written under.
std::vector<std::string> parts_of(const Decision& decision, const CaseEdit& edit) {
  std::vector<std::string> out;
  if (decision.output && decision.output->kind == TypeKind::context)
    for (const Field& part : decision.output->members)
      if (!edit.expected || edit.expected->find(part.name)) out.push_back(part.name);
  if (out.empty()) out.emplace_back(kWhole);
  return out;
}

bool is_context(const Decision& decision) { return decision.output && decision.output->kind == TypeKind::context; }

bool fits(const Header& header, const Decision& decision, const CaseEdit& edit) {
  if (edit.on && !has(header.inputs, kOn)) return false;
  if (!edit.note.empty() && !header.noted) return false;
  if (has(header.inputs, "改动")) return false;
  for (const auto& [name, value] : *edit.input.as_object())
    if (!has(header.inputs, name)) return false;
  if (!edit.expected) return true;
  if (!is_context(decision)) return header.outputs.size() == 1;
  const auto parts = parts_of(decision, edit);
  return std::all_of(parts.begin(), parts.end(), [&](const auto& part) { return has(header.outputs, part); });
}

Header header_for(const Decision& decision, const CaseEdit& edit) {
  Header out;
  for (const Field& field : decision.inputs)
    if (edit.input.find(field.name) || !field.optional) out.inputs.push_back(field.name);
  for (const auto& [name, value] : *edit.input.as_object())
    if (!has(out.inputs, name)) out.inputs.push_back(name);
  if (edit.on) out.inputs.emplace_back(kOn);
  if (out.inputs.empty()) out.inputs.emplace_back("改动");
  out.outputs = parts_of(decision, edit);
  out.noted = true;
  return out;
}

std::string joined_cells(const std::vector<std::string>& cells) {
  std::string out;
  for (const auto& cell : cells) out += (out.empty() ? "" : " | ") + cell;
  return out;
}

std::string row_of(const Header& header, const Decision& decision, const CaseEdit& edit) {
  std::vector<std::string> inputs, outputs;
  for (const auto& name : header.inputs) {
    const Json* value = edit.input.find(name);
    inputs.push_back(value ? literal_of(*value) : name == kOn && edit.on ? edit.on->str() : "-");
  }
  if (!edit.expected) {
    outputs.push_back(std::string(kRefused) + (edit.refused_at.empty() ? "" : ": " + edit.refused_at));
    for (size_t i = 1; i < header.outputs.size(); ++i) outputs.emplace_back("-");
  } else if (!is_context(decision) || header.outputs == std::vector<std::string>{std::string(kWhole)}) {
    outputs.push_back(literal_of(*edit.expected));
  } else {
    for (const auto& name : header.outputs) {
      const Json* part = edit.expected->find(name);
      outputs.push_back(part ? literal_of(*part) : "-");
    }
  }
  if (header.noted && !edit.note.empty()) outputs.push_back(edit.note);
  return joined_cells(inputs) + " || " + joined_cells(outputs);
}

// The block of the decision's last cases, else of the decision itself.
const OutlineBlock* block_for(const std::vector<OutlineArticle>& articles, const Decision& decision) {
  const OutlineBlock* out = nullptr;
  for (const auto& article : articles)
    for (const auto& block : article.blocks) {
      bool own = block.kind == "decision" && block.name == decision.id && !out;
      if (own || (block.kind == "case" && block.name == decision.id)) out = &block;
    }
  return out;
}

std::string lines_between(const std::string& document, int from, int to) {  // from 1, both included
  std::string out;
  int line = 1;
  for (size_t at = 0; at < document.size(); ++line) {
    size_t end = document.find('\n', at);
    end = end == document.npos ? document.size() : end + 1;
    if (line >= from && line <= to) out += document.substr(at, end - at);
    at = end;
  }
  return out;
}

}  // namespace

base::Result<std::string> with_case(const std::string& document, const Decision& decision, const CaseEdit& edit) {
  if (!edit.input.as_object())
    return base::Error{"policy.edit.value", "案例的输入要是一个对象", "input", "写成 {\"名称\": 值, …}"};
  if (edit.note.find_first_of("|\n") != edit.note.npos)
    return base::Error{"policy.edit.value", "说明里不能有竖线和换行", "note", "换一个字"};
  const auto articles = outline(document);
  const OutlineBlock* block = block_for(articles, decision);
  if (!block)
    return base::Error{"policy.edit.block", "文档里没有决策“" + decision.id + "”", "decision", "重新读取文档"};
  const std::string before = lines_between(document, 1, block->end_line);
  const std::string after = lines_between(document, block->end_line + 1, INT32_MAX);
  auto header = block->kind == "case" ? header_of(*block) : std::nullopt;
  if (header && fits(*header, decision, edit)) {
    const std::string kept = lines_between(document, 1, block->line - 1);
    const std::string rows = lines_between(document, block->line, block->end_line - 1);
    return kept + format_document(rows + row_of(*header, decision, edit) + "\n```\n") + after;
  }
  Header fresh = header_for(decision, edit);
  std::string made = "```case " + decision.id + "\n" + joined_cells(fresh.inputs) + " || " +
                     joined_cells(fresh.outputs) + " | " + std::string(kNote) + "\n" +
                     row_of(fresh, decision, edit) + "\n```\n";
  const std::string gap = before.ends_with("\n") ? "\n" : "\n\n";
  return before + gap + format_document(made) + after;
}

}  // namespace guanhu::policy
