// One block of a draft changed by hand: its text, a formula, the cells of a table, a parameter; a case added.
#include <algorithm>

#include "api/draft_work.h"
#include "api/gate.h"
#include "api/policy_json.h"
#include "api/policy_trial.h"
#include "base/json_member.h"
#include "feel/json.h"
#include "policy/block_edit.h"
#include "policy/decide.h"
#include "policy/dmn_table_edit.h"
#include "policy/edit.h"

namespace guanhu::api {

using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

Error not_readable() {
  return {"policy.edit.layout", "这一块现在读不出来，不能这样改", "edit", "先改好这一块的源文"};
}

// The element whose block begins at the line.
const Element* element_at(const std::vector<Element>& all, const policy::PolicyDraft& draft,
                          const std::string& path, const policy::OutlineBlock& block) {
  for (const Element& one : all)
    if (path_in_draft(draft, shown_document(one.origin->document)) == path && one.origin->line >= block.line &&
        one.origin->line <= block.end_line)
      return &one;
  return nullptr;
}

const policy::Body* body_of(const Element& element) {
  if (element.kind == "decision") return &element.as<policy::Decision>().body;
  if (element.kind == "function") return &element.as<policy::Function>().body;
  return nullptr;
}

const policy::Step* step_of(const policy::Body& body, const std::string& name) {
  for (const auto& step : body.steps)
    if (step.name == name) return &step;
  return name.empty() && !body.steps.empty() ? &body.steps.front() : nullptr;
}

base::Result<std::string> edit_formula(const std::string& text, const Element& element, const Json& edit) {
  const std::string now = text_in(edit, "text");
  if (const policy::Body* body = body_of(element)) {
    const policy::Step* step = step_of(*body, text_in(edit, "step"));
    if (!step || step->table) return not_readable();
    return policy::with_formula(text, step->formula, now);
  }
  return Error{"policy.edit.layout", "这种块的公式在源文里改", "edit", "直接改这一块的源文"};
}

std::optional<policy::HitPolicy> policy_in(const std::string& word) {
  constexpr const char* kWords[] = {"unique", "any", "priority", "first", "rule_order", "output_order", "collect"};
  for (size_t i = 0; i < std::size(kWords); ++i)
    if (word == kWords[i]) return static_cast<policy::HitPolicy>(i);
  return std::nullopt;
}

std::optional<policy::Aggregation> aggregation_in(const std::string& word) {
  constexpr const char* kWords[] = {"none", "sum", "min", "max", "count"};
  for (size_t i = 0; i < std::size(kWords); ++i)
    if (word == kWords[i]) return static_cast<policy::Aggregation>(i);
  return std::nullopt;
}

std::string cell_text(const policy::Cell& cell) { return cell.text.text.empty() ? "-" : cell.text.text; }

// A cell cannot hold what would begin another one.
bool fits_cell(const std::string& text) {
  bool quoted = false;
  for (char c : text) {
    if (c == '"') quoted = !quoted;
    if (c == '\n' || (c == '|' && !quoted)) return false;
  }
  return !quoted;
}

class TableEditor {
 public:
  TableEditor(const policy::Table& table, bool gate, const Json& edit) : table_(table), edit_(edit) {
    out_.table = &table, out_.gate = gate;
  }

  base::Result<policy::TableEdit> run() {
    out_.policy = policy_in(text_in(edit_, "policy")).value_or(table_.policy);
    out_.aggregation = aggregation_in(text_in(edit_, "aggregation")).value_or(table_.aggregation);
    if (out_.gate && (out_.policy != table_.policy || out_.aggregation != table_.aggregation))
      return Error{"policy.edit.value", "逐条原因的审查总是汇集", "policy", ""};
    const JsonArray& rows = *edit_.find("rows")->as_array();
    if (rows.empty()) return Error{"policy.edit.value", "表里一行也不剩", "rows", "不要的决策在文档里删"};
    for (const Json& row : rows)
      if (auto error = add(row)) return *error;
    return out_;
  }

 private:
  std::optional<Error> add(const Json& row) {
    auto old = row.find("old")->as_number()->to_int64().value_or(-1);
    const policy::TableRow* was = old >= 0 && old < static_cast<int64_t>(table_.rows.size())
                                      ? &table_.rows[static_cast<size_t>(old)]
                                      : nullptr;
    const std::string where = "rows/" + std::to_string(out_.rows.size());
    auto tests = texts_in(row, "tests"), results = texts_in(row, "results");
    if (tests.size() != table_.inputs.size() || results.size() != table_.outputs.size())
      return Error{"policy.edit.value",
                   "这一行要有 " + std::to_string(table_.inputs.size()) + " 个条件和 " +
                       std::to_string(table_.outputs.size()) + " 个结果",
                   where, "增减列在源文里改"};
    policy::TableEdit::Row made;
    made.old = was ? static_cast<int>(old) : -1;
    for (size_t i = 0; i < tests.size(); ++i) cell(made.tests, tests[i], was ? &was->tests[i] : nullptr, where);
    for (size_t i = 0; i < results.size(); ++i)
      cell(made.results, results[i], was ? &was->results[i] : nullptr, where);
    std::string rules;
    for (const auto& rule : texts_in(row, "rules")) rules += (rules.empty() ? "" : ", ") + rule;
    std::string old_rules;
    if (was)
      for (const auto& rule : was->rules) old_rules += (old_rules.empty() ? "" : ", ") + rule;
    if (given(row, "rules")) note(made.notes[0], rules, was ? &old_rules : nullptr, where);
    if (given(row, "article")) note(made.notes[1], text_in(row, "article"), was ? &was->article : nullptr, where);
    if (given(row, "note")) note(made.notes[2], text_in(row, "note"), was ? &was->note : nullptr, where);
    if (out_.gate && made.notes[1].changed && !made.notes[1].text.empty())
      return Error{"policy.edit.value", "逐条原因的审查没有条款一列", where, ""};
    out_.rows.push_back(std::move(made));
    return error_;
  }

  void cell(std::vector<policy::TableEdit::Cell>& out, const std::string& text, const policy::Cell* was,
            const std::string& where) {
    const std::string now = text.empty() ? "-" : text;
    out.push_back({!was || cell_text(*was) != now, now});
    if (!fits_cell(now))
      error_ = Error{"policy.edit.value", "格子里写不下：" + now, where, "竖线写成 or，或放进引号；不换行"};
  }

  void note(policy::TableEdit::Cell& out, const std::string& text, const std::string* was,
            const std::string& where) {
    out = {!was || *was != text, text};
    if (text.find_first_of("|\n\"\\") != text.npos)
      error_ = Error{"policy.edit.value", "说明里不能有竖线、引号和反斜线", where, ""};
  }

  const policy::Table& table_;
  const Json& edit_;
  policy::TableEdit out_;
  std::optional<Error> error_;
};

base::Result<std::string> edit_table(const std::string& text, const Element& element, const Json& edit) {
  const policy::Body* body = body_of(element);
  const policy::Step* step = body ? step_of(*body, text_in(edit, "step")) : nullptr;
  if (!step || !step->table) return not_readable();
  auto made = TableEditor(*step->table, body->kind == policy::BodyKind::gate, edit).run();
  if (!made) return made.error();
  return policy::with_table(text, *made);
}

base::Result<std::string> edit_parameter(const std::string& text, const std::vector<Element>& all,
                                         const policy::PolicyDraft& draft, const std::string& path,
                                         const policy::OutlineBlock& block, const Json& edit) {
  policy::ParameterEdit made;
  made.name = text_in(edit, "name");
  made.value = *edit.find("value");
  if (const Json* from = given(edit, "from")) made.from = base::Date::parse(*from->as_string());
  if (const Json* note = given(edit, "note")) made.note = *note->as_string();
  if (const Json* confirm = given(edit, "to_confirm")) made.to_confirm = *confirm->as_bool();
  for (const Element& one : all) {
    bool here = one.kind == "parameter" && one.name == made.name && one.origin->line >= block.line &&
                one.origin->line <= block.end_line &&
                path_in_draft(draft, shown_document(one.origin->document)) == path;
    if (here) return policy::with_parameter(text, one.as<policy::Parameter>(), made);
  }
  return Error{"policy.edit.block", "这一块里没有参数“" + made.name + "”", "edit/parameter/name", "重新读取文档"};
}

// Keys of a block, as forms change them.
base::Result<std::string> edit_keys(const std::string& text, int line, const Json& edit) {
  std::vector<policy::KeyEdit> made;
  for (const Json& one : *edit.as_array()) made.push_back({text_in(one, "key"), *one.find("value")});
  if (made.empty()) return Error{"request.body", "没有说要改哪一项", "edit/keys", "写 key 和 value"};
  return policy::with_block_keys(text, line, made);
}

base::Result<std::string> edited(const std::string& text, const DraftWork& work, const policy::Pack& pack,
                                 const std::string& path, int line, const Json& edit) {
  if (const Json* source = given(edit, "source")) return policy::with_block(text, line, *source->as_string());
  std::optional<policy::OutlineBlock> block;
  for (const auto& article : policy::outline(text))
    for (const auto& one : article.blocks)
      if (one.line == line) block = one;
  if (!block)
    return Error{"policy.edit.block", "第 " + std::to_string(line) + " 行没有块", "line", "重新读取文档"};
  if (const Json* keys = given(edit, "keys")) return edit_keys(text, line, *keys);
  const auto all = elements_of(pack);
  if (const Json* parameter = given(edit, "parameter"))
    return edit_parameter(text, all, work.draft, path, *block, *parameter);
  const Element* element = element_at(all, work.draft, path, *block);
  if (!element) return not_readable();
  if (const Json* formula = given(edit, "formula")) return edit_formula(text, *element, *formula);
  if (const Json* table = given(edit, "table")) return edit_table(text, *element, *table);
  return Error{"request.body", "没有说要改什么", "edit", "写 source、keys、formula、table 或 parameter"};
}

// What was done, for the record: "formula personal-loan-payment-mode".
std::string words_of(const Json& edit, int line) {
  for (const auto& [kind, value] : *edit.as_object())
    if (!value.is_null()) return kind + " " + std::to_string(line);
  return "";
}

}  // namespace

Outcome edit_block(Services& s, const Call& call) {
  auto found = draft_work(s, call);
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  const DraftWork& work = std::get<DraftWork>(found);
  const std::string& path = call.text("path");
  const policy::DraftFile* file = work.file(path);
  if (!file) return not_found();
  // A line of another revision is another block.
  if (call.body.find("revision")->as_number()->to_int64() != work.draft.revision)
    return change_draft(s, call, work, path, file->content, "");
  OpenedDraftPtr opened = s.drafts().open(work.draft, work.files);
  const Json& edit = *call.body.find("edit");
  const int line = static_cast<int>(
      std::clamp<int64_t>(call.body.find("line")->as_number()->to_int64().value_or(0), 0, 1'000'000));
  auto made = edited(*file->content, work, opened->loaded.pack, path, line, edit);
  if (!made) return refused_draft(made.error());
  return change_draft(s, call, work, path, *made, words_of(edit, line));
}

Outcome add_case(Services& s, const Call& call) {
  auto found = draft_work(s, call);
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  const DraftWork& work = std::get<DraftWork>(found);
  OpenedDraftPtr opened = s.drafts().open(work.draft, work.files);
  const policy::Pack& pack = opened->loaded.pack;
  const policy::Decision* decision = pack.decision(call.text("decision"));
  if (!decision || pack_of(decision->origin) != pack.id)
    return Refusal{422,
                   {"decide.unknown", "草稿里没有决策“" + call.text("decision") + "”", "decision", ""},
                   {{"decision", "草稿里没有这个决策"}}};
  const Json *on = given(call.body, "on"), *expected = call.body.find("expected");
  policy::CaseEdit made;
  made.input = *call.body.find("input");
  if (on) made.on = base::Date::parse(*on->as_string());
  made.note = text_in(call.body, "note");
  if (expected) {
    made.expected = *expected;
  } else {
    auto answer = policy::decide(pack, decision->id, made.input, made.on.value_or(today_of(s)));
    if (answer.ok()) made.expected = feel::to_json(answer->result);
    else if (answer.error().code.starts_with("decide.input.") || answer.error().code == "decide.refused")
      made.refused_at = answer.error().where;
    else return refusal_of_trial(*decision, made.input, answer.error());
  }
  const std::string path = path_in_draft(work.draft, shown_document(decision->origin.document));
  const policy::DraftFile* file = work.file(path);
  if (!file) return not_found();
  auto text = policy::with_case(*file->content, *decision, made);
  if (!text) return refused_draft(text.error());
  return change_draft(s, call, work, path, *text, "case " + decision->id);
}

}  // namespace guanhu::api
