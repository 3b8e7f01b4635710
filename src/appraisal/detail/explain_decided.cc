#include "appraisal/detail/explain_decided.h"

#include <algorithm>

#include "appraisal/detail/decide.h"
#include "appraisal/detail/words.h"
#include "feel/ast.h"
#include "feel/json.h"
#include "feel/parser.h"
#include "policy/formula_scope.h"

namespace guanhu::appraisal::detail {

using base::Json;
using base::JsonObject;
using policy::Decision;
using policy::Field;
using policy::Requirement;

namespace {

constexpr std::string_view kScores = "得分";

Json json_of(const feel::Value& value) {
  return value.is_number() ? Json(shown(value.number())) : feel::to_json(value);
}

// Follows the names of a decision's formulas back to its inputs.
class Follower {
 public:
  explicit Follower(const Decision& decision) : decision_(decision) {}

  bool part(const std::string& name) {
    if (name.empty()) {
      for (const policy::Step& step : decision_.body.steps) this->name(step.name);
      return true;
    }
    for (const policy::Step& step : decision_.body.steps)
      if (step.name == name) return this->name(name), true;
    for (const policy::Step& step : decision_.body.steps) {
      if (step.name != kScores || step.table) continue;
      auto tree = feel::parse(step.formula.text, policy::formula_scope());
      const feel::Node* found = tree ? entry(**tree, name) : nullptr;
      if (!found) return false;
      names_in(*found);
      return true;
    }
    return false;
  }

  Grounds take() { return std::move(out_); }

 private:
  static const feel::Node* entry(const feel::Node& tree, const std::string& name) {
    const feel::Node* out = nullptr;
    feel::walk(tree, [&](const feel::Node& node) {
      if (node.kind == feel::NodeKind::context)
        for (size_t i = 0; i < node.names.size() && i < node.children.size(); ++i)
          if (node.names[i] == name && !out) out = &node.child(i);
      return out == nullptr;
    });
    return out;
  }

  void names_in(const feel::Node& tree) {
    feel::walk(tree, [&](const feel::Node& node) {
      if (node.kind == feel::NodeKind::name) name(node.text);
      return true;
    });
  }

  void text(const std::string& formula) {
    if (auto tree = feel::parse(formula, policy::formula_scope())) names_in(**tree);
  }

  void table(const policy::Table& table) {
    for (const auto& input : table.inputs) text(input.expression.text);
    for (const auto& row : table.rows) {
      for (size_t i = 0; i < row.tests.size(); ++i)
        if (table.inputs[i].condition) text(row.tests[i].feel);
      for (const auto& cell : row.results) text(cell.feel);
    }
  }

  void name(const std::string& wanted) {
    if (!seen_.insert(wanted).second) return;
    for (const policy::Step& step : decision_.body.steps)
      if (step.name == wanted) {
        if (step.table) table(*step.table);
        else text(step.formula.text);
        if (!decision_.input(wanted)) return;
      }
    for (const Requirement& one : decision_.requirements)
      if (one.name == wanted) return requirement(one);
    if (decision_.input(wanted)) out_.inputs.insert(wanted);
  }

  void requirement(const Requirement& one) {
    for (const auto& argument : one.arguments) text(argument.formula.text);
    if (asked_)
      for (const Field& field : asked_(one)) {
        bool given = std::any_of(one.arguments.begin(), one.arguments.end(),
                                 [&](const auto& argument) { return argument.input == field.name; });
        if (!given) name(field.name);
      }
    out_.requirements.push_back(one.name);
  }

 public:
  std::function<std::vector<Field>(const Requirement&)> asked_;

 private:
  const Decision& decision_;
  std::set<std::string> seen_;
  Grounds out_;
};

const Decision* required(const policy::Pack& pack, const Requirement& one) {
  if (const Decision* own = pack.decision(one.decision)) return own;
  for (const auto& imported : pack.imports) {
    const std::string prefix = imported->id + "/";
    if (one.decision.starts_with(prefix)) return imported->decision(one.decision.substr(prefix.size()));
  }
  return nullptr;
}

}  // namespace

std::optional<Grounds> grounds_of(const policy::Pack& pack, const Decision& decision, const std::string& part) {
  Follower follower(decision);
  follower.asked_ = [&](const Requirement& one) {
    const Decision* other = required(pack, one);
    return other ? other->inputs : std::vector<Field>();
  };
  if (!follower.part(part)) return std::nullopt;
  return follower.take();
}

std::vector<size_t> steps_of(const Evaluation& e, const Grounds& grounds) {
  std::vector<size_t> out;
  for (const policy::CompiledSource& source : e.scheme.sources)
    if (grounds.inputs.contains(source.source->input))
      for (size_t step : source.steps)
        if (step != policy::CompiledSource::kBuiltIn && std::find(out.begin(), out.end(), step) == out.end())
          out.push_back(step);
  return out;
}

Node recorded_node(const Evaluation& e, size_t holder, size_t step) {
  const policy::SchemeStep& s = e.scheme.steps[step];
  const policy::RecordedFact& fact = *s.recorded;
  Node node{.kind = kind_word(s.kind),
            .name = s.name,
            .value = json_of(e.steps[step].raw[holder]),
            .unit = s.unit,
            .reason = e.steps[step].reasons[holder],
            .formula = fact.hint,
            .origin = &s.origin(),
            .pack = e.scheme.pack->id};
  const people::Staff& person = e.person(holder);
  const std::string id = fact.of == policy::RecordedOf::bank           ? ""
                         : fact.of == policy::RecordedOf::organisation ? person.org
                                                                       : person.id;
  const Recorded* row = e.facts ? e.facts->find(fact, id, e.period) : nullptr;
  if (!row) {
    if (node.reason.empty()) node.fields.emplace_back("absent", "没有登记，按制度包写明的默认值");
    return node;
  }
  node.fields = {{"fact_id", Json(row->id)},
                 {"subject_kind", row->what.subject_kind},
                 {"subject_id", row->what.subject_id},
                 {"document", row->what.document},
                 {"recorded_by", row->by},
                 {"recorded_at", row->at}};
  if (!row->what.period.empty()) node.fields.emplace_back("period", row->what.period);
  if (!row->what.valid_from.empty()) node.fields.emplace_back("valid_from", row->what.valid_from);
  if (!row->what.note.empty()) node.fields.emplace_back("note", row->what.note);
  return node;
}

namespace {

Json value_of_part(const Evaluation& e, size_t holder, const std::string& part) {
  HolderResult result;
  fill_result(e, holder, result);
  if (part == "总分") return result.total ? Json(shown(*result.total)) : Json();
  if (part == "等级") return result.grade ? Json(*result.grade) : Json();
  for (const ScoreValue& score : result.scores)
    if (score.name == part) return score.value ? Json(shown(*score.value)) : Json();
  for (const Figure& figure : result.figures)
    if (figure.name == part) return figure.value ? Json(shown(*figure.value)) : figure.other;
  return {};
}

std::string unit_of_part(const Decision& decision, const std::string& part) {
  for (const auto& parts : {score_parts(decision), other_parts(decision)})
    for (const Field* one : parts)
      if (one->name == part && one->type) return one->type->unit;
  return part == "总分" ? "分" : "";
}

Node input_node(const Evaluation& e, size_t holder, size_t i, const std::function<Node(size_t)>& step) {
  const policy::CompiledSource& source = e.scheme.sources[i];
  const GivenInput& given = e.decided[holder].inputs[i];
  const Field* field = e.scheme.decision->input(given.name);
  Node node{.kind = "input",
            .name = given.name,
            .value = given.there ? json_of(given.value) : Json(),
            .unit = field && field->type ? field->type->unit : "",
            .reason = given.reason,
            .formula = source.source->formula.text};
  for (size_t s = 0; s < source.steps.size(); ++s) {
    if (source.steps[s] == policy::CompiledSource::kBuiltIn) {
      node.fields.emplace_back("from", std::string(source.source->ask.decision.inputs[s].name));
      continue;
    }
    Node child = step(source.steps[s]);
    // One name, one value: the source itself stands for the input.
    if (source.steps.size() == 1 && child.name == node.name && node.formula.empty()) return child;
    node.children.push_back(std::move(child));
  }
  return node;
}

}  // namespace

Node decided_node(const Evaluation& e, size_t holder, const std::string& part, const Grounds& grounds,
                  const std::function<Node(size_t)>& step) {
  const Decision& decision = *e.scheme.decision;
  const DecidedHolder& decided = e.decided[holder];
  Node node{.kind = part == "总分" ? "total" : "decided",
            .name = part,
            .value = value_of_part(e, holder, part),
            .unit = unit_of_part(decision, part),
            .reason = decided.left_out        ? decided.reason
                      : decided.waits.empty() ? ""
                                              : "等待：" + decided.waits.front(),
            .formula = "决策 " + e.scheme.pack->id + "/" + decision.id + "：" + decision.title,
            .origin = &decision.origin,
            .pack = e.scheme.pack->id};
  if (decided.answer) node.fields.emplace_back("cites", policy::to_json(decided.answer->cites));
  for (const std::string& name : grounds.requirements)
    for (const Requirement& one : decision.requirements) {
      const Decision* other = one.name == name ? required(*e.scheme.pack, one) : nullptr;
      if (!other) continue;
      node.children.push_back({.kind = "decision",
                               .name = other->id,
                               .value = {},
                               .unit = {},
                               .reason = {},
                               .formula = other->title,
                               .origin = &other->origin,
                               .pack = e.scheme.pack->id,
                               .fields = {},
                               .children = {}});
    }
  for (size_t i = 0; i < e.scheme.sources.size(); ++i)
    if (grounds.inputs.contains(e.scheme.sources[i].source->input))
      node.children.push_back(input_node(e, holder, i, step));
  return node;
}

}  // namespace guanhu::appraisal::detail
