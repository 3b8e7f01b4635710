// `fact` and `list` blocks, and the keys of a scheme that a decision scores.
#include <algorithm>

#include "policy/detail/draft.h"
#include "policy/detail/fields.h"
#include "policy/detail/text.h"
#include "policy/detail/texts.h"
#include "policy/detail/type_text.h"

namespace guanhu::policy::detail {

namespace {

constexpr Word<RecordedOf> kSubjects[] = {
    {RecordedOf::staff, "staff", "员工"}, {RecordedOf::customer, "customer", "客户"},
    {RecordedOf::loan, "loan", "借据"},   {RecordedOf::organisation, "organisation", "机构"},
    {RecordedOf::bank, "bank", "全行"},
};
constexpr Word<bool> kTimes[] = {
    {true, "period", "按期间"},
    {false, "day", "自某日起"},
};

// Lines "名称 = 算式".
template <class Take>
void named_lines(const Begun& at, Report& report, std::string_view key, bool required, Take&& take) {
  const Node* node =
      at.fields.node(key, NodeKind::string, required, std::string(key) + " = \"\"\"…\"\"\"，每行一个 名称 = 算式");
  if (!node) return;
  for (const Text& raw : lines_of(text_of(*node))) {
    Text line = trimmed(raw);
    size_t equals = find_equals(line.text);
    Text name = trimmed(part_of(line, 0, std::min(equals, line.text.size())));
    Text formula = equals == std::string::npos ? Text{} : trimmed(part_of(line, equals + 1, line.text.size()));
    if (!valid_local_name(name.text) || formula.empty()) {
      at.fields.mark_unsound();
      report.add(*at.block.source, place_of(line), "policy.scheme.source", "这一行要写 名称 = 算式",
                 "写成 考核年度 = 期间.年");
      continue;
    }
    take(name, std::move(formula));
  }
}

// Lines "原因 | 条件", for those left out also "| 等级".
void gates(const Begun& at, Report& report, bool leaves_out, Scheme& out) {
  const Node* node = at.fields.node(leaves_out ? "leave_out" : "hold", NodeKind::string, false);
  if (!node) return;
  for (const Text& line : lines_of(text_of(*node))) {
    auto sections = cells_of(line);
    const std::vector<Text>& cells = sections[0];
    const size_t most = leaves_out ? 3 : 2;
    if (sections.size() != 1 || cells.size() < 2 || cells.size() > most || cells[0].empty() || cells[1].empty()) {
      at.fields.mark_unsound();
      report.add(*at.block.source, place_of(trimmed(line)), "policy.scheme.gate",
                 std::string("这一行要写“原因 | 条件") + (leaves_out ? " | 等级”" : "”"),
                 "写成 任务完成考核表还没有签认 | not(任务考核表已签认)");
      continue;
    }
    out.gates.push_back({cells[0].text, cells[1], leaves_out, cells.size() == 3 ? cells[2].text : "", {}});
  }
}

RecordedFact recorded_fact(const Field& field, const RecordedFact& common) {
  RecordedFact out = common;
  out.name = field.name;
  out.hint = field.hint;
  out.type = field.type;
  if (field.optional) out.otherwise = field.otherwise.value_or(feel::Value());
  out.origin.line = field.at.line;
  return out;
}

}  // namespace

void read_recorded(Draft& draft, Report& report, const Begun& at) {
  RecordedFact common;
  common.group = at.block.name;
  common.of =
      at.fields.choice("of", std::span<const Word<RecordedOf>>(kSubjects), true).value_or(RecordedOf::staff);
  common.by_period = at.fields.choice("time", std::span<const Word<bool>>(kTimes), false).value_or(true);
  common.by = at.fields.texts("by", false);
  common.origin = cite(at, true);
  const Node* node = at.fields.node("facts", NodeKind::string, true,
                                    "facts = \"\"\"…\"\"\"，每行一个 名称: 类型，如 年终绩效: 元 >= 0");
  if (node) {
    TypeReader types(
        *at.block.source, report, [&draft](std::string_view name) { return draft.type(name); },
        draft.type_names());
    bool sound = true;
    for (const Field& field : types.fields(text_of(*node), true, sound)) {
      if (const RecordedFact* other = draft.pack.recorded_fact(field.name)) {
        sound = false;
        report.add(*at.block.source, place_of(field.at), "policy.name.repeated",
                   "登记事实“" + field.name + "”已经写过了",
                   "前一个在 " + other->origin.document + ":" + std::to_string(other->origin.line) + "；删去一个");
      } else {
        draft.pack.recorded.push_back(recorded_fact(field, common));
      }
    }
    if (!sound) at.fields.mark_unsound();
  }
  const size_t index = draft.pack.recorded.empty() ? 0 : draft.pack.recorded.size() - 1;
  if (draft.pack.recorded.empty()) {
    at.fields.finish();
    draft.broken_names.insert(at.block.name);
  } else {
    keep(draft, at, ElementKind::recorded, index);
  }
}

void read_list(Draft& draft, Report& report, const Begun& at) {
  ListFigure out;
  out.name = at.block.name;
  out.of = at.fields.text("of").value_or("");
  out.group = at.fields.optional_text("group");
  out.sample = at.fields.optional_text("sample");
  out.seed = at.fields.optional_text("seed");
  if (out.sample.empty() != out.seed.empty())
    at.fields.refuse(out.sample.empty() ? "seed" : "sample", "policy.list.sample", "抽查要同时写抽几笔和种子",
                     "写成 sample = \"抽查笔数上限\" 和 seed = \"抽样种子\"");
  named_lines(at, report, "entries", true, [&](const Text& name, Text formula) {
    bool known =
        std::any_of(out.parts.begin(), out.parts.end(), [&](const auto& p) { return p.name == name.text; });
    if (known) {
      at.fields.mark_unsound();
      report.add(*at.block.source, place_of(name), "policy.name.repeated", "“" + name.text + "”写了两次",
                 "删去一个");
    } else {
      out.parts.push_back({name.text, std::move(formula), {}});
    }
  });
  out.origin = cite(at, true);
  keep(draft, at, ElementKind::list, draft.pack.lists.size());
  draft.pack.lists.push_back(std::move(out));
}

void read_scheme_decision(Draft&, Report& report, const Begun& at, Scheme& out) {
  named_lines(at, report, "sources", false, [&](const Text& name, Text formula) {
    bool known =
        std::any_of(out.sources.begin(), out.sources.end(), [&](const auto& s) { return s.input == name.text; });
    if (known) {
      at.fields.mark_unsound();
      report.add(*at.block.source, place_of(name), "policy.name.repeated", "“" + name.text + "”写了两次",
                 "删去一个");
    } else {
      out.sources.push_back({name.text, std::move(formula), {}});
      out.sources.back().ask.decision.title = std::to_string(name.line) + ":" + std::to_string(name.column);
    }
  });
  gates(at, report, true, out);
  gates(at, report, false, out);
  out.peers = at.fields.optional_text("peers");
  out.peer_weight = at.fields.optional_text("peer_weight");
}

}  // namespace guanhu::policy::detail

namespace guanhu::policy {

namespace {
struct SubjectWords {
  RecordedOf of;
  std::string_view kind, word;
};
constexpr SubjectWords kSubjectWords[] = {
    {RecordedOf::staff, "staff", "员工"}, {RecordedOf::customer, "customer", "客户"},
    {RecordedOf::loan, "loan", "借据"},   {RecordedOf::organisation, "organisation", "机构"},
    {RecordedOf::bank, "bank", "全行"},
};
const SubjectWords& words_of(RecordedOf of) {
  return *std::find_if(std::begin(kSubjectWords), std::end(kSubjectWords),
                       [&](const SubjectWords& one) { return one.of == of; });
}
}  // namespace

std::string_view subject_kind(RecordedOf of) { return words_of(of).kind; }
std::string_view subject_word(RecordedOf of) { return words_of(of).word; }

std::optional<RecordedOf> recorded_of(std::string_view kind) {
  for (const SubjectWords& one : kSubjectWords)
    if (one.kind == kind || one.word == kind) return one.of;
  return std::nullopt;
}

}  // namespace guanhu::policy
