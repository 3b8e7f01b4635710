// `case` blocks: worked cases as a pipe table, one on each line.
//
//   拟融资总量 | 评级证书出具方 || 评级方法          base: 名称: 值, one on each line
//   1000000   | 无            || 内部评级          改动: 名称: 值; 名称: 值
#include <algorithm>

#include "policy/detail/draft.h"
#include "policy/detail/fields.h"
#include "policy/detail/literal.h"
#include "policy/detail/text.h"
#include "policy/detail/texts.h"

namespace guanhu::policy::detail {

namespace {

constexpr std::string_view kChanges = "改动", kNote = "说明", kOn = "参数日期", kRefused = "拒绝", kWhole = "结果";

class CaseReader {
 public:
  CaseReader(const Draft& draft, Report& report, const Block& block, const Decision& decision)
      : report_(report), source_(*block.source), decision_(decision) {
    (void)draft;
  }

  bool base(const Text& text) {
    for (const Text& line : lines_of(text)) set(base_, trimmed(line));
    return sound_;
  }
  std::vector<Case> table(const Text& text);
  bool sound() const { return sound_; }

 private:
  void header(const Text& line);
  void row(const Text& line, std::vector<Case>& out);
  void input(const Text& cell, const Text& heading, Case& out);
  void expectation(const std::vector<Text>& cells, Case& out);
  void set(base::Json& input, const Text& text);
  void put(base::Json& input, const std::string& name, std::string_view text);
  void refuse(const Text& at, std::string message, std::string hint) {
    sound_ = false;
    report_.add(source_, place_of(at), "policy.case", std::move(message), std::move(hint));
  }
  std::string near(const std::string& name, std::vector<std::string> known) const {
    std::string found = nearest(name, known);
    return found.empty() ? "" : "是不是想写 " + found + "？";
  }

  Report& report_;
  const Source& source_;
  const Decision& decision_;
  std::vector<Text> inputs_, outputs_;
  base::Json base_ = base::JsonObject{};
  bool sound_ = true, noted_ = false;
};

// "-" and an empty cell leave the input out.
void CaseReader::put(base::Json& input, const std::string& name, std::string_view text) {
  auto& object = *input.as_object();
  std::erase_if(object, [&](const auto& entry) { return entry.first == name; });
  if (text.empty() || text == "-") return;
  const Field* field = decision_.input(name);
  static const ValueType kAny;
  object.emplace_back(name, literal(text, field ? *field->type : kAny));
}

// "名称: 值". An unknown name is allowed: a case may show that it is refused.
void CaseReader::set(base::Json& input, const Text& text) {
  size_t width = 0, colon = find_colon(text.text, width);
  if (colon == std::string::npos)
    return refuse(text, "“" + text.text + "”要写成 名称: 值", "几处改动用分号隔开：金额: 100; 期限: 12");
  put(input, std::string(trim(std::string_view(text.text).substr(0, colon))),
      trim(std::string_view(text.text).substr(colon + width)));
}

void CaseReader::header(const Text& line) {
  auto sections = cells_of(line);
  if (sections.size() != 2)
    return refuse(trimmed(line), "表头要有一个 || 隔开输入和结果", "写成 输入 | 输入 || 结果");
  inputs_ = sections[0];
  outputs_ = sections[1];
  if (outputs_.back().text == kNote) noted_ = true, outputs_.pop_back();
  bool context = decision_.output && decision_.output->kind == TypeKind::context;
  if (outputs_.empty()) return refuse(trimmed(line), "表头里没有结果", "在 || 后面写结果的名称");
  for (const Text& output : outputs_) {
    if (!context || output.text == kWhole || decision_.output->member(output.text)) continue;
    std::vector<std::string> known;
    for (const Field& part : decision_.output->members) known.push_back(part.name);
    refuse(output, "结果里没有“" + output.text + "”", near(output.text, known) + "结果有：" + joined(known));
  }
  if (!context && outputs_.size() > 1) refuse(outputs_[1], "这个决策只有一个结果", "|| 后面只写一列");
}

void CaseReader::input(const Text& cell, const Text& heading, Case& out) {
  if (heading.text == kOn) {
    if (cell.empty() || cell.text == "-") return;
    out.on = base::Date::parse(cell.text);
    if (!out.on) refuse(cell, "“" + cell.text + "”不是日期", "写成 2024-03-01");
  } else if (heading.text == kChanges) {
    for (const Text& change : split(cell, ';'))
      if (!change.empty() && change.text != "-") set(out.input, change);
  } else {
    put(out.input, heading.text, cell.text);
  }
}

void CaseReader::expectation(const std::vector<Text>& cells, Case& out) {
  if (cells[0].text.starts_with(kRefused)) {
    out.refused = true;
    std::string_view rest = std::string_view(cells[0].text).substr(kRefused.size());
    size_t width = 0, colon = find_colon(rest, width);
    if (colon != rest.npos) out.refused_at = trim(rest.substr(colon + width));
    return;
  }
  static const ValueType kAny;
  const ValueType& type = decision_.output ? *decision_.output : kAny;
  if (outputs_.size() == 1 && (type.kind != TypeKind::context || outputs_[0].text == kWhole)) {
    out.expected = literal(cells[0].text, type);
    return;
  }
  base::JsonObject parts;
  for (size_t i = 0; i < outputs_.size(); ++i) {
    if (cells[i].empty() || cells[i].text == "-") continue;
    const Field* part = type.member(outputs_[i].text);
    parts.emplace_back(outputs_[i].text, literal(cells[i].text, part ? *part->type : kAny));
  }
  if (parts.empty()) refuse(cells[0], "没有写应当得出什么", "至少写一个结果，或写 拒绝: 输入的名称");
  out.expected = base::Json(std::move(parts));
}

void CaseReader::row(const Text& line, std::vector<Case>& out) {
  auto sections = cells_of(line);
  Text whole = trimmed(line);
  size_t wanted = outputs_.size() + (noted_ ? 1 : 0);
  bool refusal = sections.size() == 2 && sections[1][0].text.starts_with(kRefused);
  bool cells = sections.size() == 2 && sections[0].size() == inputs_.size() &&
               (sections[1].size() == wanted || sections[1].size() == outputs_.size() || refusal);
  if (!cells) {
    if (sections.size() != 2) return refuse(whole, "这一行没有用 || 隔开输入和结果", "先写输入，写 ||，再写结果");
    return refuse(whole,
                  "这一行有 " + std::to_string(sections[0].size()) + " 个输入、" +
                      std::to_string(sections[1].size()) + " 个结果，表头有 " + std::to_string(inputs_.size()) +
                      " 个和 " + std::to_string(wanted) + " 个",
                  "每一行的格数和表头一样；不填的写 -");
  }
  Case one;
  one.at = sections[0][0];
  one.at.line = whole.line;
  one.input = base_;
  for (size_t i = 0; i < inputs_.size(); ++i) input(sections[0][i], inputs_[i], one);
  if (noted_ && sections[1].size() == wanted) one.note = sections[1].back().text;
  expectation(sections[1], one);
  out.push_back(std::move(one));
}

std::vector<Case> CaseReader::table(const Text& text) {
  std::vector<Case> out;
  std::vector<Text> lines = lines_of(text);
  if (lines.empty()) refuse(text, "一个案例也没有", "第一行写表头：输入 | 输入 || 结果");
  else header(lines[0]);
  for (size_t i = 1; i < lines.size() && sound_; ++i) row(lines[i], out);
  if (lines.size() == 1 && sound_) refuse(lines[0], "表头下面没有案例", "每行一个案例");
  return out;
}

// A body with "base" or "cases" is TOML; anything else is the table itself.
bool is_toml(std::string_view body) {
  for (std::string_view line : split_lines(body)) {
    std::string_view text = trim(line);
    if (text.empty() || text[0] == '#') continue;
    return text.starts_with("base") || text.starts_with("cases") || text.starts_with("rules") ||
           text.starts_with("article");
  }
  return false;
}

// The body as it stands, a Text with its place.
Text raw_body(const Block& block) { return {block.body, block.kind_at.line + 1, 1}; }

void read_case(Draft& draft, Report& report, const Block& block) {
  const Decision* decision = draft.pack.decision(block.name);
  if (!decision) {
    if (draft.broken_names.contains(block.name)) return;
    std::vector<std::string> known;
    for (const Decision& one : draft.pack.decisions) known.push_back(one.id);
    std::string near = nearest(block.name, known);
    report.add(*block.source, block.name.empty() ? block.kind_at : block.name_at, "policy.case.decision",
               block.name.empty() ? "case 块没有写是哪个决策的" : "没有“" + block.name + "”这个决策",
               near.empty() ? "写成 ```case 决策的名称" : "是不是想写 " + near + "？");
    return;
  }
  CaseReader reader(draft, report, block, *decision);
  CaseTable out;
  out.decision = block.name;
  Node body;
  std::optional<Fields> fields;
  if (is_toml(block.body)) {
    auto parsed = parse_tree(*block.source, block.body, block.kind_at.line + 1, report);
    if (!parsed) return;
    body = std::move(*parsed);
  }
  fields.emplace(*block.source, body, block.name_at, "case“" + block.name + "”", report);
  Begun at{block, body, *fields};
  out.origin = cite(at, false);
  if (is_toml(block.body)) {
    const Node* base = fields->node("base", NodeKind::string, false);
    const Node* cases = fields->node("cases", NodeKind::string, true, "写成 cases = \"\"\"…\"\"\"：改动 || 结果");
    if (base) reader.base(text_of(*base));
    if (cases) out.cases = reader.table(text_of(*cases));
  } else {
    out.cases = reader.table(raw_body(block));
  }
  if (!reader.sound()) fields->mark_unsound();
  keep(draft, at, ElementKind::cases, draft.pack.cases.size());
  draft.pack.cases.push_back(std::move(out));
}

}  // namespace

void read_cases(Draft& draft, Report& report) {
  for (const Document& document : draft.documents)
    for (const Block& block : document.blocks)
      if (block.kind == "case") read_case(draft, report, block);
}

}  // namespace guanhu::policy::detail
