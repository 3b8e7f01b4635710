// Formulas of duties, notices and processes, followed as those of decisions are; what texts say in braces; whether
// what is asked of a decision can be answered.
#include <algorithm>
#include <set>

#include "feel/program.h"
#include "policy/detail/check_codes.h"
#include "policy/detail/check_flow.h"
#include "policy/detail/check_meaning.h"
#include "policy/detail/check_study.h"
#include "policy/detail/compiled.h"
#include "policy/detail/formula.h"
#include "policy/detail/formula_text.h"
#include "policy/detail/text.h"
#include "policy/detail/texts.h"
#include "policy/formula_scope.h"
#include "policy/subjects.h"

namespace guanhu::policy::detail {

namespace {

class WorkFormulas {
 public:
  // `fields`: what the formulas may name, besides parameters and functions.
  WorkFormulas(const Draft& draft, const Element& element, const std::vector<Field>& fields, Report& report)
      : draft_(draft), element_(element), fields_(fields), report_(report) {
    for (auto pack = draft.pack.imports.rbegin(); pack != draft.pack.imports.rend(); ++pack) declare(**pack);
    declare(draft.pack);
    for (const Field& field : fields)
      symbols_.insert_or_assign(field.name, Symbol{field.type ? Info::of_field(field) : Info()});
  }

  void condition(const Text& text) {
    run(text,
        [](Flow& flow, const feel::Node& tree, std::string_view source) { flow.condition(tree, source, true); });
  }

  // A date, or null when there is nothing to do.
  void day(const Text& text, const std::string& what) {
    run(text, [&](Flow& flow, const feel::Node& tree, std::string_view source) {
      Info given = flow.run(tree, source), wanted = Info::of_kind(TypeKind::date);
      wanted.null = true;
      if (given.kind != TypeKind::date_time) flow.fits(tree, given, wanted, what);
    });
  }

  // "{名称}" in a title or a message.
  void braces(std::string_view key) {
    const Entry* entry = element_.body.find(key);
    if (!entry || entry->value.kind != NodeKind::string) return;
    const std::string& text = entry->value.text;
    FormulaText at(element_, entry->value, report_);
    for (size_t open = text.find('{'); open != text.npos; open = text.find('{', open + 1)) {
      size_t close = text.find('}', open);
      const std::string name = text.substr(open + 1, close == text.npos ? close : close - open - 1);
      if (close != text.npos && is_field(name)) continue;
      size_t end = std::min(close == text.npos ? text.size() : close + 1, text.size());
      at.report({static_cast<uint32_t>(open), static_cast<uint32_t>(end)}, "policy.formula.name",
                close == text.npos ? "{ 没有用 } 收住" : "没有“" + name + "”这一列", columns(name));
    }
  }

  // What the decision must know is among the fields.
  void answers(const std::string& id, Place at, std::string_view by) {
    const Decision* decision = id.empty() ? nullptr : draft_.pack.decision(id);
    if (!decision) return;  // none, or reported elsewhere
    std::vector<std::string> missing;
    for (const Field& input : decision->inputs)
      if (!input.optional && !is_field(input.name)) missing.push_back(input.name);
    if (!missing.empty())
      report_.add(*element_.source, at, "policy.reference",
                  "决策“" + id + "”还要知道" + joined(missing) + "，" + std::string(by) + "里没有",
                  "在" + std::string(by) + "里加上同名的一行");
  }

 private:
  void declare(const Pack& pack) {
    for (const Parameter& parameter : pack.parameters)
      if (parameter.decision.empty())
        symbols_.insert_or_assign(parameter.name, Symbol{Info::of_parameter(parameter)});
  }

  bool is_field(std::string_view name) const {
    return std::any_of(fields_.begin(), fields_.end(), [&](const Field& field) { return field.name == name; });
  }

  std::string columns(const std::string& name) const {
    std::vector<std::string> known;
    for (const Field& field : fields_) known.push_back(field.name);
    std::string near = nearest(name, known);
    return (near.empty() ? "" : "是不是想写“" + near + "”？") + std::string("可以写：") + joined(known);
  }

  template <class Follow>
  void run(const Text& text, Follow follow) {
    if (text.empty()) return;
    auto tree = feel::parse(text.text, formula_scope());
    if (!tree.ok() || !names_known(text, **tree) || !compiles(text)) return;
    Flow flow(symbols_, draft_.pack,
              [&](feel::SourceRange range, std::string_view code, std::string message, std::string hint) {
                report_.add(*element_.source, place_of(text, range), std::string(code), std::move(message),
                            std::move(hint));
              });
    follow(flow, **tree, text.text);
  }

  bool names_known(const Text& text, const feel::Node& tree) {
    bool all = true;
    for (const UsedName& used : free_names(tree)) {
      if (symbols_.contains(used.name) || used.in_filter || draft_.broken_names.contains(used.name)) continue;
      if (draft_.pack.function(used.name)) continue;
      all = false;
      report_.add(*element_.source, place_of(text, used.range), "policy.formula.name", "不认识“" + used.name + "”",
                  columns(used.name) + "，以及参数和函数");
    }
    return all;
  }

  bool compiles(const Text& text) {
    feel::Scope scope = formula_scope();
    for (const auto& [name, symbol] : symbols_) scope.declare(name);
    auto functions = [&](const Pack& pack) {
      if (!pack.compiled) return;
      for (const auto& [name, function] : pack.compiled->functions)
        if (scope.find(name) < 0) scope.declare(name, nullptr, function);
    };
    functions(draft_.pack);
    for (const auto& imported : draft_.pack.imports) functions(*imported);
    auto program = feel::compile(text.text, scope);
    if (program.ok()) return true;
    // A function that could not be compiled has been found wrong already.
    if (program.error().code == "feel.name" && !draft_.broken_names.empty()) return false;
    Wording wording = in_chinese(program.error());
    report_.add(*element_.source, place_of(text, word_at(text.text, program.error().where)),
                "policy.formula.syntax", wording.message, wording.hint);
    return false;
  }

  const Draft& draft_;
  const Element& element_;
  const std::vector<Field>& fields_;
  Report& report_;
  Symbols symbols_;
};

// What no condition of a step and no gate reads; a hint may say why it stays, as of decisions.
void unused_inputs(const Draft& draft, const Element& element, const Process& process, Report& report) {
  std::set<std::string> used;
  for (const ProcessStep& step : process.steps) {
    if (const Decision* gate = step.gate.empty() ? nullptr : draft.pack.decision(step.gate))
      for (const Field& input : gate->inputs) used.insert(input.name);
    auto tree = feel::parse(step.condition.text, formula_scope());
    if (!step.condition.empty() && !tree.ok()) return;  // reported elsewhere; it may be what uses it
    if (tree.ok())
      for (const UsedName& name : free_names(**tree)) used.insert(name.name);
  }
  for (const Field& input : process.inputs)
    if (!used.contains(input.name) && !input.hint.starts_with("不参与判断"))
      report.add(*element.source, place_of(input.at), codes::kUnusedInput,
                 "流程的输入“" + input.name + "”没有用到",
                 "删去它，或在哪一步的 when、gate 里用上；一定要保留的，后面写 # 不参与判断：理由");
}

void check_process(const Draft& draft, const Element& element, Report& report) {
  const Process& process = draft.pack.processes[element.index];
  WorkFormulas formulas(draft, element, process.inputs, report);
  const Entry* steps = element.body.find("step");
  for (size_t i = 0; i < process.steps.size(); ++i) {
    const ProcessStep& step = process.steps[i];
    formulas.condition(step.condition);
    if (step.gate.empty() || !steps || i >= steps->value.items.size()) continue;
    if (const Entry* gate = steps->value.items[i].find("gate"))
      formulas.answers(step.gate, gate->value.at, "流程的 inputs ");
  }
  unused_inputs(draft, element, process, report);
}

}  // namespace

void check_work_formulas(const Draft& draft, Report& report) {
  for (const Element& element : draft.elements) {
    if (!element.sound) continue;
    if (element.kind == ElementKind::duty) {
      const Duty& duty = draft.pack.duties[element.index];
      WorkFormulas formulas(draft, element, subject_columns(duty.subject), report);
      formulas.condition(duty.where);
      formulas.day(duty.due, "到期的日子");
      formulas.braces("title");
    } else if (element.kind == ElementKind::notice) {
      const Notice& notice = draft.pack.notices[element.index];
      WorkFormulas formulas(draft, element, subject_columns(notice.subject), report);
      formulas.condition(notice.where);
      formulas.day(notice.when, "发送的日子");
      formulas.braces("title");
      formulas.braces("text");
    } else if (element.kind == ElementKind::process) {
      check_process(draft, element, report);
    } else if (element.kind == ElementKind::checklist) {
      const Checklist& list = draft.pack.checklists[element.index];
      WorkFormulas(draft, element, list.items, report)
          .answers(list.conclusion, Draft::place(element, "conclusion"), "检查表的 items ");
    }
  }
}

}  // namespace guanhu::policy::detail
