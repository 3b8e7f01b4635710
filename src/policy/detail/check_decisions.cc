// Decisions and functions across elements: names, requirements, formulas; the result of gates.
#include <algorithm>
#include <map>
#include <set>

#include "policy/detail/check_study.h"
#include "policy/detail/compiled.h"
#include "policy/detail/draft.h"
#include "policy/detail/formula.h"
#include "policy/detail/formula_text.h"
#include "policy/detail/read_table.h"
#include "policy/detail/text.h"
#include "policy/detail/texts.h"

namespace guanhu::policy::detail {

namespace {

constexpr std::string_view kGateFunction = "审查结论";

const Source* source_of(const Draft& draft, const std::string& path) {
  for (const auto& source : draft.sources)
    if (source->path == path) return source.get();
  return nullptr;
}

// feel's message in Chinese; a name that is not known gets the nearest one that is.
Wording wording_of(const base::Error& error) {
  if (error.code.starts_with("policy.")) return {error.message, error.hint};
  if (error.code != "feel.name" || error.message.starts_with("unknown function")) return in_chinese(error);
  size_t open = error.message.find('\''), close = error.message.rfind('\'');
  std::string name = close > open ? error.message.substr(open + 1, close - open - 1) : error.message;
  size_t near = error.hint.find('\'');
  std::string hint = near == std::string::npos
                         ? ""
                         : "是不是想写 " + error.hint.substr(near + 1, error.hint.rfind('\'') - near - 1) + "？";
  return {"不认识“" + name + "”", hint + "可以用的是输入、前面的各步、参数和函数；文字要加英文引号"};
}

void settle_gate(Draft& draft, Decision& decision, const Element& element, Report& report) {
  const Function* function = draft.pack.function(kGateFunction);
  if (function && function->output) {
    decision.output = decision.body.steps.back().type = function->output;
    return;
  }
  report.add(*element.source, element.at, "policy.gate",
             "gate 要用函数“" + std::string(kGateFunction) + "”，这里没有",
             "在 pack.toml 里写 imports = [\"common\"]");
}

// Columns of tables headed by the answer of another decision, or by a part of a value: "频次", "频次.常规频次".
void settle_columns(const Draft& draft, Decision& decision) {
  for (size_t i = 0; i < decision.body.steps.size(); ++i) {
    Step& step = decision.body.steps[i];
    if (!step.table) continue;
    auto of_name = [&](std::string_view name) -> ValueTypePtr {
      for (size_t j = i; j-- > 0;)
        if (decision.body.steps[j].name == name) return decision.body.steps[j].type;
      if (const Field* input = decision.input(name)) return input->type;
      for (const Requirement& requirement : decision.requirements)
        if (requirement.name == name) {
          const Decision* other = required_decision(draft.pack, requirement.decision);
          return other ? other->output : nullptr;
        }
      return nullptr;
    };
    auto of_path = [&](std::string_view path) {
      size_t dot = path.find('.');
      ValueTypePtr type = of_name(path.substr(0, dot));
      while (type && dot != path.npos) {
        const size_t begin = dot + 1;
        dot = path.find('.', begin);
        const Field* member = type->member(path.substr(begin, dot == path.npos ? dot : dot - begin));
        type = member ? member->type : nullptr;
      }
      return type;
    };
    if (auto table = with_column_types(*step.table, of_path)) step.table = std::move(table);
  }
}

// What was taken over fits the pack it comes from; here something it uses was replaced.
void inherited(const Draft& draft, const std::string& document, const Text& text, const Wording& wording,
               Report& report) {
  report.add(*draft.sources.front(), {1, 1, 1}, "policy.pack.extends",
             "接过来的 " + document + ":" + std::to_string(text.line) + " 在这里算不了：" + wording.message,
             "同名的参数、类型、函数和决策要与被代替的一样用得上");
}

// A parameter of one decision must name one that is there.
void check_owners(const Draft& draft, Report& report) {
  for (const Element& element : draft.elements) {
    if (element.kind != ElementKind::parameter) continue;
    const std::string& owner = draft.pack.parameters[element.index].decision;
    if (owner.empty() || draft.pack.decision(owner) || draft.broken_names.contains(owner)) continue;
    std::vector<std::string> known;
    for (const Decision& one : draft.pack.decisions) known.push_back(one.id);
    std::string near = nearest(owner, known);
    report.add(*element.source, element.at, "policy.parameter.owner",
               "参数“" + element.name + "”专属的决策“" + owner + "”不存在",
               near.empty() ? "写上决策的名称，或者去掉它，成为全包的参数" : "是不是想写 " + near + "？");
  }
}

// An input of the same name would hide a parameter.
void check_shadows(const Draft& draft, Report& report) {
  for (const Element& element : draft.elements) {
    if (element.kind != ElementKind::decision) continue;
    const Decision& decision = draft.pack.decisions[element.index];
    for (const Field& input : decision.inputs)
      if (draft.pack.parameter_for(decision.id, input.name))
        report.add(*element.source, place_of(input.at), "policy.name.shadow",
                   "“" + input.name + "”既是输入又是参数", "改一个名称，或者删去一个");
  }
}

}  // namespace

void settle_decisions(Draft& draft, Report& report) {
  for (const Element& element : draft.elements)
    if (element.kind == ElementKind::decision && element.sound) {
      Decision& decision = draft.pack.decisions[element.index];
      if (decision.body.kind == BodyKind::gate && !decision.output) settle_gate(draft, decision, element, report);
    }
  for (const Element& element : draft.elements)
    if (element.kind == ElementKind::decision && element.sound)
      settle_columns(draft, draft.pack.decisions[element.index]);
}

void check_decisions(Draft& draft, Report& report) {
  check_owners(draft, report);
  check_shadows(draft, report);
  // What could not be read is not compiled: it would only repeat what has been said.
  std::set<std::string> broken;
  for (const Element& element : draft.elements) {
    if (element.kind == ElementKind::decision && (!element.sound || !draft.pack.decisions[element.index].output))
      broken.insert(element.name);
    if (element.kind == ElementKind::function && (!element.sound || !draft.pack.functions[element.index].output))
      broken.insert(element.name);
  }
  draft.pack.compiled = compile_pack(
      draft.pack, broken,
      [&](const std::string& document, const Text& text, feel::SourceRange range, const base::Error& error) {
        const Source* source = source_of(draft, document);
        if (!source) return inherited(draft, document, text, wording_of(error), report);
        Wording wording = wording_of(error);
        bool whole = error.code.starts_with("policy.") || range.end > 0;
        if (!whole) range = word_at(text.text, error.where);
        std::string code = error.code.starts_with("policy.") ? error.code
                           : error.code == "feel.name"       ? "policy.formula.name"
                                                             : "policy.formula.syntax";
        report.add(*source, place_of(text, range), code, wording.message, wording.hint);
      });
}

}  // namespace guanhu::policy::detail
