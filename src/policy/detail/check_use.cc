// Inputs, parameters, steps, functions and types that nothing uses: a number a bank may change without
// any effect is a rule that was forgotten.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "policy/detail/check_codes.h"
#include "policy/detail/check_meaning.h"
#include "policy/detail/check_tree.h"
#include "policy/detail/formula.h"
#include "policy/detail/text.h"
#include "policy/detail/texts.h"
#include "policy/formula_scope.h"

namespace guanhu::policy::detail {

namespace {

// The hint of an input that is kept although no rule reads it begins so, and goes on with the reason.
constexpr std::string_view kKept = "不参与判断";

class Use {
 public:
  Use(const Draft& draft, const std::vector<Study>& studies, Report& report)
      : draft_(draft), studies_(studies), report_(report) {}

  void check() {
    for (const Study& study : studies_) {
      std::set<std::string> names = names_of(study);
      inputs(study, names);
      steps(study, names);
      own_parameters(study, names);
      all_.insert(names.begin(), names.end());
    }
    figures();
    if (shared_with_others()) return;
    pack_parameters();
    functions();
    types();
  }

 private:
  // Every name its expressions use, calls included.
  static std::set<std::string> names_of(const Study& study) {
    std::set<std::string> out;
    study.each([&](const Parsed& parsed) {
      feel::walk(*parsed.tree, [&](const feel::Node& node) {
        if (node.kind == feel::NodeKind::name) out.insert(node.text);
        return true;
      });
    });
    return out;
  }

  // A required decision takes the inputs of the same name.
  bool handed_on(const Study& study, const std::string& name) const {
    if (!study.decision) return false;
    for (const Requirement& requirement : study.decision->requirements) {
      bool replaced = std::any_of(requirement.arguments.begin(), requirement.arguments.end(),
                                  [&](const auto& argument) { return argument.input == name; });
      const Decision* other = required_decision(draft_.pack, requirement.decision);
      if (!replaced && (!other || other->input(name))) return true;
    }
    return false;
  }

  void inputs(const Study& study, const std::set<std::string>& names) {
    std::string_view what = study.decision ? "输入" : "参数";
    for (const Field& field : *study.inputs) {
      bool used = names.contains(field.name) || handed_on(study, field.name);
      bool kept = std::string_view(field.hint).starts_with(kKept);
      bool reason = kept && length(field.hint) > length(kKept) + 2;
      if (used && kept)
        report_.add(*study.source, place_of(field.at), codes::kUsedAfterAll,
                    std::string(what) + "“" + field.name + "”注明不参与判断，算式里却用到了",
                    "删去 # 后面的“不参与判断”");
      else if (!used && !reason)
        report_.add(*study.source, place_of(field.at), codes::kUnusedInput,
                    std::string(what) + "“" + field.name + "”没有用到",
                    kept ? "“不参与判断”后面写上理由，如 # 不参与判断：留作档案"
                         : "删去它，或在算式里用上；一定要保留的，后面写 # 不参与判断：理由");
    }
  }

  void steps(const Study& study, const std::set<std::string>& names) {
    for (size_t i = 0; i < study.steps.size(); ++i) {
      const Step& step = *study.steps[i].step;
      bool result = study.body->result ? *study.body->result == i : !step.helper;
      if (!result && !names.contains(step.name))
        report_.add(*study.source, place_of(step.at), codes::kUnusedStep, "“" + step.name + "”算了出来却没有用到",
                    "删去这一步，或在后面用上");
    }
    if (!study.decision) return;
    for (const Requirement& requirement : study.decision->requirements)
      if (!names.contains(requirement.name))
        report_.add(*study.source, place_of(requirement.at), codes::kUnusedRequirement,
                    "“" + requirement.name + "”要来了却没有用到", "从 requires 里删去，或在后面用上");
  }

  void own_parameters(const Study& study, const std::set<std::string>& names) {
    if (!study.decision) return;
    for (const Element& element : draft_.elements)
      if (element.kind == ElementKind::parameter && !names.contains(element.name) &&
          draft_.pack.parameters[element.index].decision == study.decision->id)
        report_.add(*element.source, element.at, codes::kUnusedParameter,
                    "参数“" + element.name + "”专属于“" + study.decision->id + "”，那里却没有用到",
                    "删去它，或在算式里用上");
  }

  void add_words(std::string_view text) {
    auto tree = feel::parse(text, formula_scope());
    if (!tree.ok()) return;
    feel::walk(*tree.value(), [&](const feel::Node& node) {
      if (node.kind == feel::NodeKind::name) all_.insert(node.text);
      return true;
    });
  }

  // Formulas of figures and of work that is to be done.
  void figures() {
    const Pack& pack = draft_.pack;
    for (const Indicator& one : pack.indicators) add_words(one.formula);
    for (const Score& one : pack.scores) add_words(one.formula);
    for (const Measure& one : pack.measures) add_words(one.filter);
    for (const Scheme& one : pack.schemes) {
      add_words(one.holder_filter), add_words(one.peers), add_words(one.peer_weight);
      for (const SchemeSource& source : one.sources)
        add_words(source.formula.empty() ? source.input : source.formula.text);
      for (const SchemeGate& gate : one.gates) add_words(gate.condition.text);
    }
    for (const ListFigure& one : pack.lists) {
      all_.insert(one.sample);
      for (const ListPart& part : one.parts) add_words(part.formula.text);
    }
    for (const Duty& one : pack.duties) add_words(one.where.text), add_words(one.due.text);
    for (const Notice& one : pack.notices) add_words(one.where.text), add_words(one.when.text);
    for (const Process& one : pack.processes)
      for (const ProcessStep& step : one.steps) add_words(step.condition.text);
  }

  // What cannot be read may be what uses it; and other packs may use what stands here.
  bool shared_with_others() const {
    if (!draft_.broken_names.empty()) return true;
    for (const Element& element : draft_.elements)
      if (!element.sound && element.kind != ElementKind::judgement && element.kind != ElementKind::open)
        return true;
    if (studies_.size() != draft_.pack.decisions.size() + draft_.pack.functions.size()) return true;
    if (draft_.pack.decisions.empty() && draft_.pack.schemes.empty()) return true;  // there to be used
    namespace fs = std::filesystem;
    std::error_code ignored;
    for (fs::directory_iterator at(draft_.folder.parent_path(), ignored), end; !ignored && at != end;
         at.increment(ignored)) {
      std::ifstream manifest(at->path() / "pack.toml");
      if (!manifest || at->path() == draft_.folder) continue;
      std::ostringstream text;
      text << manifest.rdbuf();
      const std::string all = text.str();
      size_t imports = std::min(all.find("imports"), all.find("extends"));
      if (imports != all.npos && all.find("\"" + draft_.pack.id + "\"", imports) != all.npos) return true;
    }
    return false;
  }

  void pack_parameters() {
    for (const Element& element : draft_.elements)
      if (element.kind == ElementKind::parameter && !all_.contains(element.name) &&
          draft_.pack.parameters[element.index].decision.empty())
        report_.add(*element.source, element.at, codes::kUnusedParameter,
                    "参数“" + element.name + "”没有哪个算式用到：改了它什么也不会变",
                    "删去它，或者在该用它的算式里写上它的名称");
  }

  void functions() {
    for (const Element& element : draft_.elements)
      if (element.kind == ElementKind::function && !all_.contains(element.name))
        report_.add(*element.source, element.at, codes::kUnusedFunction, "函数“" + element.name + "”没有谁用到",
                    "删去它");
  }

  static void names_of(const ValueType* type, std::set<std::string>& out) {
    if (!type) return;
    if (!type->name.empty()) out.insert(type->name);
    names_of(type->element.get(), out);
    for (const Field& field : type->members) names_of(field.type.get(), out);
  }

  void types() {
    std::set<std::string> used;
    auto fields = [&](const std::vector<Field>& all) {
      for (const Field& field : all) names_of(field.type.get(), used);
    };
    auto body = [&](const Body& one) {
      for (const Step& step : one.steps) names_of(step.type.get(), used);
    };
    for (const Decision& one : draft_.pack.decisions)
      fields(one.inputs), names_of(one.output.get(), used), body(one.body);
    for (const Function& one : draft_.pack.functions)
      fields(one.parameters), names_of(one.output.get(), used), body(one.body);
    for (const Checklist& one : draft_.pack.checklists) fields(one.items);
    for (const Process& one : draft_.pack.processes) fields(one.inputs);
    for (const NamedType& one : draft_.pack.types) {
      names_of(one.type->element.get(), used);
      for (const Field& field : one.type->members) names_of(field.type.get(), used);
    }
    for (const Element& element : draft_.elements)
      if (element.kind == ElementKind::type && !used.contains(element.name))
        report_.add(*element.source, element.at, codes::kUnusedType, "类型“" + element.name + "”没有谁用到",
                    "删去它");
  }

  const Draft& draft_;
  const std::vector<Study>& studies_;
  Report& report_;
  std::set<std::string> all_;
};

}  // namespace

void check_use(const Draft& draft, const std::vector<Study>& studies, Report& report) {
  Use(draft, studies, report).check();
}

void check_all(const Draft& draft, Report& report) {
  check_figures(draft, report);
  check_work_formulas(draft, report);
  std::vector<Study> all = studies(draft);
  for (Study& study : all) check_meaning(study, report);
  for (const Study& study : all) check_tables(study, report);
  check_use(draft, all, report);
}

}  // namespace guanhu::policy::detail
